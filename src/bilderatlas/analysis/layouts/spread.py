"""A layout with its gaps narrowed, so that pictures side by side cover it.

t-SNE leaves empty sea between its islands, and in a window that sea is paid for with the size of
the pictures. Each item is moved some share of the way to the place it would have if all parts of
the map were equally full: no more than is needed, and the same share for all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

from .grid import fill_rectangle

__all__ = ["covered", "spread", "spread_share"]

# How many items share the place of one picture in a window that shows the whole map. Of a small
# collection nearly all can be seen at once, so its map must be more even.
_FEWEST_A_CELL, _MOST_A_CELL = 1.2, 2.4
_ITEMS_IN_VIEW = 600
_MOST = 0.5  # beyond this share, islands are no longer told apart
_STEP = 0.05


def spread(positions: Float32Array, share: float) -> Float32Array:
    """Move all items by ``share`` of the way to an even filling of the bounding box.

    Parameters
    ----------
    positions
        Shape (n, 2).
    share
        From 0 (nothing moves) to 1 (a grid).

    Returns
    -------
    Shape (n, 2), float32.
    """
    moved = positions + share * (fill_rectangle(positions) - positions)
    return np.asarray(moved, np.float32)


def spread_share(positions: Float32Array, *, cover: float = 0.76) -> float:
    """Return the smallest share, in steps of 0.05 up to 0.5, that lets ``cover`` be covered."""
    goal = fill_rectangle(positions)
    for step in range(round(_MOST / _STEP)):
        share = step * _STEP
        if covered(positions + share * (goal - positions)) >= cover:
            return share
    return _MOST


def covered(positions: npt.NDArray[np.floating]) -> float:
    """Return what share of the map's convex hull would be covered by pictures side by side.

    A picture fills a square cell of a grid in which 1.2 (up to 720 items) to 2.4 (from 1,440 on)
    items would share a cell if the hull were evenly full; cells with no item stay empty. Items that
    span no area are covered.
    """
    from scipy.spatial import ConvexHull, QhullError

    try:
        area = ConvexHull(positions).volume
    except (QhullError, ValueError):  # fewer than three items, or all in one line
        return 1.0
    crowd = min(_MOST_A_CELL, max(_FEWEST_A_CELL, len(positions) / _ITEMS_IN_VIEW))
    side = np.sqrt(area * crowd / len(positions))
    cells = np.unique(np.floor(positions / side).astype(np.int64), axis=0)
    return min(1.0, float(len(cells) * side**2 / area))
