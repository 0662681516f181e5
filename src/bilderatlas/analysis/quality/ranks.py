"""Trustworthiness and continuity: how far in rank the errors of a map go."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.quality.beside import beside, placed
from bilderatlas.analysis.quality.kept import nearest_placed
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["Ranks", "trustworthiness_and_continuity"]

Float64Array = npt.NDArray[np.float64]

_ALL_BELOW = 5_000
"""Up to this many items every one is examined; of more, a sample."""

_SAMPLE = 2_000

_PAIRS = 25 * 10**7
"""Pairs of items compared in all: beyond 125,000 items the sample is smaller."""

_BLOCK = 2**20
"""Pairs of items compared at a time."""

_ROUNDING = 1e-6
"""A similarity summed in another order may differ by so much."""


class Ranks(NamedTuple):
    """Trustworthiness and continuity of a map.

    ``quality``: ``trustworthiness`` and ``continuity``, in 0…1, and of a sample their standard
    errors ``trustworthiness_error`` and ``continuity_error``. ``of_items``: the two of each item,
    shape (n,), float32, NaN without a place; empty where only a sample was examined.
    """

    quality: dict[str, float]
    of_items: dict[str, Float32Array]


def trustworthiness_and_continuity(
    neighbours: Neighbours,
    vectors: npt.NDArray[Any],
    positions: Float32Array,
    k: int = 10,
    *,
    random_state: int = 0,
) -> Ranks:
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
        Shape (n, 2); NaN for an item that has no place, which is left out.
    k
        Neighbours looked at; fewer in a collection of at most 2k items.
    random_state
        Seed of the sample taken of more than 5,000 items.

    Returns
    -------
    Ranks
        Empty below 3 items with a place, where ranks say nothing.
    """
    here = placed(positions)
    rows = others = np.flatnonzero(here)
    n = len(others)
    k = min(k, (n - 1) // 2, neighbours.ids.shape[1])
    if k <= 0:
        return Ranks({}, {})
    if n > _ALL_BELOW:
        random = np.random.default_rng(random_state)
        rows = np.sort(random.choice(others, min(_SAMPLE, max(1, _PAIRS // n)), replace=False))
    near = beside(positions, k)[rows]
    true = nearest_placed(neighbours, here)[rows, :k]
    false, torn = _excess(vectors, positions.astype(np.float64), rows, others, near, true)
    # The largest possible sum of one item's excess ranks makes the scale 0…1.
    scale = 2 / (k * (2 * n - 3 * k - 1))
    quality: dict[str, float] = {}
    of_items: dict[str, Float32Array] = {}
    for name, excess in (("trustworthiness", false), ("continuity", torn)):
        quality[name] = float(1 - scale * excess.mean())
        if len(rows) < n:
            quality[f"{name}_error"] = float(scale * excess.std(ddof=1) / np.sqrt(len(rows)))
        else:
            of_items[name] = np.full(len(positions), np.nan, np.float32)
            of_items[name][rows] = 1 - scale * excess
    return Ranks(quality, of_items)


def _excess(
    vectors: npt.NDArray[Any],
    places: Float64Array,
    rows: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
    near: npt.NDArray[np.int32],
    true: npt.NDArray[np.int32],
) -> tuple[Float64Array, Float64Array]:
    """Return by how much ranks exceed k, summed over the neighbours of each of ``rows``.

    First the ranks in truth of the items near on the map, then those on the map of the truly near
    ones; both among ``others``.
    """
    unit = vectors[rows].astype(np.float32)
    own = places[rows]
    alike = np.stack([_products(unit, vectors[column]) for column in near.T], axis=1)
    apart = np.stack([_squares(own, places[column]) for column in true.T], axis=1)
    nearer_in_truth = np.zeros(near.shape, np.int64)
    nearer_on_map = np.zeros(true.shape, np.int64)
    step = max(1, _BLOCK // len(rows))
    for start in range(0, len(others), step):
        block = others[start : start + step]
        similarity = unit @ vectors[block].astype(np.float32).T
        distance = _squares(own[:, None], places[block][None])
        itself = rows[:, None] == block
        similarity[itself] = -np.inf
        distance[itself] = np.inf
        for column in range(near.shape[1]):
            nearer_in_truth[:, column] += np.count_nonzero(
                similarity > alike[:, column, None] + np.float32(_ROUNDING), axis=1
            )
            nearer_on_map[:, column] += np.count_nonzero(distance < apart[:, column, None], axis=1)
    k = near.shape[1]
    false = np.maximum(0, nearer_in_truth + 1 - k).sum(axis=1)
    # A true neighbour that is unknown, or has no place, is -1 and cannot be torn off.
    torn = np.where(true >= 0, np.maximum(0, nearer_on_map + 1 - k), 0).sum(axis=1)
    return false.astype(np.float64), torn.astype(np.float64)


def _products(unit: Float32Array, others: npt.NDArray[Any]) -> Float32Array:
    """Return the similarity of each row to that of the same number."""
    return np.asarray(np.einsum("nd,nd->n", unit, others.astype(np.float32)), np.float32)


def _squares(one: Float64Array, other: Float64Array) -> Float64Array:
    """Return squared distances on the map."""
    across = one[..., 0] - other[..., 0]
    along = one[..., 1] - other[..., 1]
    return across * across + along * along
