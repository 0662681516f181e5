"""Plates: pictures squeezed to grey squares, so that any two can be laid on each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.resampling import blur, resampled, squeezing
from bilderatlas.types import Float32Array

__all__ = [
    "LEFT",
    "MIRRORED",
    "RIGHT",
    "TURNS",
    "UPSIDE_DOWN",
    "band_pass",
    "make_plates",
    "turned",
]

TURNS = 8
"""Ways to lay a square on a square, mirrored or not. Their numbers are explained at `turned`."""

MIRRORED, UPSIDE_DOWN, RIGHT, LEFT = 1, 3, 5, 6

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)

Number = TypeVar("Number", bound=np.generic)


def make_plates(
    thumbnails: Sequence[npt.NDArray[np.uint8]], side: int, *, blurred: float = 0.0
) -> Float32Array:
    """Squeeze thumbnails to grey squares; a stretched copy of a picture has the same plate.

    Parameters
    ----------
    thumbnails
        RGB, each of shape (height, width, 3).
    side
        Pixels.
    blurred
        Standard deviation of a Gaussian blur, in pixels of the plate.

    Returns
    -------
    ndarray
        Shape (m, side, side), grey levels of 0…255.
    """
    plates = np.empty((len(thumbnails), side, side), np.float32)
    for plate, thumbnail in zip(plates, thumbnails, strict=True):
        height, width = thumbnail.shape[:2]
        grey = thumbnail.astype(np.float32) @ _LUMA
        down, across = squeezing(side, height, blurred), squeezing(side, width, blurred)
        plate[:] = resampled(grey, down, across)
    return plates


def turned(plates: npt.NDArray[Number], turn: int) -> npt.NDArray[Number]:
    """Return a view of plates, shape (..., side, side), turned or mirrored.

    The bits of ``turn``, in this order: 4 swaps rows and columns, 2 reverses the rows, 1 reverses
    the columns. So 5 is a quarter turn to the right.
    """
    if turn & 4:
        plates = plates.swapaxes(-1, -2)
    if turn & 2:
        plates = plates[..., ::-1, :]
    if turn & 1:
        plates = plates[..., ::-1]
    return plates


def band_pass(plates: Float32Array, fine: float, coarse: float) -> Float32Array:
    """Return plates without detail below ``fine`` pixels and shading beyond ``coarse`` pixels."""
    side = plates.shape[-1]
    narrow, wide = blur(side, fine), blur(side, coarse)
    passed: Float32Array = resampled(plates, narrow, narrow) - resampled(plates, wide, wide)
    return passed
