"""How far labels and neighbours agree: how many neighbours share an item's label."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Int32Array, Neighbours

__all__ = ["count_between", "count_shared"]

_ROWS = 65_536  # items counted at a time, which bounds the memory


def count_shared(neighbours: Neighbours, codes: Int32Array) -> Int32Array:
    """Return how many neighbours of each item have its label, shape (n,), int32.

    Parameters
    ----------
    neighbours
        The graph.
    codes
        Shape (n,), int32: the number of each item's label, -1 for none. Without a label nothing
        is shared.
    """
    same = (codes[neighbours.ids] == codes[:, None]) & (codes >= 0)[:, None]
    shared: Int32Array = same.sum(axis=1, dtype=np.int32)
    return shared


def count_between(
    neighbours: Neighbours, codes: Int32Array, *, most: int = 64
) -> npt.NDArray[np.int64]:
    """Return how many neighbours the items of each label have of each label.

    Parameters
    ----------
    neighbours
        The graph.
    codes
        Shape (n,), int32: the number of each item's label, -1 for none.
    most
        Beyond this many labels, those from ``most - 1`` on are counted as one.

    Returns
    -------
    ndarray
        Shape (c + 1, c + 1), int64, c the number of labels and at most ``most``: rows are the
        items' labels, columns those of their neighbours, the last of each without a label.
    """
    classes = min(int(codes.max(initial=-1)) + 1, most)
    wide = classes + 1
    own = np.where(codes < 0, classes, np.minimum(codes, classes - 1)).astype(np.int64)
    counts = np.zeros(wide * wide, np.int64)
    for start in range(0, len(codes), _ROWS):
        rows = slice(start, start + _ROWS)
        pairs = own[rows, None] * wide + own[neighbours.ids[rows]]
        counts += np.bincount(pairs.ravel(), minlength=wide * wide)
    return counts.reshape(wide, wide)
