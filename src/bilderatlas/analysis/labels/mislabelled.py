"""Items that are likely to bear a wrong label."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.calibration import COLDEST, HOTTEST, logarithms
from bilderatlas.types import BoolArray, Float32Array, Int32Array

__all__ = ["find_mislabelled"]

Float64Array = npt.NDArray[np.float64]

_MOST_SLIPS = 0.5
_LEAST = 1e-300  # probability, which has a logarithm
_TRIED = np.log(np.geomspace(COLDEST, HOTTEST, 24))
"""Logarithms of temperatures tried before the best is sought between two of them."""

_BETTER_BY = 2.71
"""Twice the logarithm of how many times likelier slips must make the labels.

The 0.95 quantile for a share that can be nothing and not less (Self & Liang 1987, case 5): where
classes overlap and no label is wrong, somebody is suspect in about 5% of collections.
"""


def find_mislabelled(scores: Float32Array, codes: Int32Array) -> BoolArray:
    """Find items whose label is rather a slip than due to classes that resemble each other.

    Where classes overlap, a label that looks wrong is the rarer the surer a probe is; slips are as
    frequent where it is surest. So labels are taken for drawn with a probe's probabilities, at some
    temperature, except for a share of slips that may be any class: logistic regression with label
    noise (Bootkrajang & Kabán 2012, "Label-noise robust logistic regression and its applications"),
    of one rate for all. Share and temperature are those that make the labels most likely. If some
    share makes them clearly likelier than none, an item is suspect whose label is a slip with a
    probability above a half.

    Parameters
    ----------
    scores
        Shape (n, c): unnormalised log-probabilities from probes that have not seen the item.
    codes
        Shape (n,), int32: the classes as given.

    Returns
    -------
    ndarray
        Shape (n,), bool; true only for items whose best score is another class's.
    """
    of_slip = 1 / scores.shape[1]

    def of_given(log_temperature: float) -> Float64Array:
        logs = logarithms(scores, float(np.exp(log_temperature)))
        return np.exp(logs[np.arange(len(codes)), codes])

    def without_slips(log_temperature: float) -> float:
        return _likelihood(of_given(log_temperature), 0, of_slip)

    def with_slips(log_temperature: float) -> float:
        own = of_given(log_temperature)
        return _likelihood(own, _share_of_slips(own, of_slip), of_slip)

    best = _highest(with_slips)
    if 2 * (with_slips(best) - without_slips(_highest(without_slips))) < _BETTER_BY:
        return np.zeros(len(codes), bool)
    own = of_given(best)
    share = _share_of_slips(own, of_slip)
    return np.asarray((share * of_slip > (1 - share) * own) & (scores.argmax(axis=1) != codes))


def _likelihood(own: Float64Array, share: float, of_slip: float) -> float:
    """Return the logarithm of how likely the labels are, with a share of slips among them."""
    return float(np.log(np.maximum((1 - share) * own + share * of_slip, _LEAST)).sum())


def _share_of_slips(own: Float64Array, of_slip: float) -> float:
    """Return the share that makes the labels most likely."""
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda share: -_likelihood(own, share, of_slip), bounds=(0, _MOST_SLIPS), method="bounded"
    )
    return float(found.x)


def _highest(value: Callable[[float], float]) -> float:
    """Return the logarithm of the temperature at which ``value`` is highest."""
    from scipy.optimize import minimize_scalar

    best = int(np.argmax([value(each) for each in _TRIED]))
    found = minimize_scalar(
        lambda each: -value(each),
        bounds=(_TRIED[max(0, best - 1)], _TRIED[min(best + 1, len(_TRIED) - 1)]),
        method="bounded",
    )
    return float(found.x)
