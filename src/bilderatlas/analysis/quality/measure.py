"""All measures of one map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from bilderatlas.analysis.quality.beside import placed
from bilderatlas.analysis.quality.distances import correlation_of_distances
from bilderatlas.analysis.quality.kept import false, far_among, kept
from bilderatlas.analysis.quality.ranks import trustworthiness_and_continuity
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["Measures", "measure"]


@dataclass(frozen=True, slots=True)
class Measures:
    """How far a map can be believed, as a whole and at each item.

    Attributes
    ----------
    quality
        ``kept``, ``false``, ``trustworthiness``, ``continuity``, ``distances_spearman`` and
        ``distances_pearson``; ``NAME_error``, a standard error, where ``NAME`` was estimated from a
        sample; ``kept_by_lot``, what a map drawn by lot keeps; ``kept_of`` and ``false_of``, how
        many neighbours the first two look at. What cannot be said of so few items is missing.
    of_items
        ``kept``, ``false``, and up to 5,000 items ``trustworthiness`` and ``continuity``: shape
        (n,), float32, NaN for an item that has no place.
    """

    quality: dict[str, float]
    of_items: dict[str, Float32Array]


def measure(
    neighbours: Neighbours,
    vectors: npt.NDArray[Any],
    positions: Float32Array,
    *,
    k: int = 10,
    random_state: int = 0,
) -> Measures:
    """Measure how far a map can be believed.

    Parameters
    ----------
    neighbours
        The true neighbours of n items, at least 5k of them where false neighbours are to be told
        from such as are only a little further.
    vectors
        Shape (n, d), of any float type, L2-normalised.
    positions
        Shape (n, 2); NaN for an item that has no place, which is left out of everything.
    k
        Neighbours looked at.
    random_state
        Seed of the samples that are taken of larger collections.
    """
    share_kept, each_kept = kept(neighbours, positions, k)
    share_false, each_false = false(neighbours, positions, k)
    ranks = trustworthiness_and_continuity(
        neighbours, vectors, positions, k, random_state=random_state
    )
    many = int(placed(positions).sum())
    beside_one = max(0, min(k, neighbours.ids.shape[1], many - 1))
    shares = {}
    if beside_one:
        by_lot = beside_one / (many - 1)
        shares = {"kept": share_kept, "kept_by_lot": by_lot, "false": share_false}
    return Measures(
        quality={
            **shares,
            "kept_of": float(beside_one),
            "false_of": float(far_among(neighbours, k)),
            **ranks.quality,
            **correlation_of_distances(vectors, positions, random_state=random_state),
        },
        of_items={"kept": each_kept, "false": each_false, **ranks.of_items},
    )
