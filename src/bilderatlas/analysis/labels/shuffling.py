"""What the probe makes of labels that mean nothing: the same labels, shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.probe import unseen_scores
from bilderatlas.types import Int32Array

__all__ = ["LEVEL", "SHUFFLES", "Shuffled", "chance_of", "compare_with_shuffled"]

LEVEL = 0.05
"""P-value up to which something is taken for more than chance."""

SHUFFLES = 19
"""The fewest that reach this level."""

_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Shuffled:
    """The probe's accuracy on a sample, with the labels as given and shuffled.

    ``accuracies`` has one value for each time the labels were shuffled; ``chance`` is the p-value
    of the labels as given.
    """

    items: int
    accuracy: float
    accuracies: tuple[float, ...]
    chance: float

    @property
    def is_surpassed(self) -> bool:
        """Whether the labels as given are told better than shuffled ones, at the level of 0.05."""
        return self.chance <= LEVEL


def compare_with_shuffled(
    vectors: npt.NDArray[Any], codes: Int32Array, groups: Int32Array, *, random_state: int = 0
) -> Shuffled:
    """Ask whether a probe tells the classes better than classes that were dealt out at random.

    A permutation test (Ojala & Garriga 2010, "Permutation tests for studying classifier
    performance", test 1) on at most 500 items, no two of one group.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    codes, groups
        Shape (n,), int32: each item's class, and its group of duplicates.
    random_state
        Seed of the sample, the shuffles and the folds.
    """
    from threadpoolctl import threadpool_limits

    random = np.random.default_rng(random_state)
    _, single = np.unique(groups, return_index=True)
    rows = np.sort(random.permutation(single)[:_SAMPLE])
    own = np.asarray(np.unique(codes[rows], return_inverse=True)[1], np.int32)
    inside = _in_their_span(np.asarray(vectors[rows], np.float32))
    alone = np.arange(len(rows), dtype=np.int32)

    def accuracy(labels: Int32Array) -> float:
        scores, _ = unseen_scores(inside, labels, alone, random_state=random_state)
        return float((scores.argmax(axis=1) == labels).mean())

    with threadpool_limits(1):  # two cores take three times as long for so little
        as_given = accuracy(own)
        shuffled = tuple(accuracy(random.permutation(own)) for _ in range(SHUFFLES))
    return Shuffled(len(rows), as_given, shuffled, chance_of(as_given, shuffled))


def chance_of(value: float, shuffled: Sequence[float]) -> float:
    """Return the p-value of ``value`` among those of shuffled labels (Phipson & Smyth 2010)."""
    return (1 + sum(other >= value for other in shuffled)) / (1 + len(shuffled))


def _in_their_span(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the vectors in as many coordinates as there are of them, with the same products.

    A probe depends on products alone, and is several times faster with fewer coordinates.
    """
    if len(vectors) >= vectors.shape[1]:
        return vectors
    values, axes = np.linalg.eigh(vectors.astype(np.float64) @ vectors.T.astype(np.float64))
    return np.asarray(axes * np.sqrt(np.maximum(values, 0)), np.float32)
