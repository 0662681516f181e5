"""Pictures in a figure."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image
from tests.unit.publish.figures.conftest import colour_of

from bilderatlas.publish.figures.page import Page, Paper
from bilderatlas.publish.figures.tile import Pictures, Tile, add_tile


def test_a_picture_stands_upright_in_its_box_and_is_read_as_finely_as_it_is_printed(
    drawn: Callable[[Figure], np.ndarray],
) -> None:
    asked = []

    def picture(item: int, side: int) -> Image.Image:
        asked.append((item, side))
        image = Image.new("RGB", (200, 200), "red")
        image.paste("blue", (0, 0, 200, 100))
        return image

    page = Page(Paper("x", dpi=100), "title", 4, 4)
    axes = page.axes(0, 0, 2, 2)
    add_tile(axes, Tile(picture, 7, (0.5, 0.5, 1, 1), "lime", 3.6), 1.0)
    dots = drawn(page.figure)
    assert asked == [(7, 90)]  # an inch at 100 dpi, less the frame of 1/20 inch on either side
    left, bottom = round((page.left + 0.5) * 100), round((page.bottom + 0.5) * 100)
    box = dots[::-1][bottom : bottom + 100, left : left + 100][::-1]
    assert box[2, 50].tolist() == [0, 255, 0]
    assert box[20, 50].tolist() == [0, 0, 255]
    assert box[80, 50].tolist() == [255, 0, 0]


@pytest.mark.parametrize("form", ["pdf", "svg"])
def test_a_file_of_lines_holds_the_pictures_at_the_asked_dots_per_inch(form: str) -> None:
    asked = []

    def picture(item: int, side: int) -> Image.Image:
        asked.append(side)
        return Image.new("RGB", (8, 8), "red")

    page = Page(Paper("x", dpi=200), "title", 4, 4)
    add_tile(page.axes(0, 0, 2, 2), Tile(picture, 0, (0, 0, 1, 1)), 1.0)
    page.figure.savefig(io.BytesIO(), format=form)
    assert asked == [200]


def test_a_picture_keeps_its_shape_in_the_middle_of_its_box(pictures: Pictures) -> None:
    axes = Page(Paper("x"), "title", 4, 4).axes(0, 0, 2, 2)
    tile = add_tile(axes, Tile(pictures, 0, (0, 0, 1, 1)), 2.0)
    assert tile.box == pytest.approx((0, 0.25, 1, 0.5))
    tile = add_tile(axes, Tile(pictures, 0, (0, 0, 1, 1)), 0.5)
    assert tile.box == pytest.approx((0.25, 0, 0.5, 1))


def test_the_pictures_of_these_tests_differ() -> None:
    assert len({colour_of(item) for item in range(64)}) == 64
