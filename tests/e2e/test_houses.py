"""The first view of 2,140 real photographs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from scipy.spatial import ConvexHull
from tests.e2e.hosting import hosted
from tests.e2e.visit import Visit, bounds

WIDTH, HEIGHT = 1280, 800
PAPER = (246, 242, 234)
READABLE = 24
"""Least height and width of a picture that can be made out, CSS pixels."""


@pytest.fixture(scope="module")
def address(houses_atlas: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with hosted(houses_atlas / "site", tmp_path_factory.mktemp("host")) as found:
        yield found


@pytest.fixture
def visit(arrive: Callable[..., Visit], address: str) -> Visit:
    return arrive(address)


def painted(visit: Visit) -> npt.NDArray[np.bool_]:
    """Return which pixels of the window show a picture, with nothing lying over the map."""
    visit.page.add_style_tag(content="ba-app { display: none }")
    shot = np.asarray(Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB"), np.int16)
    return np.asarray((np.abs(shot - PAPER) > 3).any(axis=2))


def test_less_than_2_mb_are_loaded_before_the_first_view_is_sharp(visit: Visit) -> None:
    assert visit.stats()["bytesLoaded"] <= 2_000_000


def test_the_map_reaches_the_edges_of_the_window(visit: Visit) -> None:
    near = 0.05
    rows = np.flatnonzero(painted(visit).any(axis=1))
    assert rows.min() <= near * HEIGHT
    assert rows.max() >= (1 - near) * HEIGHT
    left, top, right, bottom = bounds(visit.stats()["drawn"])
    assert top >= 0
    assert bottom <= HEIGHT
    assert left >= 0
    assert right <= WIDTH


def test_readable_pictures_cover_most_of_the_map(visit: Visit) -> None:
    stats = visit.stats()
    assert stats["coverage"] >= 0.60
    small = [t for t in stats["drawn"] if min(t["width"], t["height"]) < READABLE]
    assert len(small) < 0.1 * len(stats["drawn"])
    # The same by what is on the screen: painted pixels in their own convex hull.
    on = painted(visit)
    hull = ConvexHull(np.argwhere(on))
    assert on.sum() / hull.volume >= 0.60


def test_pictures_stand_side_by_side_and_not_on_top_of_each_other(visit: Visit) -> None:
    count = np.zeros((HEIGHT, WIDTH), np.int32)
    for tile in visit.stats()["drawn"]:
        x, y = tile["x"], tile["y"]
        count[
            max(0, round(y)) : max(0, round(y + tile["height"])),
            max(0, round(x)) : max(0, round(x + tile["width"])),
        ] += 1
    assert (count > 1).sum() < 0.01 * (count > 0).sum()
