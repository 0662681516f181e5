"""The way of pairs of pictures from where they seem to lie on each other to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.candidates import Pairs
from bilderatlas.analysis.duplicates.colours import chroma_planes, same_colours
from bilderatlas.analysis.duplicates.plates import make_plates
from bilderatlas.analysis.duplicates.registration import Placement, laid, refine
from bilderatlas.analysis.duplicates.verification import (
    VERIFYING_BLUR,
    VERIFYING_SIDE,
    same_picture,
)
from bilderatlas.types import BoolArray

__all__ = ["Thumbnails", "compare"]

Thumbnails = Callable[[npt.NDArray[np.int64]], Sequence[npt.NDArray[np.uint8]]]
"""From item ids to their thumbnails: RGB, shape (height, width, 3), long side 128 pixels."""

_FITTING_SIDES = (32, 48)
_BATCH = 16  # pairs: what a processor's cache holds


def compare(pairs: Pairs, placement: Placement, thumbnails: Thumbnails) -> BoolArray:
    """Tell which pairs show the same picture.

    Parameters
    ----------
    pairs
        Item ids, shape (p, 2).
    placement
        Of these pairs.
    """
    ids, places = np.unique(pairs, return_inverse=True)
    pictures = thumbnails(ids)
    same = np.zeros(len(pairs), bool)
    for start in range(0, len(pairs), _BATCH):
        rows = slice(start, start + _BATCH)
        some, here = np.unique(places.reshape(-1, 2)[rows], return_inverse=True)
        chosen = [pictures[place] for place in some]
        same[rows] = _verdicts(chosen, here.reshape(-1, 2), placement[rows])
    return same


def _verdicts(
    pictures: Sequence[npt.NDArray[np.uint8]], pairs: Pairs, placement: Placement
) -> BoolArray:
    window = placement.window
    for side in _FITTING_SIDES:
        window = refine(*laid(make_plates(pictures, side), pairs, placement), window)
    plates = make_plates(pictures, VERIFYING_SIDE, blurred=VERIFYING_BLUR)
    same = same_picture(*laid(plates, pairs, placement), window)
    if same.any():
        same &= same_colours(*laid(chroma_planes(pictures), pairs, placement), window)
    return same
