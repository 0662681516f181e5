"""The poster: a picture of the map for link previews and for browsers without WebGL."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from bilderatlas.publish.site.content import Thumbnails
from bilderatlas.publish.site.folder import chunks
from bilderatlas.publish.site.order import LEVELS, Arrangement
from bilderatlas.publish.site.pages import PAPER, T128, open_thumbnail
from bilderatlas.types import Aspect

__all__ = ["POSTER_BYTES", "POSTER_SIZE", "draw_poster", "make_poster"]

POSTER_SIZE = (1200, 630)
POSTER_BYTES = 100_000
MARGIN = 12
GAP = 1.0
SMALLEST_CELL = 18.0
"""Pixels in height below which a picture says nothing."""


def make_poster(
    arrangement: Arrangement,
    aspects: npt.NDArray[np.uint8],
    thumbnails: Thumbnails,
    cell_aspect: float,
) -> bytes:
    """Return the WebP of `draw_poster`, at the best quality that keeps it within 100 KB."""
    poster = draw_poster(arrangement, aspects, thumbnails, cell_aspect)
    data = b""
    for quality in (85, 70, 50, 25):
        buffer = BytesIO()
        poster.save(buffer, "WEBP", quality=quality, method=4)
        data = buffer.getvalue()
        if len(data) <= POSTER_BYTES:
            break
    return data


def draw_poster(
    arrangement: Arrangement,
    aspects: npt.NDArray[np.uint8],
    thumbnails: Thumbnails,
    cell_aspect: float,
) -> Image.Image:
    """Draw a whole layout: in each cell of the finest level that can be seen, who represents it.

    Parameters
    ----------
    arrangement
        The layout.
    aspects
        Shape (n,), uint8: aspect codes by id.
    thumbnails
        Source of the thumbnails.
    cell_aspect
        Width / height of a cell.
    """
    room = np.array(POSTER_SIZE) - 2 * MARGIN
    extent = np.maximum(arrangement.extent, 1)
    scale = float((room / extent).min())
    level = next(
        (level for level in range(LEVELS - 1, 0, -1) if 65536 / 2**level * scale >= SMALLEST_CELL),
        0,
    )
    cell = np.array([cell_aspect, 1.0]) * 65536 / 2**level
    ids = arrangement.order[: arrangement.levels[level + 1]]
    places = np.floor(arrangement.points[ids] / cell)
    # The cells that are taken, rather than the points, are centred on the poster.
    spread = (places.max(axis=0) + 1) * cell if len(ids) else extent
    scale = min(scale, float((room / spread).min()))
    corner = (np.array(POSTER_SIZE) - spread * scale) / 2
    poster = Image.new("RGB", POSTER_SIZE, PAPER)
    for part in chunks(len(ids), T128.slots):
        pictures = thumbnails(ids[part], T128.side)
        for item, place, data in zip(ids[part], places[part], pictures, strict=True):
            picture = open_thumbnail(data, Aspect(int(aspects[item])), T128.side)
            share = float(((cell * scale - GAP) / picture.size).min())
            size = [max(1, round(side * share)) for side in picture.size]
            middle = corner + (place + 0.5) * cell * scale
            left, top = np.round(middle - np.array(size) / 2).astype(int).tolist()
            poster.paste(picture.resize((size[0], size[1]), Image.Resampling.BOX), (left, top))
    return poster
