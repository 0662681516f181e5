"""How sharp a picture is, whatever it shows."""

from __future__ import annotations

import numpy as np
from PIL import Image

from bilderatlas.types import Aspect, Float32Array

__all__ = ["measure_sharpness"]

_SIDE = 320
"""Pixels of the long side at which pictures of all sizes are compared; none is enlarged."""

_LINES = 24
"""Rows, and columns, that are looked at: four times as many say the same."""

_FAR = 4

_ROUNDING = 0.25
"""Squared grey levels that are no edge, so that a plain picture counts as sharp."""


def measure_sharpness(image: Image.Image, aspect: Aspect) -> float:
    """Return how steep the edges of an RGB image are: about 0.25 if it is all soft, 1 if all noise.

    It is the root mean square difference of pixels 1 apart over that of pixels 4 apart, along the
    rows or the columns, whichever is softer. A soft edge spreads over more than 4 pixels, a sharp
    one lies between 2, which makes the quotient a half, however strong the edges are and however
    many there are: unlike the usual variance of the Laplacian, it does not take a plain picture
    for a blurred one. That blur is told by comparing the small variations of a picture with wider
    ones, and by the worse of the two directions, is from Crete et al. 2007, "The blur effect:
    perception and estimation with a new no-reference perceptual blur metric".

    Parameters
    ----------
    image
        The picture, of any size.
    aspect
        Its true shape: a very long picture may have been squeezed.
    """
    width, height = np.minimum(aspect.fit(_SIDE), image.size).tolist()
    rows = image.resize((image.width, min(_LINES, image.height)), Image.Resampling.NEAREST)
    columns = image.resize((min(_LINES, image.width), image.height), Image.Resampling.NEAREST)
    along_rows = _luma(rows, (width, rows.height))
    along_columns = _luma(columns, (columns.width, height)).T
    return min(_steepness(along_rows), _steepness(along_columns))


def _luma(lines: Image.Image, size: tuple[int, int]) -> Float32Array:
    return np.asarray(lines.convert("L").resize(size, Image.Resampling.BOX), np.float32)


def _steepness(lines: Float32Array) -> float:
    """Return the quotient for lines of pixels, shape (lines, pixels); 1 if they are too short."""
    if lines.shape[1] <= _FAR:
        return 1.0
    near = lines[:, 1:] - lines[:, :-1]
    far = lines[:, _FAR:] - lines[:, :-_FAR]
    fine = float(np.vdot(near, near)) / near.size
    coarse = float(np.vdot(far, far)) / far.size
    return float(((fine + _ROUNDING) / (coarse + _ROUNDING)) ** 0.5)
