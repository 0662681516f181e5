"""Exact cosine neighbours: every vector is compared with every other one."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.cosine import rank, unit
from bilderatlas.analysis.neighbours.saved import opened, saving
from bilderatlas.analysis.neighbours.stored import Source, Stored
from bilderatlas.analysis.neighbours.threads import threads_for
from bilderatlas.types import BoolArray, Float32Array, Neighbours

__all__ = ["Exact"]

_ROWS = 1024  # queries answered at a time, which bounds the memory of their candidates


class Exact:
    """An index that answers with the true nearest neighbours; it holds all vectors as float32.

    Candidates come from faiss's blocked inner products, whose last bits depend on where a vector
    lies in its block. They are therefore ranked again, so that copies of a picture are equally
    near to everything. See ``Index`` for what each method takes, returns and raises.
    """

    measure = "cosine"

    def __init__(self, vectors: Float32Array) -> None:
        self._unit = vectors

    @classmethod
    def build(cls, vectors: npt.ArrayLike) -> Self:
        """Return the index of ``vectors``, shape (n, d), of any float type and any length.

        A zero vector has similarity 0 to everything.
        """
        return cls(unit(vectors))

    @classmethod
    def load(cls, folder: Path, vectors: Source) -> Self:
        """Open a saved index, which reads the vectors whole."""
        n = opened(folder, "exact", vectors)["n"]
        return cls(Stored(vectors, n).take(np.arange(n)))

    def save(self, folder: Path) -> None:
        """Write a description of the index; the vectors are all it needs."""
        with saving(folder, "exact", {"n": len(self)}):
            pass

    def __len__(self) -> int:
        return len(self._unit)

    def add(self, vectors: npt.ArrayLike) -> None:
        """Append vectors, shape (m, d)."""
        self._unit = np.concatenate([self._unit, unit(vectors)])

    def query(
        self, queries: npt.ArrayLike, k: int, *, among: BoolArray | None = None
    ) -> Neighbours:
        """Return the nearest vectors of each query."""
        import faiss

        asked = unit(queries)
        columns = max(0, min(k, len(self)))
        ids = np.full((len(asked), columns), -1, np.int32)
        similarity = np.full((len(asked), columns), -np.inf, np.float32)
        allowed = None if among is None else np.flatnonzero(among)
        known = self._unit if allowed is None else self._unit[allowed]
        found = min(columns, len(known))
        with threads_for(len(asked)):
            for start in range(0, len(asked) if found else 0, _ROWS):
                rows = slice(start, start + _ROWS)
                _, near = faiss.knn(asked[rows], known, found, metric=faiss.METRIC_INNER_PRODUCT)
                ids[rows, :found], similarity[rows, :found] = rank(
                    asked[rows], near if allowed is None else allowed[near], known, near
                )
        return Neighbours(ids, similarity)
