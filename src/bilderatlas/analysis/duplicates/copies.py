"""Which copy of a picture is the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.colours import is_grey

__all__ = ["Copies", "Look", "best_first", "look_at"]

_EQUAL = 0.03
"""Copies whose numbers of pixels differ by less are equally large."""

_PLAIN = 24
"""Grey levels by which a plain border may vary: JPEG throws ripples off what it frames."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What is known of the n items as files.

    Attributes
    ----------
    width, height
        Shape (n,), pixels of the upright picture.
    bytes
        Shape (n,), size of the file.
    time
        Shape (n,), float64: when the picture was taken, or else the file written, in seconds since
        any one moment; NaN if nobody knows.
    """

    width: npt.NDArray[np.integer[Any]]
    height: npt.NDArray[np.integer[Any]]
    bytes: npt.NDArray[np.integer[Any]]
    time: npt.NDArray[np.float64]

    def __getitem__(self, items: npt.NDArray[np.integer[Any]]) -> Copies:
        """Return what is known of some of the items."""
        return Copies(self.width[items], self.height[items], self.bytes[items], self.time[items])


@dataclass(frozen=True, slots=True)
class Look:
    """What a thumbnail tells of a copy: ``grey``, and the share of it within a plain border."""

    grey: bool
    inside: float


def look_at(thumbnail: npt.NDArray[np.uint8]) -> Look:
    """Look at one thumbnail, RGB, shape (height, width, 3)."""
    height, width = thumbnail.shape[:2]
    apart = np.abs(thumbnail.astype(np.int16) - thumbnail[0, 0].astype(np.int16)).max(2) > _PLAIN
    rows, columns = np.flatnonzero(apart.any(1)), np.flatnonzero(apart.any(0))
    if not len(rows) or len(rows) == height or len(columns) == width:
        return Look(is_grey(thumbnail), 1.0)  # plain all over, or reaching to the rim
    # What the border shares with its neighbours in the thumbnail counts as border.
    within = max(1, len(rows) - 2) * max(1, len(columns) - 2)
    return Look(is_grey(thumbnail), within / (height * width))


def best_first(copies: Copies, looks: Sequence[Look]) -> npt.NDArray[np.intp]:
    """Return the order of the copies of one picture, the best first.

    The largest is best, a plain border not counted; then one in colour and without a border, the
    oldest, and the least compressed (most bytes per pixel); of equals, the one named first.
    """
    pixels = (copies.width * copies.height).astype(np.float64)
    shown = pixels * np.array([look.inside for look in looks])
    smaller = np.floor(np.log(shown.max() / shown) / np.log1p(_EQUAL))
    worse = np.array([look.grey or look.inside < 1 for look in looks])
    time = np.nan_to_num(copies.time, nan=np.inf)
    return np.lexsort((-copies.bytes / pixels, time, worse, smaller))
