"""On property photographs, some of which were listed twice and some taken from two places."""

from pathlib import Path

from PIL import Image
from tests.unit.analysis.duplicates.pictures import Collection, everyone


def photographs(houses: Path, names: list[str]) -> Collection:
    pictures = []
    for name in names:
        with Image.open(houses / "images" / f"{name}.jpg") as image:
            pictures.append(image.convert("RGB"))
    return Collection(pictures)


def test_a_photograph_that_was_listed_twice_is_the_same_picture(houses: Path) -> None:
    names = ["009_bathroom", "021_bathroom", "199_frontal", "214_frontal"]
    # This one was cropped by a hair and encoded anew.
    names += ["271_kitchen", "305_kitchen"]
    assert photographs(houses, names).groups() == [[0, 1], [2, 3], [4, 5]]


def test_one_house_from_two_places_is_a_look_alike_and_no_duplicate(houses: Path) -> None:
    names = ["009_kitchen", "021_kitchen", "010_bedroom", "027_bedroom"]
    names += ["259_frontal", "296_frontal", "259_kitchen", "296_kitchen"]
    groups, alike = photographs(houses, names).find(everyone(8, similarity=0.86))
    assert groups == []
    assert [0, 1] in alike.pairs.tolist()
