import numpy as np
import pytest
from PIL import Image
from tests.unit.analysis.duplicates.pictures import bordered, photograph, thumbnail

from bilderatlas.analysis.duplicates.copies import Copies, Look, best_first, look_at

COLOUR = Look(grey=False, inside=1.0)


def order(*files: tuple[int, int, int, float], looks: list[Look] | None = None) -> list[int]:
    """Return the order of files given as width, height, bytes and time."""
    width, height, size, time = zip(*files, strict=True)
    copies = Copies(np.array(width), np.array(height), np.array(size), np.array(time, np.float64))
    return [int(place) for place in best_first(copies, looks or [COLOUR] * len(files))]


def test_the_largest_copy_is_best_then_the_oldest_then_the_least_compressed() -> None:
    assert order((400, 300, 9000, 1), (800, 600, 9000, 2)) == [1, 0]
    assert order((800, 600, 9000, 2), (800, 600, 5000, 1)) == [1, 0]
    assert order((800, 600, 5000, 1), (800, 600, 9000, 1)) == [1, 0]
    assert order((800, 600, 5000, 1), (800, 600, 5000, 1)) == [0, 1]


def test_a_pixel_more_or_less_makes_no_copy_larger() -> None:
    assert order((801, 600, 9000, 2), (800, 600, 9000, 1)) == [1, 0]


def test_a_copy_of_unknown_age_comes_after_those_of_known_age() -> None:
    assert order((800, 600, 9000, float("nan")), (800, 600, 5000, 1e12)) == [1, 0]


@pytest.mark.parametrize("worse", [Look(grey=True, inside=1.0), Look(grey=False, inside=0.99)])
def test_colour_goes_before_age_and_so_does_having_no_border(worse: Look) -> None:
    assert order((800, 600, 9000, 1), (800, 600, 9000, 2), looks=[worse, COLOUR]) == [1, 0]


def test_a_border_does_not_make_a_copy_larger() -> None:
    image = photograph(1)
    pictures = [bordered(image, "black"), bordered(image), image]
    looks = [look_at(thumbnail(picture)) for picture in pictures]
    files = [(*picture.size, 9000, age) for age, picture in enumerate(pictures)]
    assert [look.inside < 1 for look in looks] == [True, True, False]
    assert order(*files, looks=looks)[0] == 2


def test_grey_pictures_are_told_from_coloured_and_plain_ones_have_no_border() -> None:
    image = photograph(1)
    assert [look_at(thumbnail(each)).grey for each in (image, image.convert("L"))] == [False, True]
    plain = np.asarray(Image.new("RGB", (128, 96), "white"))
    assert look_at(plain) == Look(grey=True, inside=1.0)
