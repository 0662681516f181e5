"""Pictures sorted into boxes by a column, each box a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.boxes import Box, packed
from bilderatlas.analysis.layouts.grid import matched
from bilderatlas.errors import LayoutError
from bilderatlas.types import Backdrop, Float32Array

__all__ = ["Facet"]

_BAND = 0.045
"""Height of a title's band as a share of that of all pictures."""

_WIDTHS_TRIED = (0.8, 1.3)
"""Widths of the whole that are tried, as shares of what square boxes would need."""

_TRIES = 17, 3
"""How many widths are tried, of a few boxes and of more than 100, whose shelves take long."""

_WIDEST = 1.3
"""How far a box may be widened to fill its shelf."""

_THINNEST = 4
"""A shelf with a box that is so many times as high as wide gets no further box."""

_SQUARE = 0.5
"""What a box of a bad shape costs, against empty space."""


class Facet:
    """A box for each value of a column, and one for the pictures without; the largest first.

    Boxes stand on shelves that are equally wide. All pictures are of one size, so that a box is as
    large as its value is frequent; the number of boxes on a shelf is chosen so that they are nearly
    square, as in a squarified treemap (Bruls, Huizing & van Wijk 2000).

    Parameters
    ----------
    picture_aspect
        Width / height of a picture's cell.
    window
        Width / height of the whole, about.
    missing
        Title of the box of those without a value.

    Attributes
    ----------
    backdrop_
        The boxes and their titles.
    parameters
        What it was made with, for JSON.
    """

    backdrop_: Backdrop

    def __init__(
        self, *, picture_aspect: float = 1.0, window: float = 1.6, missing: str = "no value"
    ) -> None:
        self.picture_aspect = picture_aspect
        self.window = window
        self.missing = missing

    @property
    def parameters(self) -> dict[str, Any]:
        return {"picture_aspect": self.picture_aspect, "window": self.window}

    def fit_transform(
        self, values: Sequence[str | None], positions: npt.NDArray[Any]
    ) -> Float32Array:
        """Sort items into boxes.

        Parameters
        ----------
        values
            Of each of n items; ``None`` or empty: missing.
        positions
            Shape (n, 2): the layout whose order the pictures in a box have.

        Returns
        -------
        Shape (n, 2), float32; pictures are 1 high.
        """
        groups = self._groups(values)
        placed = np.empty((len(values), 2), np.float32)
        if not groups:
            self.backdrop_ = Backdrop()
            return placed
        shelves = self._shelves([len(ids) for _, ids in groups])
        boxes = []
        top, waiting = 0.0, iter(groups)
        for shelf in shelves.of:
            left = 0.0
            bottom = top - shelves.band - shelf.rows
            for width in shelf.widths:
                title, ids = next(waiting)
                columns = max(1, int(width / self.picture_aspect + 1e-9))
                columns = min(columns, -(-len(ids) // shelf.rows))
                cells = packed(len(ids), columns, self.picture_aspect)
                cells += (
                    left + (width - columns * self.picture_aspect) / 2,
                    bottom + shelf.rows - -(-len(ids) // columns),
                )
                placed[ids] = cells[matched(positions[ids], cells)]
                text = f"{title} · {len(ids):,}"
                boxes.append(Box(text, left, bottom, width, shelf.rows, shelves.band))
                left += width + shelves.gap
            top = bottom - shelves.gap
        self.backdrop_ = Backdrop(
            lines=tuple(box.line for box in boxes), texts=tuple(box.text for box in boxes)
        )
        return placed

    def transform(self, values: Sequence[str | None]) -> NoReturn:
        """Raise LayoutError: a box that grows moves all others."""
        raise LayoutError("Boxes have no free place: lay out all pictures again.")

    def _groups(self, values: Sequence[str | None]) -> list[tuple[str, npt.NDArray[np.intp]]]:
        """Return the values with the ids of their items, the most frequent first."""
        ids_of: dict[str, list[int]] = {}
        for item, value in enumerate(values):
            ids_of.setdefault(value or "", []).append(item)
        groups = sorted(ids_of.items(), key=lambda group: (-len(group[1]), group[0]))
        return [(title or self.missing, np.array(ids)) for title, ids in groups]

    def _shelves(self, counts: Sequence[int]) -> _Shelves:
        """Return the shelves whose whole, and whose boxes, have the best shape."""
        each = np.array(counts)
        band = _BAND * math.sqrt(each.sum() * self.picture_aspect / self.window)
        side = np.sqrt(each * self.picture_aspect)
        ideal = math.sqrt(float(((side + band / 2) * (side + 1.5 * band)).sum()) * self.window)
        shares = np.linspace(*_WIDTHS_TRIED, _TRIES[len(counts) > 100])
        tried = [self._filled(each, ideal * float(share), band) for share in shares]
        return min(tried, key=lambda shelves: shelves.misfit)

    def _filled(self, counts: npt.NDArray[Any], width: float, band: float) -> _Shelves:
        """Divide the groups among shelves of this width: little empty, boxes nearly square."""
        n = len(counts)
        gap = band / 2
        # From the last group on: the best shelves for all groups from this one on.
        cost = [math.inf] * n + [0.0]
        first: list[_Shelf] = [_Shelf(0, [])] * n
        for start in reversed(range(n)):
            for end in range(start + 1, n + 1):
                shelf = self._shelf(counts[start:end], width, gap)
                high, boxes = shelf.rows + band, np.array(shelf.widths)
                uneven = np.abs(np.log(boxes / high))
                total = width * (high + gap) + _SQUARE * high * float((boxes * uneven).sum())
                if total + cost[end] < cost[start]:
                    cost[start], first[start] = total + cost[end], shelf
                if end > start + 1 and (boxes < high / _THINNEST).any():
                    break
        of: list[_Shelf] = []
        while sum(len(shelf.widths) for shelf in of) < n:
            of.append(first[sum(len(shelf.widths) for shelf in of)])
        width = max(sum(shelf.widths) + gap * (len(shelf.widths) - 1) for shelf in of)
        height = sum(shelf.rows + band + gap for shelf in of) - gap
        taken = cost[0] / (float(counts.sum()) * self.picture_aspect)
        misfit = abs(math.log(width / height / self.window)) + taken
        return _Shelves([self._justified(shelf, width, gap) for shelf in of], band, gap, misfit)

    def _shelf(self, counts: npt.NDArray[Any], width: float, gap: float) -> _Shelf:
        """Return the lowest shelf of this width that holds groups of these sizes."""
        room = (width - gap * (len(counts) - 1)) / self.picture_aspect
        rows, highest = max(1, int(counts.sum() / max(room, 1))), int(counts.max())
        while rows < highest and (-(-counts // rows)).sum() > room:
            rows += 1
        return _Shelf(rows, (-(-counts // rows) * self.picture_aspect).tolist())

    def _justified(self, shelf: _Shelf, width: float, gap: float) -> _Shelf:
        """Widen the boxes of a shelf to the whole width, unless they would gape."""
        stretch = (width - gap * (len(shelf.widths) - 1)) / sum(shelf.widths)
        if stretch > _WIDEST:
            return shelf
        return _Shelf(shelf.rows, [box * stretch for box in shelf.widths])


class _Shelf(NamedTuple):
    rows: int
    widths: list[float]


class _Shelves(NamedTuple):
    of: list[_Shelf]
    band: float
    gap: float
    misfit: float
