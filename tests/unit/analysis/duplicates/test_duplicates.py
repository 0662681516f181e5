import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps
from tests.unit.analysis.duplicates.pictures import (
    Collection,
    blank,
    bordered,
    cropped,
    everyone,
    nobody,
    page,
    photograph,
)

from bilderatlas.types import Neighbours

TURNED = Image.Transpose.ROTATE_90
ORIGINAL = photograph(1)

EDITS = {
    "encoded anew": ORIGINAL.copy(),
    "smaller": ORIGINAL.resize((240, 160)),
    "larger": ORIGINAL.resize((720, 480)),
    "smaller, stretched": ORIGINAL.resize((300, 300)),
    "cropped": cropped(ORIGINAL),
    "brighter": ImageEnhance.Brightness(ORIGINAL).enhance(1.3),
    "darker": ImageEnhance.Brightness(ORIGINAL).enhance(0.7),
    "mirrored": ImageOps.mirror(ORIGINAL),
    "upside down": ORIGINAL.transpose(Image.Transpose.ROTATE_180),
    "turned left": ORIGINAL.transpose(Image.Transpose.ROTATE_90),
    "turned right": ORIGINAL.transpose(Image.Transpose.ROTATE_270),
    "greyscale": ORIGINAL.convert("L"),
    "with a border": bordered(ORIGINAL),
    "mirrored, cropped": cropped(ImageOps.mirror(ORIGINAL)),
    "turned left, smaller, greyscale": ORIGINAL.transpose(TURNED).resize((160, 240)).convert("L"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_picture_is_the_same_picture_and_the_edit_is_named(edit: str) -> None:
    pictures = [photograph(2), ORIGINAL, EDITS[edit], photograph(3)]
    # The smaller file of an enlarged picture would else be the worse copy.
    qualities = [88, 90, 70, 88]
    (group,), _ = Collection(pictures, qualities).find()
    assert group.kind == "same"
    if edit == "larger":
        assert (group.members.tolist(), group.edits) == ([2, 1], ("", "smaller"))
    else:
        assert (group.members.tolist(), group.edits) == ([1, 2], ("", edit))


@pytest.mark.parametrize("edit", ["mirrored", "upside down", "turned left", "turned right"])
def test_a_turned_picture_is_found_though_its_vector_is_far(edit: str) -> None:
    pictures = [photograph(2), ORIGINAL, EDITS[edit], photograph(3)]
    assert Collection(pictures).groups(nobody(4)) == [[1, 2]]


def test_all_edits_of_two_pictures_are_two_groups_in_any_order() -> None:
    edits = [*list(EDITS.values())[:8], photograph(2), cropped(photograph(2)), photograph(3)]
    n = len(edits)
    order = np.random.default_rng(0).permutation(n)
    place = np.argsort(order)
    straight = Collection(edits).find()[0]
    shuffled = Collection([edits[item] for item in order], times=order.tolist()).find()[0]
    assert [sorted(group.members.tolist()) for group in straight] == [list(range(8)), [8, 9]]
    assert sorted((tuple(place[group.members]), group.edits) for group in straight) == sorted(
        (tuple(group.members), group.edits) for group in shuffled
    )


def test_the_same_bytes_are_exact_duplicates() -> None:
    (group,), _ = Collection([photograph(2), ORIGINAL, ORIGINAL]).find(nobody(3))
    assert (group.kind, group.members.tolist()) == ("exact", [1, 2])
    assert group.edits == ("", "same bytes")


def test_copies_and_their_edits_are_one_group() -> None:
    (group,), _ = Collection([ORIGINAL, EDITS["mirrored"], ORIGINAL, EDITS["mirrored"]]).find()
    assert (group.kind, group.members.tolist()) == ("same", [0, 1, 2, 3])
    assert group.edits == ("", "mirrored", "same bytes", "mirrored")


def test_a_hundred_copies_are_one_group_though_the_graph_shows_none() -> None:
    ((kind, members),) = [
        (group.kind, group.members.tolist())
        for group in Collection([ORIGINAL] * 100).find(nobody(100))[0]
    ]
    assert (kind, members) == ("exact", list(range(100)))


def test_two_crops_are_one_picture_by_way_of_the_whole() -> None:
    other = ORIGINAL.crop((48, 32, 480, 320))
    assert Collection([cropped(ORIGINAL), ORIGINAL, other]).groups() == [[0, 1, 2]]


@pytest.mark.parametrize("camera", [8.0, 20.0, 60.0])
def test_one_room_from_two_places_is_a_look_alike_and_no_duplicate(camera: float) -> None:
    pictures = [ORIGINAL, photograph(1, camera=camera)]
    groups, alike = Collection(pictures).find(everyone(2, similarity=0.87))
    assert groups == []
    assert alike.pairs.tolist() == [[0, 1]]
    assert alike.similarity.tolist() == pytest.approx([0.87])


def test_two_frames_between_which_something_moved_are_no_duplicates() -> None:
    assert Collection([ORIGINAL, photograph(1, moved=25)]).groups() == []


def test_two_frames_between_which_the_camera_turned_are_no_duplicates() -> None:
    width, height = ORIGINAL.size
    left, right = ORIGINAL.crop((0, 0, width - 14, height)), ORIGINAL.crop((14, 0, width, height))
    assert Collection([left, right]).groups() == []


def test_pages_with_other_words_are_no_duplicates() -> None:
    assert Collection([page(1), page(2), page(3)]).groups() == []
    assert Collection([page(1), page(1).resize((450, 600)), page(2)]).groups() == [[0, 1]]


def test_pages_that_are_all_but_empty_are_duplicates_only_by_their_bytes() -> None:
    assert Collection([page(1, lines=0), page(2, lines=0), page(1, lines=0)]).groups() == [[0, 2]]


def test_blank_pictures_are_duplicates_only_by_their_bytes() -> None:
    black = Image.new("RGB", (300, 200))
    pictures = [blank(1), blank(2), black, black.resize((150, 100)), blank(1)]
    assert Collection(pictures).groups() == [[0, 4]]


def test_one_thing_in_two_colours_is_no_duplicate() -> None:
    one, other = (photograph(1, colours=shift).convert("YCbCr").split() for shift in (0, 1))
    recoloured = Image.merge("YCbCr", (one[0], *other[1:])).convert("RGB")
    assert Collection([ORIGINAL, recoloured]).groups() == []


def test_a_stamp_in_the_corner_leaves_a_picture_the_same() -> None:
    stamped = ORIGINAL.copy()
    ImageDraw.Draw(stamped).text((400, 300), "4 April 1929", "orange")
    assert Collection([ORIGINAL, stamped]).groups() == [[0, 1]]


def test_look_alikes_are_told_once_for_each_two_pictures_and_never_within_a_group() -> None:
    edits = [ORIGINAL, EDITS["mirrored"], photograph(2), cropped(photograph(2)), photograph(3)]
    n = len(edits)
    graph = everyone(n, similarity=0.95)
    graph.similarity[4] = 0.5
    graph.similarity[:, 3] = 0.5
    groups, alike = Collection(edits).find(graph)
    assert [group.members.tolist() for group in groups] == [[0, 1], [2, 3]]
    assert alike.pairs.tolist() == [[0, 2]]


def test_pictures_of_nothing_are_no_look_alikes() -> None:
    _, alike = Collection([blank(1), blank(2), ORIGINAL, photograph(2)]).find(everyone(4, 0.99))
    assert alike.pairs.tolist() == [[2, 3]]


def test_a_neighbour_that_was_not_found_is_no_neighbour() -> None:
    graph = Neighbours(
        np.array([[1, -1], [0, -1], [-1, -1]], np.int32),
        np.array([[0.9, -np.inf], [0.9, -np.inf], [-np.inf, -np.inf]], np.float32),
    )
    assert Collection([ORIGINAL, cropped(ORIGINAL), photograph(2)]).groups(graph) == [[0, 1]]


def test_few_pictures_or_none_are_no_trouble() -> None:
    assert Collection([]).groups() == []
    assert Collection([ORIGINAL]).groups() == []
