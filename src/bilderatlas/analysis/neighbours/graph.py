"""The neighbour graph: the nearest others of each item of one collection."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.exact import Exact
from bilderatlas.analysis.neighbours.index import Index
from bilderatlas.analysis.neighbours.ivf import Ivf
from bilderatlas.types import Neighbours

__all__ = ["CROSSING", "choose", "nearest"]

CROSSING = 20_000
"""Items up to which comparing all takes about as long as lists. CPU seconds of the graph of 90
neighbours, index included, from ``benchmarks/neighbours.py --crossing``, exact / ivf: 3.5 / 6.9 at
10k, 13.4 / 11.2 at 20k, 28.2 / 28.2 at 30k, 89 / 41 at 50k. Up to it, exact costs nothing."""

_BLOCK = 65_536  # items queried at a time, which bounds the memory beside the result


def choose(n: int) -> Literal["exact", "ivf"]:
    """Return the name of the index that finds the graph of ``n`` items the fastest."""
    return "exact" if n <= CROSSING else "ivf"


def nearest(vectors: npt.ArrayLike, k: int, *, index: Index | None = None) -> Neighbours:
    """Return the ``k`` nearest other items of each item.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type; a memory map is read in parts. Items with one and the
        same vector, and zero vectors, are items like all others: an item is left out of its own
        row by its id alone.
    k
        Number of neighbours; with fewer than k + 1 items, all n - 1 others.
    index
        An index of these vectors, by whose measure they are near; by default one by cosine
        similarity is built, of the kind that ``choose`` says.

    Returns
    -------
    Neighbours
        ``ids`` (n, min(k, n - 1)) int32 and ``similarity`` float32, nearest first, ties by
        lower id.
    """
    rows: npt.NDArray[Any] = np.asanyarray(vectors)
    n = len(rows)
    if index is None:
        index = (Exact if choose(n) == "exact" else Ivf).build(rows)
    columns = max(0, min(k, n - 1))
    ids = np.empty((n, columns), np.int32)
    similarity = np.empty((n, columns), np.float32)
    for start in range(0, n, _BLOCK):
        block = slice(start, min(n, start + _BLOCK))
        found = index.query(rows[block], columns + 1)
        keep = found.ids != np.arange(block.start, block.stop, dtype=np.int32)[:, None]
        # Where so many items are equally near that an item is not among its own nearest, or an
        # approximate index has missed it, the last goes.
        keep[keep.all(axis=1), -1:] = False
        ids[block] = found.ids[keep].reshape(len(keep), columns)
        similarity[block] = found.similarity[keep].reshape(len(keep), columns)
    return Neighbours(ids, similarity)
