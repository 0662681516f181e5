"""Places that fill a rectangle evenly, in the order that a layout gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["fill_rectangle"]

Box = tuple[float, float, float, float]


def fill_rectangle(positions: npt.ArrayLike) -> Float32Array:
    """Give every item a place of its own in the layout's bounding box, all parts equally full.

    The box is cut at the median of its longer side, and so are its halves: O(n log n). Items that
    are left, above or amid others stay so, on the whole.

    Parameters
    ----------
    positions
        Shape (n, 2), of any float type.

    Returns
    -------
    Shape (n, 2), float32, in the same bounding box.
    """
    places = np.array(positions, np.float64)
    if not len(places):
        return places.astype(np.float32).reshape(0, 2)
    given = places.copy()
    low, high = given.min(axis=0), given.max(axis=0)
    waiting: list[tuple[npt.NDArray[np.intp], Box]] = [
        (np.arange(len(given)), (low[0], low[1], high[0], high[1]))
    ]
    while waiting:
        ids, box = waiting.pop()
        left, bottom, right, top = box
        if len(ids) == 1:
            places[ids[0]] = (left + right) / 2, (bottom + top) / 2
            continue
        axis = 0 if right - left >= top - bottom else 1
        half = len(ids) // 2
        split = ids[np.argsort(given[ids, axis], kind="stable")]
        cut = box[axis] + (box[axis + 2] - box[axis]) * half / len(ids)
        first = (left, bottom, cut, top) if axis == 0 else (left, bottom, right, cut)
        second = (cut, bottom, right, top) if axis == 0 else (left, cut, right, top)
        waiting += [(split[:half], first), (split[half:], second)]
    return places.astype(np.float32)
