"""Silhouettes: whether an item is nearer to its own group than to the next one."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.quality.beside import placed
from bilderatlas.types import Float32Array, Int32Array

__all__ = ["silhouettes_of_map", "silhouettes_of_vectors"]

_ROWS = 4096
"""Items compared at a time."""

_REFERENCES = 2_500
"""Items that every item is compared with on a map; up to so many, all."""

_FEWEST = 25
"""References of a group, where it has so many."""


def silhouettes_of_vectors(vectors: npt.NDArray[Any], codes: Int32Array) -> Float32Array:
    """Return each item's silhouette by cosine distance (Rousseeuw 1987, eqs. 1-3).

    Exact for any n: the mean cosine distance to a group is one minus the product with its mean.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    codes
        Shape (n,), int32: the number of each item's label or cluster, -1 for none.

    Returns
    -------
    ndarray
        Shape (n,), float32, in -1…1: near 1 for an item amid its own group, 0 between two, negative
        nearer to another group; 0 for the only one of its group. NaN for an item in no group, and
        for all where there is only one group.
    """
    rows, own, sizes = _groups(codes, np.ones(len(codes), bool))
    result = np.full(len(codes), np.nan, np.float32)
    if len(sizes) < 2:
        return result
    sums = np.zeros((len(sizes), vectors.shape[1]))
    for start in range(0, len(rows), _ROWS):
        block = slice(start, start + _ROWS)
        np.add.at(sums, own[block], vectors[rows[block]].astype(np.float64))
    for start in range(0, len(rows), _ROWS):
        block = slice(start, start + _ROWS)
        unit = vectors[rows[block]].astype(np.float64)
        total = sizes - unit @ sums.T
        itself = 1 - np.einsum("nd,nd->n", unit, unit)
        result[rows[block]] = _silhouettes(total, sizes, own[block], itself, sizes)
    return result


def silhouettes_of_map(
    positions: npt.NDArray[Any], codes: Int32Array, *, random_state: int = 0
) -> Float32Array:
    """Return each item's silhouette by distance on a map (Rousseeuw 1987, eqs. 1-3).

    Beyond 2,500 items, distances are those to a sample of each group, at least 25 items of it; the
    mean over all items then differs from the exact one by less than 0.01.

    Parameters
    ----------
    positions
        Shape (n, 2), of any float type; NaN for an item that has no place.
    codes
        Shape (n,), int32: the number of each item's label or cluster, -1 for none.
    random_state
        Seed of the sample.

    Returns
    -------
    ndarray
        As of `silhouettes_of_vectors`; NaN also for an item without a place.
    """
    from scipy.spatial.distance import cdist

    rows, own, sizes = _groups(codes, placed(positions))
    result = np.full(len(codes), np.nan, np.float32)
    if len(sizes) < 2:
        return result
    references = _references(own, sizes, np.random.default_rng(random_state))
    starts = np.searchsorted(own[references], np.arange(len(sizes)))
    sampled = np.bincount(own[references], minlength=len(sizes))
    among = np.zeros(len(rows), bool)
    among[references] = True
    places = positions[rows].astype(np.float64)
    for start in range(0, len(rows), _ROWS):
        block = slice(start, start + _ROWS)
        apart = cdist(places[block], places[references])
        total = np.add.reduceat(apart, starts, axis=1)
        # A reference is no distance from itself, and does not count as another of its group.
        others = np.repeat(sampled[None].astype(np.float64), len(total), axis=0)
        others[np.arange(len(total)), own[block]] += ~among[block]
        result[rows[block]] = _silhouettes(total, others, own[block], 0.0, sizes)
    return result


def _groups(
    codes: Int32Array, counted: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the items in groups, the number of each one's group from 0, and the groups' sizes."""
    rows = np.flatnonzero(counted & (codes >= 0))
    _, own, sizes = np.unique(codes[rows], return_inverse=True, return_counts=True)
    return rows, own, sizes


def _references(
    own: npt.NDArray[np.intp], sizes: npt.NDArray[np.intp], random: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Return items to compare with, group by group."""
    order = np.argsort(own, kind="stable")
    if len(own) <= _REFERENCES:
        return order
    groups = np.split(order, np.cumsum(sizes)[:-1])
    wanted = np.maximum(_FEWEST, _REFERENCES * sizes // len(own))
    return np.concatenate(
        [
            random.choice(group, min(len(group), many), replace=False)
            for group, many in zip(groups, wanted, strict=True)
        ]
    )


def _silhouettes(
    total: npt.NDArray[np.float64],
    counts: npt.NDArray[Any],
    own: npt.NDArray[np.intp],
    itself: npt.NDArray[np.float64] | float,
    sizes: npt.NDArray[np.intp],
) -> npt.NDArray[np.float64]:
    """Return silhouettes from each item's summed distances to the groups.

    ``counts``: how many items each sum is over, the item included in that of its own group with the
    distance ``itself``.
    """
    there = np.arange(len(total))
    counts = np.broadcast_to(counts, total.shape)
    # Vectors that are but nearly of length 1 can be nearer than at no distance.
    alike = np.maximum(0, (total[there, own] - itself) / np.maximum(1, counts[there, own] - 1))
    unlike = np.maximum(0, total / counts)
    unlike[there, own] = np.inf
    nearest = unlike.min(axis=1)
    larger = np.maximum(alike, nearest)
    value = np.divide(nearest - alike, larger, out=np.zeros(len(total)), where=larger > 0)
    return np.where(sizes[own] == 1, 0.0, value)
