"""Items that are likely to bear a wrong label."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.analysis.labels.classes import made

from bilderatlas.analysis.labels.mislabelled import find_mislabelled
from bilderatlas.analysis.labels.probe import unseen_scores
from bilderatlas.types import BoolArray, Int32Array


def found(
    sizes: list[int], apart: float, wrong: int, seed: int
) -> tuple[BoolArray, BoolArray, Int32Array]:
    """Return who is suspect, who has been given a wrong label, and who is at odds with it."""
    vectors, names = made(sizes, apart=apart, seed=seed)
    true = np.unique(np.array(names), return_inverse=True)[1].astype(np.int32)
    random = np.random.default_rng(seed)
    given = true.copy()
    some = random.choice(len(true), wrong, replace=False)
    given[some] = (true[some] + random.integers(1, len(sizes), wrong)) % len(sizes)
    scores, _ = unseen_scores(vectors, given, np.arange(len(true), dtype=np.int32))
    return find_mislabelled(scores, given), given != true, scores.argmax(axis=1) != given


@pytest.mark.parametrize("sizes", [[150, 150], [60, 60, 60, 60, 60], [200, 20, 20]])
def test_planted_wrong_labels_are_found_and_few_others(sizes: list[int]) -> None:
    results = [found(sizes, 0.5, 10, seed) for seed in range(4)]
    suspect, wrong, _ = (np.concatenate(part) for part in zip(*results, strict=True))
    assert (suspect & wrong).sum() >= 0.6 * wrong.sum()
    assert (suspect & wrong).sum() >= 0.9 * suspect.sum()


@pytest.mark.parametrize("apart", [0.2, 0.3])
@pytest.mark.parametrize("sizes", [[150, 150], [60, 60, 60, 60, 60], [8] * 15])
def test_classes_that_overlap_without_a_wrong_label_raise_few_alarms(
    sizes: list[int], apart: float
) -> None:
    results = [found(sizes, apart, 0, seed) for seed in range(15)]
    assert min(odd.sum() for _, _, odd in results) > 5, "nobody at odds would prove nothing"
    assert sum(bool(suspect.any()) for suspect, _, _ in results) <= 2


def test_a_fifth_of_wrong_labels_does_not_hide_them() -> None:
    suspect, wrong, _ = found([100, 100, 100], 0.8, 60, 0)
    assert (suspect & wrong).sum() >= 45
    assert (suspect & ~wrong).sum() <= 3


@pytest.mark.parametrize("sizes", [[2, 2], [3, 3], [4, 4]])
def test_of_a_handful_that_is_not_told_nobody_is_suspect(sizes: list[int]) -> None:
    assert not found(sizes, 0.2, 0, 0)[0].any()


def test_scores_that_tell_all_right_accuse_nobody() -> None:
    codes = np.repeat(np.arange(3, dtype=np.int32), 20)
    scores = np.eye(3, dtype=np.float32)[codes] * 1e4
    assert not find_mislabelled(scores, codes).any()
