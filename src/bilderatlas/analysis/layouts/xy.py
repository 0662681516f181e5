"""Pictures over two columns of numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.boxes import below, fitted_text, outline
from bilderatlas.analysis.layouts.ticks import ticks
from bilderatlas.errors import LayoutError
from bilderatlas.types import Backdrop, BoolArray, Float32Array

__all__ = ["XY"]

_TEXT = 0.025
"""Height of the numbers as a share of the height."""

_COVERED = 0.35
"""Pictures without a place are as large as if those with one covered this share of the frame."""


class XY:
    """Each picture where two numbers of its own say, in a frame with the numbers beside it.

    Pictures that lack a number have a box of their own below.

    Parameters
    ----------
    equal
        Whether a step means the same along both axes, as for coordinates; else both fill the frame.
    picture_aspect
        Width / height of a picture's cell in the box.
    window
        Width / height of the frame, unless ``equal``.
    names
        What is written along the axes.
    missing
        Title of the box.

    Attributes
    ----------
    backdrop_
        The frame, the numbers, and the box.
    parameters
        What it was made with, for JSON.
    """

    backdrop_: Backdrop

    def __init__(
        self,
        *,
        equal: bool = False,
        picture_aspect: float = 1.0,
        window: float = 1.6,
        names: tuple[str, str] = ("x", "y"),
        missing: str = "no value",
    ) -> None:
        self.equal = equal
        self.picture_aspect = picture_aspect
        self.window = window
        self.names = names
        self.missing = missing

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "x": self.names[0],
            "y": self.names[1],
            "equal": self.equal,
            "picture_aspect": self.picture_aspect,
            "window": self.window,
        }

    def fit_transform(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Float32Array:
        """Put the pictures in their places.

        Parameters
        ----------
        x, y
            Shape (n,); NaN where unknown.

        Returns
        -------
        Shape (n, 2), float32: the frame's pictures in 0…width and 0…1.

        Raises
        ------
        LayoutError
            If no picture has both numbers.
        """
        values, known = _pairs(x, y)
        if not known.any():
            raise LayoutError(
                f"No picture has numbers in both {self.names[0]!r} and {self.names[1]!r}: choose "
                "columns of numbers."
            )
        low, high = values[known].min(axis=0), values[known].max(axis=0)
        span = np.where(high > low, high - low, 1.0)
        if self.equal:
            self._scale = np.full(2, 1 / (span[1] if high[1] > low[1] else span[0]))
        else:
            self._scale = np.array([self.window, 1.0]) / span
        # Where all numbers of an axis are one, they stand in its middle.
        extent = (high - low) * self._scale
        frame = np.where(extent > 0, extent, (self.window, 1.0))
        self._origin = low - (frame - extent) / 2 / self._scale
        positions = self._placed(values)
        width, height = frame.tolist()
        size = _TEXT * max(height, width / self.window)
        lines, texts = self._drawn(low, high, width, height, size)
        if not known.all():
            side = width / math.sqrt(len(values) * self.window * self.picture_aspect / _COVERED)
            picture = (side * self.picture_aspect, side)
            count = int((~known).sum())
            cells, box = below(self.missing, count, picture, width, -5 * size, 2 * size)
            positions[~known] = cells
            lines.append(box.line)
            texts.append(box.text)
        self.backdrop_ = Backdrop(tuple(lines), tuple(texts))
        return positions

    def transform(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Float32Array:
        """Return the places of other pictures in this frame, or outside of it.

        Raises
        ------
        LayoutError
            If one of them lacks a number: the box has no free place.
        """
        values, known = _pairs(x, y)
        if not known.all():
            raise LayoutError(
                f"A new picture lacks a number in {self.names[0]!r} or {self.names[1]!r}: lay out "
                "all pictures again."
            )
        return self._placed(values)

    def _placed(self, values: npt.NDArray[np.float64]) -> Float32Array:
        placed: Float32Array = ((values - self._origin) * self._scale).astype(np.float32)
        return placed

    def _drawn(
        self,
        low: npt.NDArray[np.float64],
        high: npt.NDArray[np.float64],
        width: float,
        height: float,
        size: float,
    ) -> tuple[list[Float32Array], list[tuple[str, float, float, float]]]:
        rim = size
        lines = [outline(-rim, -rim, width + rim, height + rim)]
        texts: list[tuple[str, float, float, float]] = []
        for value, said in ticks(float(low[0]), float(high[0])):
            at = (value - self._origin[0]) * self._scale[0]
            lines.append(np.array([(at, -rim), (at, -rim - size / 3)], np.float32))
            texts.append((said, float(at), -rim - size, size))
        for value, said in ticks(float(low[1]), float(high[1])):
            at = (value - self._origin[1]) * self._scale[1]
            lines.append(np.array([(-rim, at), (-rim - size / 3, at)], np.float32))
            texts.append((said, -rim - size * (0.6 + 0.3 * len(said)), float(at), size))
        along = max(width, 20 * size)
        texts.append(fitted_text(self.names[0], width / 2, -rim - 2.4 * size, 1.2 * size, along))
        texts.append(fitted_text(f"↑ {self.names[1]}", 0, height + 2 * rim, 1.2 * size, along))
        return lines, texts


def _pairs(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], BoolArray]:
    values = np.stack([np.asarray(x, np.float64), np.asarray(y, np.float64)], axis=1)
    return values, np.asarray(np.isfinite(values).all(axis=1))
