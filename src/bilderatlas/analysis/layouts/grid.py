"""A grid: every item in a cell of its own, in rows and columns, without gaps."""

from __future__ import annotations

import math
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import LayoutError
from bilderatlas.types import Float32Array

__all__ = ["Grid", "fill_rectangle", "matched"]

Box = tuple[float, float, float, float]

_SHAPES_TRIED = 0.08
"""How far the number of columns may be from the ideal, for a last row that is full."""


class Grid:
    """Rows and columns in the order of another layout.

    The layout and the grid are cut at corresponding places again and again, along the grid's longer
    side, until each part holds one item and one cell: O(n log n). What is left, above or amid
    others stays so, on the whole, and neighbours mostly stay neighbours.

    Parameters
    ----------
    picture_aspect
        Width / height of a cell.
    window
        Width / height of the whole, about.

    Attributes
    ----------
    columns_, rows_
        The grid's shape; its last row may be shorter.
    parameters
        What the grid was made with, for JSON.
    """

    columns_: int
    rows_: int

    def __init__(self, *, picture_aspect: float = 1.0, window: float = 1.6) -> None:
        self.picture_aspect = picture_aspect
        self.window = window

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "picture_aspect": self.picture_aspect,
            "window": self.window,
            "columns": self.columns_,
            "rows": self.rows_,
        }

    def fit_transform(self, positions: npt.ArrayLike) -> Float32Array:
        """Give every item a cell.

        Parameters
        ----------
        positions
            Shape (n, 2), of any float type: another layout, y upwards.

        Returns
        -------
        Shape (n, 2), float32: the middles of cells of height 1, the lowest left one at (0, 0).
        """
        positions = np.asarray(positions)
        n = len(positions)
        self.columns_, self.rows_ = _shape(n, self.window / self.picture_aspect)
        if n == 0:
            return np.empty((0, 2), np.float32)
        place = np.arange(n)
        cells = np.stack([place % self.columns_, self.rows_ - 1 - place // self.columns_], axis=1)
        own = cells[matched(positions, cells * (self.picture_aspect, 1.0))]
        return (own * (self.picture_aspect, 1.0)).astype(np.float32)

    def transform(self, positions: npt.ArrayLike) -> NoReturn:
        """Raise LayoutError: in a grid without gaps no cell is free for an item that joins."""
        raise LayoutError("A grid has no free cell: lay out all pictures again.")


def matched(positions: npt.ArrayLike, cells: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """Return for each item the row of the cell that corresponds to its place.

    Parameters
    ----------
    positions, cells
        Both of shape (n, 2).

    Returns
    -------
    Shape (n,): a permutation.
    """
    given = np.asarray(positions, np.float64)
    cells = np.asarray(cells, np.float64)
    found = np.empty(len(given), np.intp)
    waiting = [(np.arange(len(given)), np.arange(len(cells)))] if len(given) else []
    while waiting:
        items, places = waiting.pop()
        if len(items) == 1:
            found[items[0]] = places[0]
            continue
        axis = int(np.argmax(np.ptp(cells[places], axis=0)))
        places = places[np.argsort(cells[places, axis], kind="stable")]
        items = items[np.argsort(given[items, axis], kind="stable")]
        cut = _cut(cells[places, axis])
        waiting += [(items[:cut], places[:cut]), (items[cut:], places[cut:])]
    return found


def fill_rectangle(positions: npt.ArrayLike) -> Float32Array:
    """Give every item a place of its own in the layout's bounding box, all parts equally full.

    The box is cut at the median of its longer side, and so are its halves: O(n log n). Items that
    are left, above or amid others stay so, on the whole.

    Parameters
    ----------
    positions
        Shape (n, 2), of any float type.

    Returns
    -------
    Shape (n, 2), float32, in the same bounding box.
    """
    places = np.array(positions, np.float64)
    if not len(places):
        return places.astype(np.float32).reshape(0, 2)
    given = places.copy()
    low, high = given.min(axis=0), given.max(axis=0)
    waiting: list[tuple[npt.NDArray[np.intp], Box]] = [
        (np.arange(len(given)), (low[0], low[1], high[0], high[1]))
    ]
    while waiting:
        ids, box = waiting.pop()
        left, bottom, right, top = box
        if len(ids) == 1:
            places[ids[0]] = (left + right) / 2, (bottom + top) / 2
            continue
        axis = 0 if right - left >= top - bottom else 1
        half = len(ids) // 2
        split = ids[np.argsort(given[ids, axis], kind="stable")]
        cut = box[axis] + (box[axis + 2] - box[axis]) * half / len(ids)
        first = (left, bottom, cut, top) if axis == 0 else (left, bottom, right, cut)
        second = (cut, bottom, right, top) if axis == 0 else (left, cut, right, top)
        waiting += [(split[:half], first), (split[half:], second)]
    return places.astype(np.float32)


def _cut(sorted_: npt.NDArray[np.float64]) -> int:
    """Return where to halve sorted coordinates so that no row or column is cut in two."""
    half = len(sorted_) // 2
    before = int(np.searchsorted(sorted_, sorted_[half], "left"))
    after = int(np.searchsorted(sorted_, sorted_[half], "right"))
    if before == 0 or (after < len(sorted_) and after - half < half - before):
        return after if after < len(sorted_) else half
    return before


def _shape(n: int, aspect: float) -> tuple[int, int]:
    """Return the columns and rows for n cells, ``aspect`` times as many columns as rows."""
    if n == 0:
        return 0, 0
    ideal = math.sqrt(n * aspect)
    low = max(1, round(ideal * (1 - _SHAPES_TRIED)))
    high = min(n, max(low, round(ideal * (1 + _SHAPES_TRIED))))

    def lack(columns: int) -> tuple[int, float]:
        return -n % columns, abs(columns - ideal)

    columns = min(range(min(low, high), high + 1), key=lack)
    return columns, -(-n // columns)
