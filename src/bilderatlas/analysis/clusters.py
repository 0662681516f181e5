"""Clusters: communities of the neighbour graph."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Cluster, Neighbours

__all__ = ["find_clusters", "symmetric_graph"]

_NEAREST = 15
"""Neighbours of an item that bind it: more blur small clusters, fewer tear large ones."""

_RUNS = 10


def find_clusters(
    neighbours: Neighbours,
    vectors: npt.NDArray[Any],
    *,
    resolution: float = 1.0,
    random_state: int = 0,
) -> list[Cluster]:
    """Find items that belong together in vector space, whatever a map does to them.

    Louvain's method (Blondel et al. 2008) on the graph that joins two items if one is among the 15
    nearest of the other, weighted by their cosine similarity. What it finds depends on the order
    in which items are looked at: of ten orders, the one whose clusters agree best with those of the
    others counts.

    Parameters
    ----------
    neighbours
        The graph of n items.
    vectors
        Shape (n, d), of any float type, L2-normalised.
    resolution
        Higher makes more and smaller clusters.
    random_state
        Seed of the orders.

    Returns
    -------
    list of Cluster
        The largest first, called "Cluster 1", "Cluster 2"…; an item is in one cluster, or in none
        if it resembles nothing. The exemplar is the member with the largest summed similarity to
        all members; members stand strongest first, then by id.
    """
    n = len(neighbours.ids)
    if n == 0 or neighbours.ids.shape[1] == 0:
        return []
    graph = symmetric_graph(neighbours)
    if graph.nnz == 0:
        return []
    labels = _communities(graph, resolution, random_state)
    rows = np.repeat(np.arange(n), np.diff(graph.indptr))
    inside = np.where(labels[rows] == labels[graph.indices], graph.data, 0)
    total = np.bincount(rows, graph.data, n)
    strength = np.bincount(rows, inside, n) / np.where(total > 0, total, 1)
    found: list[Cluster] = []
    for members in _groups(labels):
        own = vectors[members].astype(np.float32)
        strongest = np.lexsort((members, -strength[members]))
        found.append(
            Cluster(
                name=f"Cluster {len(found) + 1}",
                exemplar=int(members[np.argmax(own @ own.sum(axis=0))]),
                members=members[strongest].astype(np.int32),
                strength=strength[members[strongest]].astype(np.float32),
            )
        )
    return found


def symmetric_graph(neighbours: Neighbours) -> Any:
    """Return the graph that clusters are communities of.

    A csr matrix (n, n) of non-negative similarities: two items are joined if one is among the 15
    nearest of the other. An id of -1 is no neighbour.
    """
    from scipy.sparse import csr_matrix

    ids = neighbours.ids[:, :_NEAREST]
    n, k = ids.shape
    weights = np.where(ids >= 0, np.maximum(0, neighbours.similarity[:, :k]), 0).astype(np.float64)
    targets = np.maximum(0, ids).ravel()
    directed = csr_matrix((weights.ravel(), targets, np.arange(0, n * k + 1, k)), (n, n))
    graph = directed.maximum(directed.T).tocsr()
    graph.eliminate_zeros()
    return graph


def _communities(graph: Any, resolution: float, random_state: int) -> npt.NDArray[np.int64]:
    """Return the label of each item in the most typical of several runs."""
    from sknetwork.clustering.louvain import Louvain

    runs = [
        Louvain(
            resolution=resolution, shuffle_nodes=True, random_state=random_state + run
        ).fit_predict(graph)
        for run in range(_RUNS)
    ]
    likeness = [sum(_agreement(one, other) for other in runs) for one in runs]
    return np.asarray(runs[int(np.argmax(likeness))], np.int64)


def _agreement(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """Return the adjusted Rand index of two labellings (Hubert & Arabie 1985, eq. 5)."""

    def pairs(labels: npt.NDArray[np.int64]) -> float:
        _, counts = np.unique(labels, return_counts=True)
        return float((counts * (counts - 1.0)).sum() / 2)

    both = pairs(one * (other.max() + 1) + other)
    chance = pairs(one) * pairs(other) / max(1.0, len(one) * (len(one) - 1) / 2)
    most = (pairs(one) + pairs(other)) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def _groups(labels: npt.NDArray[Any]) -> list[npt.NDArray[np.intp]]:
    """Return the ids under each label, the largest group first; single items are no group."""
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted((g for g in groups if len(g) > 1), key=lambda g: (-len(g), g[0]))
