"""The probe on labels that mean nothing."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.analysis.labels.classes import made

from bilderatlas.analysis.labels.shuffling import chance_of, compare_with_shuffled


def test_real_classes_surpass_shuffled_ones_and_shuffled_ones_do_not() -> None:
    vectors, labels = made([20, 20])
    codes = np.unique(np.array(labels), return_inverse=True)[1].astype(np.int32)
    groups = np.arange(40, dtype=np.int32)
    real = compare_with_shuffled(vectors, codes, groups)
    assert real.is_surpassed
    assert real.accuracy > max(real.accuracies)
    random = np.random.default_rng(1)
    nothing = [compare_with_shuffled(vectors, random.permutation(codes), groups) for _ in range(2)]
    assert not all(each.is_surpassed for each in nothing)
    assert np.mean([each.accuracy for each in nothing]) < 0.7


def test_copies_do_not_make_chance_look_like_more() -> None:
    vectors, labels = made([6, 6])
    codes = np.unique(np.array(labels), return_inverse=True)[1].astype(np.int32)
    copied = compare_with_shuffled(
        np.repeat(vectors, 10, axis=0),
        np.repeat(codes, 10),
        np.repeat(np.arange(12, dtype=np.int32), 10),
    )
    assert copied.items == 12


def test_the_best_of_twenty_has_a_chance_of_one_in_twenty() -> None:
    assert chance_of(1.0, [0.5] * 19) == pytest.approx(0.05)
    assert chance_of(0.5, [0.5] * 19) == 1
