"""A layout on paper: where each item is, in inches, and what lies under it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import GREY, Page, Paper
from bilderatlas.types import Backdrop, BoolArray, Float32Array

__all__ = ["MapOnPaper", "aspect_of", "map_size", "placed"]

_USUAL_WIDTH = 7.5  # inches
_LEGEND = 1.3  # inches that are reckoned with before it is known
_LEGEND_LINE = 0.175  # inches, likewise


def placed(positions: Float32Array, asked: BoolArray) -> BoolArray:
    """Return which of the asked items have a place, shape (n,).

    Raises
    ------
    FigureError
        If none has.
    """
    here: BoolArray = asked & np.isfinite(positions).all(axis=1)
    if not here.any():
        raise FigureError("None of these pictures has a place in this layout: choose others.")
    return here


def aspect_of(positions: Float32Array) -> float:
    """Return width / height of what the positions span, within 1/4…4."""
    spread = np.ptp(positions, axis=0)
    return float(np.clip(max(spread[0], 1e-9) / max(spread[1], 1e-9), 0.25, 4))


def map_size(paper: Paper, aspect: float, *, legend: bool, lines: int = 0) -> tuple[float, float]:
    """Return (width, height) in inches of a page for a map of this aspect, and a legend's lines."""
    if asked := paper.inches(aspect):
        return asked
    across = _USUAL_WIDTH - 0.6 - (_LEGEND if legend else 0)
    high = min(across / aspect, 1.3 * _USUAL_WIDTH)
    return _USUAL_WIDTH, max(high, lines * _LEGEND_LINE if legend else 0) + 1.3


class MapOnPaper:
    """A layout, as large as a part of the page allows.

    Parameters
    ----------
    page
        The page.
    window
        Left, bottom, width and height of the part, in inches within the page's room.
    positions
        Shape (n, 2): the layout; NaN for an item without a place.
    shown
        Shape (n,): the items that must be within the part; all others are drawn where they fall.
    border
        Inches that are kept free at the sides, and above and below, as for pictures that stand on
        their places.
    cell
        Width and height of what each item takes around its position, in the layout's coordinates.

    Attributes
    ----------
    axes
        Axes that measure inches.
    scale
        Inches for one unit of the layout's coordinates.
    points
        Shape (n, 2), float64: the places in them.
    """

    axes: Axes
    scale: float
    points: npt.NDArray[np.float64]

    def __init__(
        self,
        page: Page,
        window: tuple[float, float, float, float],
        positions: Float32Array,
        shown: BoolArray,
        backdrop: Backdrop = Backdrop(),  # noqa: B008 - it is frozen
        *,
        border: tuple[float, float] = (0.06, 0.06),
        cell: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        width, height = window[2:]
        self.axes = page.axes(*window)
        half = np.array(cell) / 2
        seen: list[npt.NDArray[Any]] = [positions[shown] - half, positions[shown] + half]
        seen += backdrop.lines
        seen += [np.array([[x, y]], np.float32) for _, x, y, _ in backdrop.texts]
        span = np.vstack(seen).astype(np.float64)
        low, high = span.min(axis=0), span.max(axis=0)
        room = np.array([width, height]) - 2 * np.array(border)
        extent = np.maximum(high - low, 1e-9)
        self.scale = float((room / extent).min())
        self._origin = (low + high) / 2 - np.array([width, height]) / 2 / self.scale
        self.points = self._on_paper(positions)
        self._lay(backdrop)

    def _on_paper(self, positions: Float32Array) -> npt.NDArray[np.float64]:
        placed: npt.NDArray[np.float64] = (positions - self._origin) * self.scale
        return placed

    def _lay(self, backdrop: Backdrop) -> None:
        lines = [self._on_paper(line) for line in backdrop.lines]
        self.axes.add_collection(
            LineCollection(lines, colors="#b8b8b8", linewidths=0.6, zorder=0), autolim=False
        )
        for text, x, y, height in backdrop.texts:
            at = self._on_paper(np.array([[x, y]], np.float32))[0]
            points = float(min(height * self.scale * 72, 14))
            self.axes.text(
                at[0], at[1], text, size=points, color=GREY, ha="center", va="center", zorder=0
            )
