"""The linear probe: how well planes between vectors tell classes apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.folds import deal
from bilderatlas.types import Float32Array, Int32Array

__all__ = ["FOLDS", "LEARNT_FROM", "Probe", "unseen_scores"]

FOLDS = 5

LEARNT_FROM = 20_000
"""Items that a probe learns from at most; of more, as many are drawn."""

_DRAWN_OF_EACH = 20  # of a class at least, if it has as many

_STRENGTH = 3.0
_STRENGTH_OF_FEW = 1_000.0
"""C is 3, or 1,000 / n if that is more.

Measured on 2,140 property photographs: with C of 1, 3 and 10 the probe tells 0.987, 0.988 and 0.987
right, and 0.981, 0.980 and 0.964 where a fifth of the labels it learns from is wrong. From 30
labels, it tells 0.88 right with C of 3, and 0.92 with C of 30.
"""

_MOST_STEPS = 1_000
_ROWS = 65_536  # scored at a time, which bounds the memory


@dataclass(frozen=True, slots=True)
class Probe:
    """Multinomial logistic regression on L2-normalised vectors, with an L2 penalty.

    ``weights`` (c, d) and ``offsets`` (c,), float32.
    """

    weights: Float32Array
    offsets: Float32Array

    @classmethod
    def fit(
        cls,
        vectors: npt.NDArray[Any],
        codes: Int32Array,
        rows: npt.NDArray[np.int64],
        *,
        random_state: int = 0,
    ) -> Probe:
        """Learn from ``rows``, or from 20,000 of them.

        Parameters
        ----------
        vectors
            Shape (n, d), of any float type, L2-normalised.
        codes
            Shape (n,), int32: classes in 0…c - 1. One that no row has gets a score that never wins.
        rows
            Numbers of the items that may be seen.
        random_state
            Seed of the draw.
        """
        from sklearn.linear_model import LogisticRegression

        classes = int(codes.max()) + 1
        weights = np.zeros((classes, vectors.shape[1]), np.float32)
        offsets = np.full(classes, -1e4, np.float32)
        drawn = _draw(rows, codes[rows], random_state)
        known = np.unique(codes[drawn])
        if len(known) == 1:
            offsets[known] = 0
            return cls(weights, offsets)
        strength = max(_STRENGTH, _STRENGTH_OF_FEW / len(drawn))
        learnt = LogisticRegression(C=strength, max_iter=_MOST_STEPS).fit(
            np.asarray(vectors[drawn], np.float32), codes[drawn]
        )
        planes, heights = learnt.coef_, learnt.intercept_
        if len(known) == 2:  # scikit-learn keeps one plane for two classes
            planes = np.concatenate([-planes, planes]) / 2
            heights = np.concatenate([-heights, heights]) / 2
        weights[known], offsets[known] = planes, heights
        return cls(weights, offsets)

    def scores(self, vectors: npt.NDArray[Any], rows: npt.NDArray[np.int64]) -> Float32Array:
        """Return unnormalised log-probabilities of the classes, shape (len(rows), c), float32."""
        scores = np.empty((len(rows), len(self.offsets)), np.float32)
        for start in range(0, len(rows), _ROWS):
            part = slice(start, start + _ROWS)
            scores[part] = vectors[rows[part]] @ self.weights.T + self.offsets
        return scores


def unseen_scores(
    vectors: npt.NDArray[Any], codes: Int32Array, groups: Int32Array, *, random_state: int = 0
) -> tuple[Float32Array, Int32Array]:
    """Score each item by a probe that has seen neither it nor an item of its group.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    codes, groups
        Shape (n,), int32: each item's class in 0…c - 1, and its group of duplicates.
    random_state
        Seed of the five folds.

    Returns
    -------
    scores
        Shape (n, c), float32: unnormalised log-probabilities.
    fold
        Shape (n,), int32: in which of the five folds the item was.
    """
    fold = deal(codes, groups, FOLDS, random_state=random_state)
    scores = np.empty((len(codes), int(codes.max()) + 1), np.float32)
    for each in range(FOLDS):
        seen, unseen = np.flatnonzero(fold != each), np.flatnonzero(fold == each)
        probe = Probe.fit(vectors, codes, seen, random_state=random_state + each)
        scores[unseen, : len(probe.offsets)] = probe.scores(vectors, unseen)
    return scores, fold


def _draw(
    rows: npt.NDArray[np.int64], codes: Int32Array, random_state: int
) -> npt.NDArray[np.int64]:
    """Return up to about 20,000 rows: the same share of each class, but some of every one."""
    if len(rows) <= LEARNT_FROM:
        return rows
    random = np.random.default_rng(random_state)
    share = LEARNT_FROM / len(rows)
    drawn = []
    for code in np.unique(codes):
        own = rows[codes == code]
        wanted = max(round(share * len(own)), min(_DRAWN_OF_EACH, len(own)))
        drawn.append(random.choice(own, wanted, replace=False))
    return np.sort(np.concatenate(drawn))
