"""How far a map can be believed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array, Neighbours

__all__ = ["kept", "trustworthiness_and_continuity"]

_ALL_BELOW = 5_000
"""Up to this many items every one is examined; of more, a sample."""

_SAMPLE = 2_000

_BLOCK = 2**24
"""Pairs of items compared at a time."""


def kept(
    neighbours: Neighbours, positions: Float32Array, k: int = 10
) -> tuple[float, Float32Array]:
    """Return what share of each item's true neighbours the map has beside it.

    Parameters
    ----------
    neighbours
        The true neighbours of n items.
    positions
        Shape (n, 2).
    k
        How many neighbours are looked at on either side; fewer in a smaller collection. As both
        sides have as many, the share that is beside an item and is no true neighbour is 1 - kept.

    Returns
    -------
    mean
        Over all items; 1 where nobody has neighbours.
    of_item
        Shape (n,), float32, in 0…1.
    """
    from scipy.spatial import cKDTree

    n = len(positions)
    k = min(k, neighbours.ids.shape[1])
    if k <= 0:
        return 1.0, np.ones(n, np.float32)
    beside = _beside(cKDTree(positions), positions, np.arange(n), k)
    shared = np.zeros(n, np.int64)
    for column in range(k):
        shared += (beside[:, column, None] == neighbours.ids[:, :k]).any(axis=1)
    of_item = (shared / k).astype(np.float32)
    return float(shared.mean() / k), of_item


def trustworthiness_and_continuity(
    neighbours: Neighbours,
    vectors: npt.NDArray[Any],
    positions: Float32Array,
    k: int = 10,
    *,
    random_state: int = 0,
) -> dict[str, float]:
    """Measure how false and how torn a map is (Venna & Kaski 2006, eqs. 1-2).

    Trustworthiness falls with items that are near on the map and far in truth, continuity with
    items that are near in truth and far on the map, both by how far they are in rank.

    Parameters
    ----------
    neighbours
        The true neighbours of n items.
    vectors
        Shape (n, d), of any float type, L2-normalised.
    positions
        Shape (n, 2).
    k
        Neighbours looked at; fewer in a collection of at most 2k items.
    random_state
        Seed of the sample taken of more than 5,000 items.

    Returns
    -------
    dict
        ``trustworthiness`` and ``continuity``, in 0…1; with a sample also
        ``trustworthiness_error`` and ``continuity_error``, the standard errors of the two. Empty
        below 3 items, where ranks say nothing.
    """
    from scipy.spatial import cKDTree

    n = len(positions)
    k = min(k, (n - 1) // 2, neighbours.ids.shape[1])
    if k <= 0:
        return {}
    rows = np.arange(n)
    if n > _ALL_BELOW:
        random = np.random.default_rng(random_state)
        rows = np.sort(random.choice(n, _SAMPLE, replace=False))
    unit = vectors.astype(np.float32)
    place = positions.astype(np.float64)
    tree = cKDTree(place)
    false = np.empty(len(rows))
    torn = np.empty(len(rows))
    step = max(1, _BLOCK // n)
    for start in range(0, len(rows), step):
        block = rows[start : start + step]
        there = np.arange(len(block))
        far = -(unit[block] @ unit.T)
        apart = ((place[block, None] - place[None]) ** 2).sum(axis=2)
        far[there, block] = apart[there, block] = np.inf
        false[start : start + step] = _excess(far, _beside(tree, place, block, k))
        torn[start : start + step] = _excess(apart, neighbours.ids[block, :k])
    # The largest possible sum of one item's excess ranks makes the scale 0…1.
    scale = 2 / (k * (2 * n - 3 * k - 1))
    measures = {
        "trustworthiness": 1 - scale * false.mean(),
        "continuity": 1 - scale * torn.mean(),
    }
    if len(rows) < n:
        root = np.sqrt(len(rows))
        measures["trustworthiness_error"] = scale * false.std(ddof=1) / root
        measures["continuity_error"] = scale * torn.std(ddof=1) / root
    return {name: float(value) for name, value in measures.items()}


def _beside(
    tree: Any, positions: npt.NDArray[Any], rows: npt.NDArray[Any], k: int
) -> npt.NDArray[np.intp]:
    """Return the k items nearest on the map to each of ``rows``, itself left out."""
    _, near = tree.query(positions[rows], k + 1)
    itself = near == rows[:, None]
    # Where more than k others share its place, an item may be missing from its own row.
    itself[~itself.any(axis=1), -1] = True
    found: npt.NDArray[np.intp] = near[~itself].reshape(len(rows), k)
    return found


def _excess(distance: npt.NDArray[Any], ids: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return, for each row, by how much the ranks of ``ids`` in it exceed k, summed."""
    k = ids.shape[1]
    total = np.zeros(len(ids))
    for column in ids.T:
        own = distance[np.arange(len(ids)), column]
        nearer = np.count_nonzero(distance < own[:, None], axis=1)
        total += np.maximum(0, nearer + 1 - k)
    return total
