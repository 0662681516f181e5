"""Distances: whether what is far apart on a map is unlike."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.quality.beside import placed
from bilderatlas.types import Float32Array

__all__ = ["correlation_of_distances"]

_PARTS = 20
"""The sample falls into so many parts, whose differences say how exact the whole is."""

_PAIRS = 1_000
"""Pairs in a part."""


def correlation_of_distances(
    vectors: npt.NDArray[Any], positions: Float32Array, *, random_state: int = 0
) -> dict[str, float]:
    """Measure how well distances on a map follow those of the vectors.

    Over 20,000 random pairs of items, or all where there are no more. The distance of two vectors
    is the straight line between their ends. That of ranks is Spearman's, that of values Pearson's,
    known for maps as the Shepard diagram's.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    positions
        Shape (n, 2); NaN for an item that has no place, which is left out.
    random_state
        Seed of the sample.

    Returns
    -------
    dict
        ``distances_spearman`` and ``distances_pearson``, in -1…1; of a sample also
        ``distances_spearman_error`` and ``distances_pearson_error``, standard errors by batch
        means. Empty below 3 items with a place, and where all stand in one place or are alike.
    """
    from scipy.stats import rankdata

    here = np.flatnonzero(placed(positions))
    n = len(here)
    if n < 3:
        return {}
    sampled = n * (n - 1) // 2 > _PARTS * _PAIRS
    if sampled:
        random = np.random.default_rng(random_state)
        one = random.integers(0, n, _PARTS * _PAIRS)
        other = (one + random.integers(1, n, _PARTS * _PAIRS)) % n
    else:
        one, other = np.triu_indices(n, 1)
    true = np.empty(len(one))
    for start in range(0, len(one), _PAIRS):
        part = slice(start, start + _PAIRS)
        between = vectors[here[one[part]]].astype(np.float32)
        between -= vectors[here[other[part]]].astype(np.float32)
        true[part] = np.linalg.norm(between, axis=1)
    places = positions[here].astype(np.float64)
    shown = np.linalg.norm(places[one] - places[other], axis=1)
    if np.ptp(true) == 0 or np.ptp(shown) == 0:
        return {}
    measures: dict[str, float] = {}
    for name, of_one in (("spearman", rankdata), ("pearson", np.asarray)):
        measures[f"distances_{name}"] = _correlation(of_one(true), of_one(shown))
        if sampled:
            parts = [
                _correlation(of_one(a), of_one(b))
                for a, b in zip(np.split(true, _PARTS), np.split(shown, _PARTS), strict=True)
            ]
            error = float(np.std(parts, ddof=1) / np.sqrt(_PARTS))
            measures[f"distances_{name}_error"] = error
    return measures


def _correlation(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> float:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
