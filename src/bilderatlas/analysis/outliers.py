"""Outliers: items that lie apart from where the items around them lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import BoolArray, DuplicateGroup, Float32Array, Int32Array, Neighbours

__all__ = ["local_outlier_factor"]

_AROUND = 20
"""Neighbours that an item is compared with: Breunig et al. advise 10 to 20 at the least."""

_SAME = 0.004
"""Cosine distance of a picture from its copy in another size: to be nearer means nothing.

It keeps the density of identical items finite, and their neighbours from being called outliers by
millions.
"""

_BLOCK = 2**16
"""Items worked on at a time."""


def local_outlier_factor(
    neighbours: Neighbours, duplicates: Sequence[DuplicateGroup] = (), k: int = _AROUND
) -> Float32Array:
    """Compare how densely each item lies with how densely its neighbours do.

    The local outlier factor of Breunig, Kriegel, Ng & Sander 2000 ("LOF: identifying density-based
    local outliers", definitions 3-7) on cosine distances, 1 - similarity.

    Copies would vouch for each other: an item with one near it looks as if it were among its like,
    and a picture beside many copies of another as if it were far from it. So a picture counts once,
    however many items show it: an item's duplicates are none of its neighbours, and of its other
    neighbours that are duplicates of each other only the nearest is one.

    Parameters
    ----------
    neighbours
        The graph of n items. An id of -1 is no neighbour.
    duplicates
        The groups of items that show the same picture.
    k
        How many neighbours to look at.

    Returns
    -------
    Float32Array
        Shape (n,), float32: about 1 for an item among its like, more for one that lies apart. It
        is 1 for an item without neighbours.
    """
    n = len(neighbours.ids)
    picture = np.arange(n, dtype=np.int32)
    for group in duplicates:
        picture[group.members] = group.members.min()
    ids = np.empty((n, min(k, neighbours.ids.shape[1])), np.int32)
    distance = np.empty(ids.shape, np.float32)
    for block in _blocks(n):
        ids[block], distance[block] = _distinct(neighbours, picture, block, ids.shape[1])
    there = ids >= 0
    reach = np.where(there, distance, 0).max(axis=1, initial=0)
    density = np.empty(n)
    for block in _blocks(n):
        # As far as an item's own neighbourhood reaches, nobody is nearer to it than anybody else.
        apart = np.maximum(distance[block], reach[ids[block]])
        density[block] = 1 / np.maximum(_SAME, _mean(apart, there[block]))
    factor = np.ones(n, np.float32)
    for block in _blocks(n):
        around = _mean(density[ids[block]], there[block])
        some = there[block].any(axis=1)
        factor[block] = np.where(some, around / density[block], 1)
    return factor


def _distinct(
    neighbours: Neighbours, picture: Int32Array, block: slice, k: int
) -> tuple[Int32Array, Float32Array]:
    """Return ids and distances of the k nearest other pictures of each item; -1 where none is."""
    ids = neighbours.ids[block]
    shown = np.where(ids >= 0, picture[ids], -1)
    taken = (shown >= 0) & (shown != picture[block, None]) & _first_in_row(shown)
    nearest_first = np.argsort(~taken, axis=1, kind="stable")[:, :k]
    kept = np.take_along_axis(taken, nearest_first, axis=1)
    similarity = np.take_along_axis(neighbours.similarity[block], nearest_first, axis=1)
    found = np.where(kept, np.take_along_axis(ids, nearest_first, axis=1), -1)
    return found, np.maximum(_SAME, 1 - similarity)


def _first_in_row(values: Int32Array) -> BoolArray:
    """Return where a value stands for the first time in its row."""
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    new = np.ones(values.shape, np.bool_)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.empty_like(new)
    np.put_along_axis(first, order, new, axis=1)
    return first


def _mean(values: npt.NDArray[Any], there: BoolArray) -> npt.NDArray[np.float64]:
    """Return the mean of the values that are there, row by row; 0 where there are none."""
    total = np.where(there, values, 0).sum(axis=1, dtype=np.float64)
    return np.asarray(total / np.maximum(1, there.sum(axis=1)), np.float64)


def _blocks(n: int) -> list[slice]:
    return [slice(start, min(n, start + _BLOCK)) for start in range(0, n, _BLOCK)]
