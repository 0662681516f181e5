"""How strongly items draw each other on a map, from how near they are in truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.pca import PCA
from bilderatlas.analysis.neighbours import Exact, nearest
from bilderatlas.errors import LayoutError
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["Nearness", "attraction", "told_labels"]

Float64Array = npt.NDArray[np.float64]
_ASK_FOR_MORE = {"haversine", "precomputed", "seuclidean"}
"""Metrics that need something else than vectors of any length."""

Near = tuple[npt.NDArray[Any], Float64Array]
"""Ids and distances of the nearest items, each of shape (n, k), nearest first."""


class Nearness:
    """Who is near whom in a collection, and how far.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type.
    metric
        ``"cosine"``, or a metric of `sklearn.neighbors.NearestNeighbors` that needs nothing but
        vectors. ``None``: cosine, or Euclidean among principal components, where cosines mean
        little.
    pca_components
        If given, the vectors are compared in that many principal components only.

    Raises
    ------
    LayoutError
        If there is no such metric.
    """

    def __init__(
        self, vectors: npt.NDArray[Any], metric: str | None, pca_components: int | None
    ) -> None:
        self._pca = PCA(n_components=pca_components).fit(vectors) if pca_components else None
        self._space = self._seen(vectors)
        self.metric = metric or ("euclidean" if pca_components else "cosine")
        if not self._is_by_graph:
            from sklearn.neighbors import VALID_METRICS

            if self.metric not in {*VALID_METRICS["brute"]} - _ASK_FOR_MORE:
                raise LayoutError(
                    f"There is no metric {self.metric!r}: choose 'cosine', 'euclidean', "
                    "'manhattan', 'correlation' or another of scikit-learn's."
                )

    def among(self, neighbours: Neighbours, k: int) -> Near:
        """Return the k nearest others of each item; ``neighbours`` is asked first.

        The cosine graph answers what it can; what it does not hold, or not by this metric, is
        sought among the vectors.
        """
        k = min(k, len(self._space) - 1)
        if self._is_by_graph:
            graph = neighbours if neighbours.ids.shape[1] >= k else nearest(self._space, k)
            return graph.ids[:, :k], _distances(graph.similarity[:, :k])
        distances, ids = self._searcher().kneighbors(n_neighbors=k)
        return ids, np.asarray(distances, np.float64)

    def of(self, vectors: npt.NDArray[Any], k: int) -> Near:
        """Return the k items nearest to each of ``vectors``, shape (m, d)."""
        k = min(k, len(self._space))
        if self._is_by_graph:
            found = Exact.build(self._space).query(vectors, k)
            return found.ids, _distances(found.similarity)
        distances, ids = self._searcher().kneighbors(self._seen(vectors), k)
        return ids, np.asarray(distances, np.float64)

    @property
    def _is_by_graph(self) -> bool:
        return self.metric == "cosine" and self._pca is None

    def _seen(self, vectors: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return vectors if self._pca is None else self._pca.transform(vectors)

    def _searcher(self) -> Any:
        from sklearn.neighbors import NearestNeighbors

        return NearestNeighbors(metric=self.metric).fit(self._space.astype(np.float32))


def attraction(
    near: Near, perplexities: Sequence[float], *, threads: int = 1, size: int | None = None
) -> Any:
    """Return the affinities of items by Gaussian kernels of a given perplexity each.

    Several perplexities are averaged: short ones show the groups, long ones how the groups lie
    (Kobak & Berens 2019).

    Parameters
    ----------
    near
        The nearest items of each; of each perplexity p, the 3p nearest count.
    perplexities
        One or more.
    threads
        Threads that compute.
    size
        If given, the items are new, and near those of a collection of this size: their affinities
        are then not made symmetric, and sum to 1 for each.

    Returns
    -------
    scipy.sparse.csr_matrix
        Shape (n, n) summing to 1, or (n, size).
    """
    from openTSNE.affinity import joint_probabilities_nn
    from scipy.sparse import csr_matrix

    ids, distances = near
    total: Any = 0
    for perplexity in perplexities:
        k = max(1, min(ids.shape[1], round(3 * perplexity)))
        total = total + joint_probabilities_nn(
            ids[:, :k],
            distances[:, :k],
            [perplexity],
            symmetrize=size is None,
            normalization="pair-wise" if size is None else "point-wise",
            n_reference_samples=size,
            n_jobs=threads,
        )
    return csr_matrix(total / len(perplexities))


def told_labels(near: Near, labels: npt.ArrayLike, weight: float) -> Near:
    """Move items of other classes further off, so that the map shows the labels too.

    The distance between two items whose labels differ is divided by ``1 - weight``.

    Parameters
    ----------
    near
        The nearest items of each.
    labels
        Shape (n,), integers; below 0: unknown, and nothing changes.
    weight
        From 0 (labels do not count) to less than 1.
    """
    ids, distances = near
    labels = np.asarray(labels)
    known = labels >= 0
    apart = (labels[:, None] != labels[ids]) & known[:, None] & known[ids]
    moved = np.where(apart, distances / (1 - weight), distances)
    order = np.argsort(moved, axis=1, kind="stable")
    return np.take_along_axis(ids, order, 1), np.take_along_axis(moved, order, 1)


def _distances(similarity: Float32Array) -> Float64Array:
    return np.maximum(0, 1 - similarity.astype(np.float64))
