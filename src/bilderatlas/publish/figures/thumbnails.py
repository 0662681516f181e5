"""A layout as pictures, up to the size of a poster."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.colours import FAINT, PALETTE, Classes, chosen
from bilderatlas.publish.figures.map import MapOnPaper, aspect_of, map_size, placed
from bilderatlas.publish.figures.page import Page, Paper, house_style
from bilderatlas.publish.figures.tile import Pictures, Tile
from bilderatlas.publish.site.columns import Column
from bilderatlas.publish.wording import counted
from bilderatlas.types import Backdrop, Float32Array

__all__ = ["OVERLAPS", "figure_thumbnails", "without_overlap"]

OVERLAPS = ("thin", "all")
"""What to do where pictures hide each other: leave out who would, or let them."""

_SMALLEST, _LARGEST = 0.04, 20.0  # inches
_USUAL = (0.2, 0.7)  # inches on a page as large as A4
_GRID_FILL = 0.94  # share of its cell that a picture in a grid has
_GAP = 0.02  # of the long side, between pictures that must not touch


def figure_thumbnails(
    positions: Float32Array,
    aspects: npt.NDArray[np.float64],
    pictures: Pictures,
    paper: Paper,
    *,
    overlap: str = "thin",
    cell: tuple[float, float] | None = None,
    typical: Float32Array | None = None,
    thumb_size: float | None = None,
    colour: Column | None = None,
    only: Sequence[str] = (),
    classes: Column | None = None,
    backdrop: Backdrop = Backdrop(),  # noqa: B008 - it is frozen
) -> Figure:
    """Draw the pictures themselves on a layout.

    Parameters
    ----------
    positions
        Shape (n, 2), y upwards; NaN for an item without a place.
    aspects
        Shape (n,): width / height of each picture.
    pictures
        Where they come from.
    paper
        Name, caption, size and dpi.
    overlap
        ``thin``: who would hide another is left out; ``all``: everyone is drawn, the most typical
        on top.
    cell
        Width and height that pictures may have at their positions without hiding each other, in
        the layout's coordinates, if it is one with such room, as a grid: they fill it, and all are
        drawn.
    typical
        Shape (n,): the most typical are drawn first, or on top; by default the first.
    thumb_size
        Long side of a picture in inches; by default as suits their number.
    colour
        Categories that the frames show; beyond eight, the rarer ones are one.
    only
        Classes to draw; all if empty.
    classes
        The column that ``only`` chooses from; by default ``colour``.
    backdrop
        What lies under the pictures.

    Raises
    ------
    FigureError
        If the overlap, size or a class makes no sense.
    """
    _check(overlap, thumb_size, colour)
    n = len(positions)
    shown = placed(positions, chosen(classes or colour, only, n))
    order = np.flatnonzero(shown)
    if typical is not None:
        order = order[np.argsort(-typical[order], kind="stable")]
    with house_style():
        found = None if colour is None else Classes.of(colour, shown, len(PALETTE))
        unknown = 0 if found is None else int((shown & (found.codes < 0)).sum())
        others = f"no value ({unknown:,})" if unknown else ""
        lines = 0 if found is None else len(found.names) + bool(others)
        aspect = aspect_of(positions[shown])
        size = map_size(paper, aspect, legend=found is not None, lines=lines)
        page = Page(paper, _title(len(order), len(order), n), *size)
        if colour is not None:
            found = Classes.that_fit(page, colour, shown, others, len(PALETTE))
        side = 0.0 if found is None else found.legend_width(page, others)
        window = (0.0, 0.0, page.width - side - (0.1 if side else 0), page.height)
        if cell is None:
            long = thumb_size or _usual_side(len(order), window[2], window[3])
            largest = (long, long)
            border = (long / 2, long / 2)
            drawn = MapOnPaper(page, window, positions, shown, backdrop, border=border)
        else:
            drawn = MapOnPaper(page, window, positions, shown, backdrop, border=(0, 0), cell=cell)
            largest = _filled((cell[0] * drawn.scale, cell[1] * drawn.scale), thumb_size)
        boxes = _boxes(drawn.points, aspects, largest)
        if overlap == "thin" and cell is None:
            many = len(order)
            order = order[without_overlap(boxes[order], max(largest) * _GAP)]
            if len(order) < many:
                page = Page(paper, _title(len(order), many, n), *size)
                drawn = MapOnPaper(page, window, positions, shown, backdrop, border=border)
        frame_points = max(0.5, max(largest) * 72 / 40)
        for item in order[::-1].tolist():
            frame = "white" if overlap == "all" else None
            if found is not None:
                code = int(found.codes[item])
                frame = FAINT if code < 0 else found.colour(code)
            left, bottom, width, height = boxes[item].tolist()
            drawn.axes.add_artist(
                Tile(pictures, item, (left, bottom, width, height), frame, frame_points)
            )
        if found is not None:
            found.legend(page, side, others)
    return page.figure


def without_overlap(boxes: npt.NDArray[np.float64], gap: float = 0.0) -> npt.NDArray[np.int64]:
    """Return which boxes can stand without touching, the first served first.

    No box that is left out could be added.

    Parameters
    ----------
    boxes
        Shape (m, 4): left, bottom, width, height; those that matter most first.
    gap
        What must lie between two boxes.

    Returns
    -------
    Shape (k,), int64: ascending rows of ``boxes``.
    """
    if len(boxes) == 0:
        return np.empty(0, np.int64)
    cell = float(boxes[:, 2:].max()) + gap
    taken: defaultdict[tuple[int, int], list[tuple[float, float, float, float]]] = defaultdict(list)
    kept = []
    for number, (left, bottom, width, height) in enumerate(boxes.tolist()):
        right, top = left + width, bottom + height
        column, row = math.floor((left + right) / 2 / cell), math.floor((bottom + top) / 2 / cell)
        near = (
            box
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for box in taken.get((x, y), ())
        )
        if any(
            left < b[2] + gap and b[0] < right + gap and bottom < b[3] + gap and b[1] < top + gap
            for b in near
        ):
            continue
        taken[column, row].append((left, bottom, right, top))
        kept.append(number)
    return np.array(kept, np.int64)


def _check(overlap: str, thumb_size: float | None, colour: Column | None) -> None:
    if overlap not in OVERLAPS:
        raise FigureError(f"--overlap {overlap}: choose one of {', '.join(OVERLAPS)}, grid.")
    if thumb_size is not None and not _SMALLEST <= thumb_size <= _LARGEST:
        raise FigureError(
            f"--thumb-size {thumb_size:g}: give inches from {_SMALLEST:g} to {_LARGEST:g}."
        )
    if colour is not None and colour.kind != "category":
        raise FigureError(
            f"--colour {colour.name}: frames show classes, and these are numbers or dates: choose "
            "another column, or the figure 'scatter'."
        )


def _title(drawn: int, shown: int, n: int) -> str:
    if drawn < shown:
        among = "" if shown == n else f", of {n:,} in all"
        return f"{drawn:,} of {shown:,} pictures{among}; the others would hide more typical ones"
    many = counted(n, "picture")
    return many if shown == n else f"{shown:,} of {many}"


def _usual_side(n: int, width: float, height: float) -> float:
    """Return the long side, in inches, that suits n pictures on a map of that size."""
    factor = max(1.0, min(width, height) / 6)
    return float(np.clip(math.sqrt(0.6 * width * height / n), *np.multiply(_USUAL, factor)))


def _filled(cell: tuple[float, float], thumb_size: float | None) -> tuple[float, float]:
    """Return the largest width and height of a picture in a cell."""
    limit = thumb_size or math.inf
    return min(limit, _GRID_FILL * cell[0]), min(limit, _GRID_FILL * cell[1])


def _boxes(
    points: npt.NDArray[np.float64],
    aspects: npt.NDArray[np.float64],
    largest: tuple[float, float],
) -> npt.NDArray[np.float64]:
    """Return left, bottom, width and height of each picture on its place, shape (n, 4)."""
    widths = np.minimum(largest[0], largest[1] * aspects)
    sides = np.stack([widths, widths / aspects], axis=1)
    return np.hstack([points - sides / 2, sides])
