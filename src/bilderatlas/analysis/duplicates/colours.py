"""Whether two pictures have colours in the same places, if both have colours at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.registration import cut_out
from bilderatlas.analysis.duplicates.resampling import resampled, squeezing
from bilderatlas.types import BoolArray, Float32Array

__all__ = ["chroma_planes", "is_grey", "same_colours"]

_SIDE = 16

_BLUE_AND_RED = np.array([[-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]], np.float32)
"""Cb and Cr of JPEG."""

_COLOURFUL = 4.0
_ALIKE = 0.5
_GREY = 3.0


def chroma_planes(thumbnails: Sequence[npt.NDArray[np.uint8]]) -> Float32Array:
    """Return how blue and how red each part of each picture is, shape (m, 2, side, side)."""
    planes = np.empty((len(thumbnails), 2, _SIDE, _SIDE), np.float32)
    for plane, thumbnail in zip(planes, thumbnails, strict=True):
        height, width = thumbnail.shape[:2]
        colours = np.moveaxis(thumbnail.astype(np.float32), 2, 0)
        small = resampled(colours, squeezing(_SIDE, height), squeezing(_SIDE, width))
        plane[:] = np.tensordot(_BLUE_AND_RED, small, 1)
    return planes


def same_colours(outer: Float32Array, inner: Float32Array, window: Float32Array) -> BoolArray:
    """Tell, for each pair, whether nothing has another colour in the one than in the other.

    A cast over the whole picture does not count, and grey and toned pictures have no colours to
    compare.

    Parameters
    ----------
    outer, inner
        From `chroma_planes`; the inner ones are turned already.
    window
        Shape (p, 4).
    """
    seen = np.stack([cut_out(outer[:, plane], window) for plane in range(2)], 1)
    a, b = (_without_cast(planes) for planes in (seen, inner))
    strength = np.sqrt((a * a).mean((1, 2))), np.sqrt((b * b).mean((1, 2)))
    alike = (a * b).mean((1, 2)) >= _ALIKE * strength[0] * strength[1]
    told: BoolArray = alike | (np.minimum(*strength) < _COLOURFUL)
    return told


def is_grey(thumbnail: npt.NDArray[np.uint8]) -> bool:
    """Tell whether a picture has no colours, toned ones excepted."""
    spread = np.ptp(thumbnail.astype(np.int16), axis=2)
    return bool(np.percentile(spread, 99) <= _GREY)


def _without_cast(planes: Float32Array) -> Float32Array:
    flat = planes.reshape(len(planes), 2, -1)
    without: Float32Array = flat - flat.mean(-1, keepdims=True)
    return without
