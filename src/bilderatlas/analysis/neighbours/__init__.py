"""Who is near whom: an index is built from vectors and queried for the nearest of others."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.exact import Exact
from bilderatlas.types import BoolArray, Neighbours

__all__ = ["Exact", "Index", "nearest"]


class Index(Protocol):
    """What every way of finding neighbours offers, beside ``build``, which makes it from vectors.

    ``save`` writes what the index needs beside the vectors themselves; ``load``, a class method,
    takes the vectors from where they are stored and need not read them whole.
    """

    def __len__(self) -> int:
        """Return the number of vectors in the index."""

    def query(
        self, queries: npt.ArrayLike, k: int, *, among: BoolArray | None = None
    ) -> Neighbours:
        """Return the ``k`` nearest vectors of each of ``queries``, shape (m, d).

        ``among``, shape (n,), says which vectors may be answers; where fewer than ``k`` are found,
        the last ids are -1 and their similarity is -inf.
        """

    def add(self, vectors: npt.ArrayLike) -> None:
        """Append vectors, shape (m, d); they take the ids from ``len(self)`` on."""

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made or replaced."""


def nearest(vectors: npt.ArrayLike, k: int) -> Neighbours:
    """Return the ``k`` nearest other items of each item by cosine similarity.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type. Items with one and the same vector, and zero vectors,
        are items like all others: an item is left out of its own row by its id alone.
    k
        Number of neighbours; with fewer than k + 1 items, all n - 1 others.

    Returns
    -------
    Neighbours
        ``ids`` (n, min(k, n - 1)) int32 and ``similarity`` float32, nearest first, ties by
        lower id.
    """
    vectors = np.asarray(vectors)
    n = len(vectors)
    columns = max(0, min(k, n - 1))
    found = Exact.build(vectors).query(vectors, columns + 1)
    keep = found.ids != np.arange(n, dtype=np.int32)[:, None]
    # Where so many items are equally near that an item is not among its own nearest, the last goes.
    keep[keep.all(axis=1), -1:] = False
    return Neighbours(
        found.ids[keep].reshape(n, columns), found.similarity[keep].reshape(n, columns)
    )
