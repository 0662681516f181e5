"""How many of the true nearest neighbours a neighbour graph has."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.cosine import rank, unit
from bilderatlas.types import Neighbours

__all__ = ["Recall", "recall"]

_CHUNK = 16_384  # vectors compared at a time
_EQUAL = 1e-6  # cosines that differ by less are ties: any of them is a true neighbour


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of the ``k`` true nearest neighbours that are found, 0…1, over ``sample`` items.

    ``error`` is its standard error; 0 where all items were looked at.
    """

    share: float
    error: float
    k: int
    sample: int


def recall(
    neighbours: Neighbours,
    vectors: npt.ArrayLike,
    *,
    sample: int = 1000,
    k: int = 10,
    random_state: int = 0,
) -> Recall:
    """Compare the graph with the exact cosine neighbours of a sample of its items.

    Parameters
    ----------
    neighbours
        The graph, with at least ``k`` columns if there are more than ``k`` items.
    vectors
        Shape (n, d), of any float type; read in parts.
    sample, k, random_state
        How many items are looked at, how many neighbours of each, and which items.
    """
    import faiss

    rows: npt.NDArray[Any] = np.asanyarray(vectors)
    n = len(rows)
    k = max(0, min(k, n - 1))
    size = min(sample, n)
    if not k or not size:
        return Recall(1.0, 0.0, k, size)
    items = np.sort(np.random.default_rng(random_state).choice(n, size, replace=False))
    queries = unit(rows[items])
    best = np.full((size, k + 1), -np.inf, np.float32)
    best_ids = np.full((size, k + 1), -1, np.int64)
    for start in range(0, n, _CHUNK):
        chunk = unit(rows[start : start + _CHUNK])
        alike, near = faiss.knn(
            queries, chunk, min(k + 1, len(chunk)), metric=faiss.METRIC_INNER_PRODUCT
        )
        alike, near = np.hstack([best, alike]), np.hstack([best_ids, near + start])
        order = np.argsort(-alike, axis=1, kind="stable")[:, : k + 1]
        best = np.take_along_axis(alike, order, 1)
        best_ids = np.take_along_axis(near, order, 1)
    # The k-th largest but for the item itself, which takes a place unless ties pushed it out.
    itself = (best_ids == items[:, None])[:, :k].any(axis=1)
    least = np.where(itself, best[:, k], best[:, k - 1])

    given = neighbours.ids[items, :k].astype(np.int64)
    needed, places = np.unique(given, return_inverse=True)
    _, cosine = rank(queries, given, unit(rows[needed]), places.reshape(given.shape))
    found = (cosine >= least[:, None] - _EQUAL).mean(axis=1)
    unseen = 1 - size / n
    error = sqrt(found.var(ddof=1) / size * unseen) if size > 1 else 0.0
    return Recall(float(found.mean()), error, k, size)
