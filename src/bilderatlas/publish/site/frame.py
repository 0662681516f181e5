"""From a layout's coordinates to the units of the site's grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array, Layout

__all__ = ["UNITS", "Frame", "frame_of", "room_of"]

UNITS = 65535
"""Units along the longer side of a layout."""

LETTER = 0.55
"""Width of a letter as a share of its text's height, on average."""

SCATTERED = frozenset({"tsne", "tsne-spread", "umap", "pacmap", "pca"})
"""Kinds in which pictures may lie on top of each other."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One scale for both axes and y downwards; the longer side spans the grid.

    ``left`` and ``top`` are the layout's coordinates of the grid's corner, ``scale`` is units per
    coordinate, ``extent`` the largest x and y in units.
    """

    left: float
    top: float
    scale: float
    extent: tuple[int, int]

    @classmethod
    def around(cls, *parts: npt.NDArray[np.floating]) -> Frame:
        """Return the frame of all these points, each part of shape (m, 2)."""
        points = np.concatenate([np.zeros((0, 2)), *parts])
        if not len(points):
            return cls(0.0, 0.0, 1.0, (0, 0))
        low, high = points.min(axis=0), points.max(axis=0)
        span = high - low
        scale = UNITS / span.max() if span.max() > 0 else 1.0
        width, height = np.floor(span * scale + 0.5).astype(int).tolist()
        return cls(float(low[0]), float(high[1]), float(scale), (width, height))

    def units(self, points: npt.NDArray[np.floating]) -> npt.NDArray[np.uint16]:
        """Return points (m, 2) in units, uint16; one that is NaN is at the corner."""
        shifted = (points.astype(np.float64) - (self.left, self.top)) * (self.scale, -self.scale)
        return np.floor(np.nan_to_num(shifted) + 0.5).astype(np.uint16)


def frame_of(layout: Layout, room: float, cell_aspect: float) -> Frame:
    """Return the frame of a layout: pictures of height ``room``, lines and texts are inside."""
    half = np.array([room * cell_aspect, room]) / 2
    placed = layout.positions[np.isfinite(layout.positions).all(axis=1)].astype(np.float64)
    letters = [
        (x + way * LETTER * height * len(text) / 2, y + way * height / 2)
        for text, x, y, height in layout.backdrop.texts
        for way in (-1, 1)
    ]
    return Frame.around(
        placed - half, placed + half, *layout.backdrop.lines, np.array(letters).reshape(-1, 2)
    )


def room_of(layout: Layout, cell_aspect: float) -> float:
    """Return how high all pictures may be at their places without lying on each other.

    Parameters
    ----------
    layout
        Its positions have shape (n, 2).
    cell_aspect
        Width / height of a picture.

    Returns
    -------
    float
        In the layout's coordinates; 0 for kinds that scatter pictures, and for fewer than two.
    """
    positions: Float32Array = layout.positions[np.isfinite(layout.positions).all(axis=1)]
    if layout.kind in SCATTERED or len(positions) < 2:
        return 0.0
    from scipy.spatial import cKDTree

    points = positions / np.array([cell_aspect, 1.0])
    distances, _ = cKDTree(points).query(points, k=2, p=np.inf)
    return float(np.asarray(distances)[:, 1].min())
