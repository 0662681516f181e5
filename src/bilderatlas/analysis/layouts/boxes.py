"""Boxes: pictures in rows under a title, drawn around with a line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilderatlas.types import Float32Array

__all__ = ["LETTER", "Box", "below", "fitted_text", "outline", "packed"]

Text = tuple[str, float, float, float]

LETTER = 0.55
"""Width of a letter as a share of the height of its line, on average."""

_SMALLEST = 0.4
"""Share of its height to which a text may shrink before it is cut short."""


@dataclass(frozen=True)
class Box:
    """A rectangle for pictures with its title above them, in a layout's coordinates.

    ``width`` and ``height`` are those of the pictures' part, ``band`` is the height of the title's.
    """

    title: str
    left: float
    bottom: float
    width: float
    height: float
    band: float

    @property
    def line(self) -> Float32Array:
        """The outline, title and all, a little outside of the pictures; shape (5, 2)."""
        rim = self.band * 0.12
        return outline(
            self.left - rim,
            self.bottom - rim,
            self.left + self.width + rim,
            self.bottom + self.height + self.band,
        )

    @property
    def text(self) -> Text:
        """The title, no wider than the box."""
        return fitted_text(
            self.title,
            self.left + self.width / 2,
            self.bottom + self.height + self.band * 0.5,
            self.band * 0.7,
            self.width,
        )


def outline(left: float, bottom: float, right: float, top: float) -> Float32Array:
    """Return the closed line around a rectangle, shape (5, 2), float32."""
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return np.array(corners, np.float32)


def fitted_text(text: str, x: float, y: float, height: float, width: float) -> Text:
    """Return a text of about this height, smaller or cut short where it would be too wide."""
    room = width / (LETTER * height)
    if len(text) * _SMALLEST > room:
        text = text[: max(1, int(room / _SMALLEST) - 1)].rstrip() + "…"
    return text, float(x), float(y), float(min(height, width / (LETTER * len(text))))


def packed(count: int, columns: int, picture_aspect: float) -> Float32Array:
    """Return the middles of ``count`` cells of height 1, row by row from the top.

    Returns
    -------
    Shape (count, 2), float32; the lowest row that is used stands on 0, the first column at 0.
    """
    place = np.arange(count)
    rows = -(-count // columns)
    x = (place % columns + 0.5) * picture_aspect
    return np.stack([x, rows - 0.5 - place // columns], axis=1).astype(np.float32)


def below(
    title: str, count: int, picture: tuple[float, float], width: float, top: float, band: float
) -> tuple[Float32Array, Box]:
    """Return the middles of the cells of a box under a map, and the box.

    Parameters
    ----------
    title
        Its title; the number of pictures is added.
    count
        Pictures in it.
    picture
        Width and height of a cell.
    width
        Of the map; the box is no wider.
    top
        y of the box's upper side; it begins at x = 0.
    band
        Height of the title's band.
    """
    columns = min(count, max(1, int(width / picture[0])))
    height = -(-count // columns) * picture[1]
    bottom = top - band - height
    cells = packed(count, columns, 1.0) * np.array(picture, np.float32)
    box = Box(f"{title} · {count:,}", 0.0, bottom, columns * picture[0], height, band)
    return cells + np.array((0, bottom), np.float32), box
