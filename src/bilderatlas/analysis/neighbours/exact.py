"""Exact cosine neighbours: every vector is compared with every other one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array, Neighbours

__all__ = ["Exact"]

_ROWS = 1024
"""Queries answered at a time, which bounds the memory of the re-ranking."""

_CANDIDATE_BYTES = 64 * 2**20
"""Memory for the gathered candidate vectors of one re-ranking step."""


class Exact:
    """An index that answers with the true nearest neighbours.

    Candidates come from faiss's blocked inner products, whose last bits depend on where a vector
    lies in its block. They are therefore ranked again by products that are summed in one order
    for all pairs, so that copies of a picture are equally near to everything.
    """

    def __init__(self, unit: Float32Array) -> None:
        self._unit = unit

    @classmethod
    def build(cls, vectors: npt.ArrayLike) -> Exact:
        """Return the index of ``vectors``, shape (n, d), of any float type and any length.

        A zero vector has similarity 0 to everything.
        """
        return cls(_unit(vectors))

    def __len__(self) -> int:
        return len(self._unit)

    def query(self, queries: npt.ArrayLike, k: int) -> Neighbours:
        """Return the ``k`` nearest vectors of each query, nearest first, ties by lower id.

        Parameters
        ----------
        queries
            Shape (m, d), of any float type and any length.
        k
            At most this many columns; fewer if the index holds fewer vectors.

        Returns
        -------
        Neighbours
            ``ids`` (m, min(k, n)) int32 and ``similarity`` float32, cosine in -1…1.
        """
        unit = _unit(queries)
        columns = max(0, min(k, len(self)))
        ids = np.empty((len(unit), columns), np.int32)
        similarity = np.empty((len(unit), columns), np.float32)
        if columns:
            import faiss

            for start in range(0, len(unit), _ROWS):
                rows = slice(start, start + _ROWS)
                _, found = faiss.knn(
                    unit[rows], self._unit, columns, metric=faiss.METRIC_INNER_PRODUCT
                )
                ids[rows], similarity[rows] = self._ranked(unit[rows], found)
        return Neighbours(ids, similarity)

    def _ranked(
        self, queries: Float32Array, candidates: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], Float32Array]:
        """Sort each row of candidate ids by similarity, then by id."""
        ids = np.sort(candidates, axis=1)
        similarity = np.empty(ids.shape, np.float32)
        step = max(1, _CANDIDATE_BYTES // (ids.shape[1] * queries.shape[1] * 4 + 1))
        for start in range(0, len(ids), step):
            rows = slice(start, start + step)
            similarity[rows] = np.einsum("md,mkd->mk", queries[rows], self._unit[ids[rows]])
        np.clip(similarity, -1, 1, out=similarity)
        order = np.argsort(-similarity, axis=1, kind="stable")
        return np.take_along_axis(ids, order, 1), np.take_along_axis(similarity, order, 1)


def _unit(vectors: npt.ArrayLike) -> Float32Array:
    """Return rows of length 1 as contiguous float32; zero rows stay zero."""
    unit = np.array(vectors, np.float32, order="C")
    length = np.linalg.norm(unit, axis=1, keepdims=True)
    np.divide(unit, length, out=unit, where=length > 0)
    return unit
