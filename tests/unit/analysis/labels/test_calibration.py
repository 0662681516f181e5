"""Probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilderatlas.analysis.labels.calibration import (
    calibration_error,
    fit_temperature,
    probabilities,
    unseen_probabilities,
)


def drawn(temperature: float, *, n: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return scores, and classes drawn with the probabilities they have at a temperature."""
    random = np.random.default_rng(seed)
    scores = random.normal(scale=3, size=(n, 3)).astype(np.float32)
    of_classes = probabilities(scores, temperature).astype(np.float64)
    codes = (of_classes.cumsum(axis=1) < random.random((n, 1))).sum(axis=1)
    return scores, np.minimum(codes, 2).astype(np.int32)


@settings(max_examples=10)
@given(temperature=st.floats(0.3, 4), seed=st.integers(0, 20))
def test_the_temperature_that_made_the_classes_is_found_again(
    temperature: float, seed: int
) -> None:
    scores, codes = drawn(temperature, seed=seed)
    assert fit_temperature(scores, codes) == pytest.approx(temperature, rel=0.2)


def test_calibrated_probabilities_come_true_and_those_of_the_scores_do_not() -> None:
    scores, codes = drawn(3.0)
    fold = np.arange(len(codes), dtype=np.int32) % 5
    calibrated = unseen_probabilities(scores, codes, fold)
    np.testing.assert_allclose(calibrated.sum(axis=1), 1, atol=1e-5)
    assert calibration_error(calibrated, codes) < 0.04
    assert calibration_error(probabilities(scores, 1.0), codes) > 0.15


def test_a_few_items_that_are_all_told_right_make_nothing_certain() -> None:
    codes = np.array([0, 1] * 4, np.int32)
    scores = np.eye(2, dtype=np.float32)[codes]
    assert probabilities(scores, fit_temperature(scores, codes)).max() < 0.97


def test_the_error_is_the_gap_between_promise_and_outcome() -> None:
    of_classes = np.tile(np.array([[0.8, 0.2]], np.float32), (10, 1))
    codes = np.array([0] * 5 + [1] * 5, np.int32)
    assert calibration_error(of_classes, codes) == pytest.approx(0.3, abs=1e-6)
