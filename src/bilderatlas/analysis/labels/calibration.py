"""Probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array, Int32Array

__all__ = [
    "COLDEST",
    "HOTTEST",
    "calibration_error",
    "fit_temperature",
    "logarithms",
    "probabilities",
    "unseen_probabilities",
]

COLDEST, HOTTEST = 0.02, 50.0
"""Between these a temperature is sought."""

_BINS = 15


def probabilities(scores: Float32Array, temperature: float) -> Float32Array:
    """Return the softmax of scores (n, c) divided by a temperature, float32."""
    return np.exp(logarithms(scores, temperature)).astype(np.float32)


def fit_temperature(scores: Float32Array, codes: Int32Array) -> float:
    """Return the temperature at which the scores of unseen items are best as probabilities.

    Temperature scaling (Guo et al. 2017, "On calibration of modern neural networks", section 4.2),
    with targets softened as Platt (1999) does, so that a few items that are all told right do not
    make the probabilities certain: each item is by 1 / (n + 2) of no class in particular.

    Parameters
    ----------
    scores
        Shape (n, c): unnormalised log-probabilities.
    codes
        Shape (n,), int32: the classes as given.
    """
    from scipy.optimize import minimize_scalar

    soft = 1 / (len(codes) + 2)
    rows = np.arange(len(codes))

    def loss(log_temperature: float) -> float:
        logs = logarithms(scores, float(np.exp(log_temperature)))
        own = logs[rows, codes].mean()
        return -float((1 - soft) * own + soft * logs.mean())

    found = minimize_scalar(loss, bounds=(np.log(COLDEST), np.log(HOTTEST)), method="bounded")
    return float(np.exp(found.x))


def unseen_probabilities(scores: Float32Array, codes: Int32Array, fold: Int32Array) -> Float32Array:
    """Return probabilities (n, c), each fold's at the temperature that suits the other folds."""
    calibrated = np.empty_like(scores)
    for each in np.unique(fold):
        rows = fold == each
        temperature = fit_temperature(scores[~rows], codes[~rows])
        calibrated[rows] = probabilities(scores[rows], temperature)
    return calibrated


def calibration_error(of_classes: Float32Array, codes: Int32Array) -> float:
    """Return by how much the probability of the best class differs from how often it is right.

    The expected calibration error over 15 bins of equal width (Guo et al. 2017, eq. 3), in 0…1.
    """
    best = of_classes.max(axis=1)
    right = of_classes.argmax(axis=1) == codes
    bins = np.minimum((best * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(bins, best, _BINS) - np.bincount(bins, right, _BINS)
    return float(np.abs(gaps).sum() / len(codes))


def logarithms(scores: Float32Array, temperature: float) -> npt.NDArray[np.float64]:
    """Return the logarithms of `probabilities`, shape (n, c), float64."""
    logs: npt.NDArray[np.float64] = scores.astype(np.float64) / temperature
    logs -= logs.max(axis=1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
    return logs
