"""What the figures of these tests are made from."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.tile import Pictures, Tile

__all__ = ["colour_of", "text_of", "tiles_of"]


def colour_of(item: int) -> tuple[int, int, int]:
    """Return the one colour of a picture; no two below 64 are alike, none is white."""
    return (40 + 60 * (item % 4), 20 + 60 * (item // 4 % 4), 10 + 60 * (item // 16 % 4))


def tiles_of(figure: Figure) -> list[Tile]:
    """Return the pictures of a figure, in the order in which they are drawn."""
    return [artist for axes in figure.axes for artist in axes.artists if isinstance(artist, Tile)]


def text_of(figure: Figure) -> str:
    """Return everything that is written on a figure, as an SVG has it."""
    from bilderatlas.publish.figures.page import house_style

    file = io.StringIO()
    with house_style():
        figure.savefig(file, format="svg")
    return file.getvalue()


@pytest.fixture
def pictures() -> Pictures:
    """Return pictures of one colour each, 3 wide and 2 high."""

    def picture(item: int, side: int) -> Image.Image:
        return Image.new("RGB", (96, 64), colour_of(item))

    return picture


@pytest.fixture
def paper() -> Paper:
    return Paper("Rooms", "Said below.", dpi=100)


@pytest.fixture
def drawn() -> Callable[[Figure], np.ndarray]:
    """Return what makes the dots of a figure: shape (height, width, 3), uint8."""

    def dots(figure: Figure) -> np.ndarray:
        file = io.BytesIO()
        figure.savefig(file, format="png")
        return np.asarray(Image.open(file).convert("RGB"))

    return dots
