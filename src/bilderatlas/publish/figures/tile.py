"""A picture in a figure: read and scaled when it is drawn, at the size that the paper needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgb
from PIL import Image

__all__ = ["Box", "Pictures", "Tile", "add_tile"]

Pictures = Callable[[int, int], Image.Image]
"""``pictures(item, side)``: the picture of an item, RGB, its long side at least ``side`` pixels if
there are that many."""

Box = tuple[float, float, float, float]
"""Left, bottom, width and height, in the coordinates of the axes."""


class Tile(Artist):
    """One picture that fills a box of its axes; so a poster never holds all pictures at once.

    Parameters
    ----------
    pictures
        Where it comes from.
    item
        Which one.
    box
        Where it is.
    frame
        Colour of a frame that is cut from its edge, or ``None``.
    frame_points
        Width of the frame.
    """

    def __init__(
        self,
        pictures: Pictures,
        item: int,
        box: Box,
        frame: Any = None,
        frame_points: float = 1.0,
    ) -> None:
        super().__init__()
        self.pictures = pictures
        self.item = item
        self.box = box
        self.frame = frame
        self.frame_points = frame_points

    def draw(self, renderer: RendererBase) -> None:
        """Draw the picture as finely as the paper is printed."""
        assert self.axes is not None, "a tile is drawn in axes"
        left, bottom, width, height = self.box
        corners = self.axes.transData.transform([(left, bottom), (left + width, bottom + height)])
        finer = renderer.get_image_magnification()
        across, up = (max(1, round(side * finer)) for side in corners[1] - corners[0])
        edge = 0
        if self.frame is not None:
            points = np.asarray(renderer.points_to_pixels(self.frame_points)).item()
            edge = max(1, round(points * finer))
            edge = min(edge, (min(across, up) - 1) // 2)
        pixels = np.full((up, across, 4), 255, np.uint8)
        if edge:
            pixels[:, :, :3] = np.round(np.array(to_rgb(self.frame)) * 255)
        inner = (across - 2 * edge, up - 2 * edge)
        picture = self.pictures(self.item, max(inner))
        picture = picture.resize(inner, Image.Resampling.LANCZOS, reducing_gap=3.0)
        pixels[edge : up - edge, edge : across - edge, :3] = np.asarray(picture)
        context = renderer.new_gc()
        # The paper's rows count upwards.
        renderer.draw_image(context, corners[0, 0], corners[0, 1], pixels[::-1])
        context.restore()
        self.stale = False


def add_tile(axes: Axes, tile: Tile, aspect: float) -> Tile:
    """Add a tile to axes that measure inches, as large as its box allows at that aspect.

    Parameters
    ----------
    aspect
        Width / height of the picture, which stands in the middle of the box.
    """
    left, bottom, width, height = tile.box
    across = min(width, height * aspect)
    up = across / aspect
    tile.box = (left + (width - across) / 2, bottom + (height - up) / 2, across, up)
    axes.add_artist(tile)
    return tile
