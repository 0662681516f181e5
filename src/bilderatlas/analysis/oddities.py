"""Oddities: items that somebody who looks after a collection wants to see at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.outliers import local_outlier_factor
from bilderatlas.types import DuplicateGroup, Float32Array, Neighbours, Oddities

__all__ = ["find_oddities"]

# The limits were set by looking at 3,470 pictures: property photographs, facades, works of art,
# stock photographs, test images of decoders.

_APART = 1.5
"""Local outlier factor of an outlier.

Of strangers put among photographs of houses or of facades all have more, of the houses themselves
1%. In a collection in which nothing belongs together nobody does.
"""

_BLANK = 0.02
"""Contrast of a picture with nothing to see; a pale pencil drawing has 0.03."""

_DARK = 0.08
"""Brightness of a picture that is nearly black, as Saturn in the night sky is."""

_SOFT = 0.32
"""Sharpness of a blurred picture.

A blur of 0.5% to 2% of the long side brings all of 150 photographs of houses below it. As they are,
none of 2,140 is, and of all 3,250 photographs and works 5, soft ones.
"""

_TINY = 200
"""Pixels of the long side."""

_LONG = 3.0
"""Long side over short side."""


def find_oddities(
    neighbours: Neighbours,
    *,
    brightness: Float32Array,
    contrast: Float32Array,
    sharpness: Float32Array,
    width: npt.NDArray[Any],
    height: npt.NDArray[Any],
    duplicates: Sequence[DuplicateGroup] = (),
) -> Oddities:
    """Find what is unusual about items.

    Parameters
    ----------
    neighbours
        The graph of n items.
    brightness, contrast, sharpness
        Shape (n,): see `bilderatlas.types.Picture`.
    width, height
        Shape (n,), pixels.
    duplicates
        The groups of items that show the same picture, which are no company for each other.

    Returns
    -------
    Oddities
        With the flags ``outlier``, ``near-blank``, ``very dark``, ``blurred``, ``tiny`` and ``odd
        shape``. Tiny and near-blank pictures are not called blurred: there is too little to tell.
    """
    outlier = local_outlier_factor(neighbours, duplicates)
    long = np.maximum(width, height)
    short = np.minimum(width, height)
    blank = contrast < _BLANK
    tiny = long < _TINY
    return Oddities(
        outlier,
        {
            "outlier": outlier > _APART,
            "near-blank": blank,
            "very dark": brightness < _DARK,
            "blurred": (sharpness < _SOFT) & ~blank & ~tiny,
            "tiny": tiny,
            "odd shape": long > _LONG * short,
        },
    )
