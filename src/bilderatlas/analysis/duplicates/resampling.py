"""Matrices that resample, blur and cut a line of pixels; a picture takes one for each axis."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bilderatlas.types import Float32Array

__all__ = ["blur", "cut", "resampled", "squeezing"]


def resampled(plates: Float32Array, down: Float32Array, across: Float32Array) -> Float32Array:
    """Return pictures, shape (..., height, width), with one matrix applied to each axis."""
    seen: Float32Array = np.matmul(np.matmul(down, plates), across.swapaxes(-1, -2))
    return seen


@lru_cache(maxsize=1024)
def squeezing(side: int, size: int, blurred: float = 0.0) -> Float32Array:
    """Return the matrix (side, size) that resamples a line; it averages where the line shrinks.

    ``blurred`` is the standard deviation of a blur on top, in new pixels.
    """
    weights, _ = cut(0.0, 1.0, side, size)
    return blur(side, blurred) @ weights if blurred else weights


@lru_cache(maxsize=64)
def blur(side: int, sigma: float) -> Float32Array:
    """Return the matrix (side, side) of a Gaussian blur, in pixels, with nothing beyond the rim."""
    pixels = np.arange(side, dtype=np.float32)
    apart = np.abs(pixels[:, None] - pixels) / sigma
    # Cut off, since numbers too small for their format take a processor ten times as long.
    weights = np.exp(-0.5 * apart**2) * (apart < 5)
    normalised: Float32Array = (weights / weights.sum(-1, keepdims=True)).astype(np.float32)
    return normalised


def cut(
    start: float | Float32Array, extent: float | Float32Array, side: int, size: int
) -> tuple[Float32Array, Float32Array]:
    """Return what cuts windows out of a line of ``size`` pixels, ``side`` new pixels for each.

    Parameters
    ----------
    start, extent
        Of the window, in units of the line; numbers or arrays of shape (p,). Where it reaches
        beyond the line, the last pixel goes on.

    Returns
    -------
    weights
        Shape (side, size) or (p, side, size): cubic convolution (Keys 1981, a = -1/2), widened
        where the line shrinks.
    slopes
        Of the same shape: how the weights change as ``start`` grows.
    """
    start = np.asarray(start, np.float32)[..., None]
    extent = np.asarray(extent, np.float32)[..., None]
    cells = (np.arange(side, dtype=np.float32) + 0.5) / side
    centres = np.clip((start + extent * cells) * size - 0.5, 0, size - 1)
    step = np.maximum(1, extent * size / side)[..., None]
    signed = (centres[..., None] - np.arange(size, dtype=np.float32)) / step
    d = np.abs(signed)
    near, far = d < 1, (d >= 1) & (d < 2)
    weights = near * ((1.5 * d - 2.5) * d * d + 1) + far * (((-0.5 * d + 2.5) * d - 4) * d + 2)
    slopes = near * (4.5 * d - 5) * d + far * ((-1.5 * d + 5) * d - 4)
    total = weights.sum(-1, keepdims=True)
    return weights / total, slopes * np.sign(signed) * (size / step) / total
