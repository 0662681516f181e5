"""Who stands beside whom on a map."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import BoolArray, Int32Array

__all__ = ["beside", "placed"]

_ROWS = 65_536  # items looked up at a time, which bounds the memory


def placed(positions: npt.NDArray[Any]) -> BoolArray:
    """Return which items have a place on the map, shape (n,), bool."""
    finite: BoolArray = np.isfinite(positions).all(axis=1)
    return finite


def beside(positions: npt.NDArray[Any], k: int) -> Int32Array:
    """Return the k items nearest on the map to each item, itself left out.

    Parameters
    ----------
    positions
        Shape (n, 2), of any float type; NaN for an item that has no place.
    k
        How many; all others where fewer have a place.

    Returns
    -------
    ndarray
        Shape (n, min(k, items with a place - 1)), int32, nearest first; -1 throughout the row of an
        item without a place.
    """
    from scipy.spatial import cKDTree

    rows = np.flatnonzero(placed(positions))
    k = max(0, min(k, len(rows) - 1))
    found = np.full((len(positions), k), -1, np.int32)
    if k == 0:
        return found
    places = positions[rows].astype(np.float64)
    tree = cKDTree(places)
    for start in range(0, len(rows), _ROWS):
        own = np.arange(start, min(start + _ROWS, len(rows)))
        _, near = tree.query(places[own], k + 1)
        itself = np.asarray(near) == own[:, None]
        # Where more than k others share its place, an item may be missing from its own row.
        itself[~itself.any(axis=1), -1] = True
        others = np.asarray(near)[~itself].reshape(len(own), k)
        found[rows[own]] = rows[others]
    return found
