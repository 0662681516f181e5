"""Noise like a collection: vectors with its spread and without its groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["noise_like"]

_ROUNDS = 5
"""Corrections after which noise of length 1 has the wanted mean and spread within some percent."""


_NOTHING = 1e-9
"""Share of the largest axis below which one is but rounding."""


def noise_like(
    vectors: npt.NDArray[Any], times: int, random: np.random.Generator
) -> Iterator[Float32Array]:
    """Yield collections of L2-normalised Gaussian noise with the mean and covariance of another.

    A single Gaussian cloud is what SigClust takes for "no clusters" (Liu, Hayes, Nobel & Marron
    2008, section 2); a collection that has clusters must differ from it. The noise is drawn along
    the principal axes, which changes no similarity. Its mean and its variances before it is brought
    to length 1 are chosen so that they come out right after it.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    times
        How many collections.
    random
        The source of the noise.

    Yields
    ------
    ndarray
        Shape (n, r), float32, r at most min(n, d + 1).
    """
    mean, variance = _moments(vectors.astype(np.float64))
    middle, spread = mean.copy(), variance.copy()

    def drawn() -> Float32Array:
        cloud = random.standard_normal((len(vectors), len(spread)), np.float32)
        cloud *= np.sqrt(spread).astype(np.float32)
        cloud += middle.astype(np.float32)
        length = np.linalg.norm(cloud, axis=1, keepdims=True)
        return np.asarray(cloud / np.where(length > 0, length, 1), np.float32)

    for _ in range(_ROUNDS):
        cloud = drawn()
        there = cloud.var(axis=0)
        spread *= np.divide(variance, there, out=np.zeros_like(spread), where=there > 0)
        middle += mean - cloud.mean(axis=0)
    for _ in range(times):
        yield drawn()


def _moments(
    vectors: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return mean and variance along the principal axes, and across them all."""
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    # Of n items the (n, n) products tell the axes, and cost less than those of (d, d).
    squares, turns = np.linalg.eigh(centred @ centred.T)
    real = squares > _NOTHING * max(1.0, squares[-1])
    lengths = np.sqrt(squares[real])
    along = (centred @ mean) @ turns[:, real] / lengths
    beside = np.sqrt(max(0.0, float(mean @ mean - along @ along)))
    return np.append(along, beside), np.append(lengths**2 / len(vectors), 0.0)
