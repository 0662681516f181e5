"""Neighbours kept, and false neighbours: who is near in truth and on the map."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.quality.beside import beside, placed
from bilderatlas.types import BoolArray, Float32Array, Int32Array, Neighbours

__all__ = ["false", "far_among", "kept", "nearest_placed"]

_WIDER = 5
"""So many times k true neighbours are too many for an item beyond them to be alike."""


def kept(
    neighbours: Neighbours, positions: Float32Array, k: int = 10
) -> tuple[float, Float32Array]:
    """Return what share of each item's true neighbours the map has beside it.

    Parameters
    ----------
    neighbours
        The true neighbours of n items.
    positions
        Shape (n, 2); NaN for an item that has no place, which is then nobody's neighbour.
    k
        How many neighbours are looked at on either side; fewer in a smaller collection.

    Returns
    -------
    mean
        Over the items that have a place and neighbours; 1 where nobody has.
    of_item
        Shape (n,), float32, in 0…1; 1 where nobody has neighbours, NaN for an item without a place.
    """
    here = placed(positions)
    k = min(k, neighbours.ids.shape[1])
    true = nearest_placed(neighbours, here)[:, :k]
    found = beside(positions, k)
    known = (true >= 0).sum(axis=1)
    if not known.any() or found.shape[1] == 0:
        return 1.0, np.where(here, 1, np.nan).astype(np.float32)
    shared = _shared(found, true)
    of_item = np.full(len(positions), np.nan, np.float32)
    np.divide(shared, known, out=of_item, where=known > 0, casting="unsafe")
    return float(np.nanmean(of_item, dtype=np.float64)), of_item


def false(
    neighbours: Neighbours, positions: Float32Array, k: int = 10
) -> tuple[float, Float32Array]:
    """Return what share of those beside each item on the map are no true neighbours of it.

    An item that the map has beside another counts as false where it is not even among the
    `far_among` true neighbours of the other: what is a little further than the k-th is no error.

    Parameters
    ----------
    neighbours, positions, k
        As of `kept`.

    Returns
    -------
    mean
        Over the items that have a place; 0 where nobody stands beside another.
    of_item
        Shape (n,), float32, in 0…1; NaN for an item without a place.
    """
    here = placed(positions)
    found = beside(positions, min(k, neighbours.ids.shape[1]))
    beside_it = found.shape[1]
    of_item = np.where(here, 0, np.nan).astype(np.float32)
    if beside_it == 0:
        return 0.0, of_item
    true = nearest_placed(neighbours, here)[:, : far_among(neighbours, k)]
    of_item[here] = 1 - _shared(found, true)[here] / beside_it
    return float(np.nanmean(of_item, dtype=np.float64)), of_item


def far_among(neighbours: Neighbours, k: int = 10) -> int:
    """Return beyond how many true neighbours an item is no neighbour at all.

    Five times k, but no more than a tenth of the collection, and no fewer than k.
    """
    n = len(neighbours.ids)
    known: int = neighbours.ids.shape[1]
    return min(known, max(k, min(_WIDER * k, (n - 1) // 10)))


def nearest_placed(neighbours: Neighbours, here: BoolArray) -> Int32Array:
    """Return the true neighbours that have a place, nearest first, then -1, shape as ``ids``.

    ``here``, shape (n,), says which items have one. The row of another is -1 throughout.
    """
    ids = neighbours.ids
    if here.all():
        return ids
    missing = ~here[ids] | (ids < 0) | ~here[:, None]
    order = np.argsort(missing, axis=1, kind="stable")
    found: Int32Array = np.take_along_axis(np.where(missing, np.int32(-1), ids), order, 1)
    return found


def _shared(found: Int32Array, true: Int32Array) -> npt.NDArray[np.int64]:
    """Return how many ids of each row of ``found`` are in the same row of ``true``."""
    shared = np.zeros(len(found), np.int64)
    for column in found.T:
        shared += ((column[:, None] == true) & (column >= 0)[:, None]).any(axis=1)
    return shared
