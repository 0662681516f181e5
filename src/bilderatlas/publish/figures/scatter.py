"""A layout as points, coloured by a column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

from bilderatlas.publish.figures.colours import FAINT, NUMBERS, PALETTE, Classes, chosen
from bilderatlas.publish.figures.map import MapOnPaper, aspect_of, map_size, placed
from bilderatlas.publish.figures.page import INK, Page, Paper, house_style, shortened
from bilderatlas.publish.site.columns import Column
from bilderatlas.publish.wording import counted
from bilderatlas.types import Backdrop, BoolArray, Float32Array

__all__ = ["dot_area", "draw_classes", "draw_points", "figure_scatter", "opacity"]

_COVERED = 0.16
"""Share of the map that all points would cover if none lay on another."""

_AREA = (0.6, 30.0)  # of a point, square points
_SOLID, _SHEER = 500, 20_000  # items at which points are opaque, and as transparent as they get
_AS_DOTS = 20_000  # items from which a PDF or SVG holds the points as dots
_TAILS = 0.02  # share of the numbers at either end that is not told apart
_BAR_WIDTH = 0.9  # inches for a colour bar and its numbers
_NAME = 18  # letter heights: the widest name on a map
_FAR = 3  # lines that a name may be away from the middle of its class


def figure_scatter(
    positions: Float32Array,
    colour: Column | None,
    paper: Paper,
    *,
    only: Sequence[str] = (),
    classes: Column | None = None,
    hide_others: bool = False,
    legend: bool = True,
    backdrop: Backdrop = Backdrop(),  # noqa: B008 - it is frozen
) -> Figure:
    """Draw every item of a layout as a point.

    Parameters
    ----------
    positions
        Shape (n, 2), y upwards; NaN for an item without a place.
    colour
        What the colours say, a value for each item; ``None``: nothing.
    paper
        Name, caption, size and dpi.
    only
        Classes whose items are coloured; all if empty.
    classes
        The column that ``only`` chooses from; by default ``colour``.
    hide_others
        Whether the other items are left out rather than grey.
    legend
        Whether classes are explained beside the map; a scale of numbers always is.
    backdrop
        What lies under the points.

    Raises
    ------
    FigureError
        If ``only`` names a class that is not there, or there is no place for any item.
    """
    asked = chosen(classes or colour, only, len(positions))
    shown = placed(positions, asked)
    seen = shown if hide_others else placed(positions, np.ones(len(positions), bool))
    title = _title(int(shown.sum()), len(positions), colour)
    with house_style():
        explained = colour is not None and (legend or colour.kind != "category")
        found = Classes.of(colour, shown) if colour and colour.kind == "category" else None
        faint = seen & ~shown
        unknown = shown & ~_known(colour, found, len(positions))
        others = _others(int(faint.sum()), int(unknown.sum()))
        lines = len(found.names) + bool(others) if found is not None else 0
        size = map_size(paper, aspect_of(positions[seen]), legend=explained, lines=lines)
        page = Page(paper, title, *size)
        side = 0.0
        if explained and found is None:
            side = _BAR_WIDTH * page.text / 7.5
        elif explained and colour is not None:
            found = Classes.that_fit(page, colour, shown, others)
            side = found.legend_width(page, others)
        window = (0.0, 0.0, page.width - side - (0.1 if side else 0), page.height)
        drawn = MapOnPaper(page, window, positions, seen, backdrop)
        n = int(seen.sum())
        area = dot_area(n, window[2] * window[3])
        draw_points(drawn.axes, drawn.points[faint | unknown], area, FAINT, 1.0, n)
        if found is not None:
            draw_classes(drawn.axes, drawn.points, found, area, opacity(n), n)
            if explained:
                found.legend(page, side, others)
            # A layout with lines under it has an order of its own, in which middles mean nothing.
            if not (explained and backdrop.lines):
                far = _FAR if explained else math.inf
                _name_centroids(drawn, found, page, window[2:], far)
        elif colour is not None:
            _bar(page, drawn, colour, shown & ~unknown, area, side)
        else:
            draw_points(drawn.axes, drawn.points[shown], area, PALETTE[0], opacity(n), n)
    return page.figure


def dot_area(n: int, square_inches: float) -> float:
    """Return the area of one of n points on a map, in square points as Matplotlib counts them."""
    return float(np.clip(_COVERED * square_inches * 72**2 / max(1, n) * 4 / math.pi, *_AREA))


def opacity(n: int) -> float:
    """Return how opaque the points of n items are, 0.45…0.9."""
    between = math.log(max(1, n) / _SOLID) / math.log(_SHEER / _SOLID)
    return 0.9 - 0.45 * min(1.0, max(0.0, between))


def draw_classes(
    axes: Axes,
    points: npt.NDArray[np.float64],
    classes: Classes,
    area: float,
    alpha: float,
    n: int,
) -> None:
    """Draw the items that have a class, shuffled, so that no class lies on all others."""
    order = np.random.default_rng(0).permutation(np.flatnonzero(classes.codes >= 0))
    marks = np.array([classes.mark(code) for code in range(len(classes.names))], object)
    colours = np.array([classes.colour(code) for code in range(len(classes.names))], object)
    for mark in dict.fromkeys(marks.tolist()):
        own = order[marks[classes.codes[order]] == mark]
        # Circles look smaller than what has corners.
        larger = area if mark == "o" else 1.3 * area
        draw_points(axes, points[own], larger, colours[classes.codes[own]].tolist(), alpha, n, mark)


def draw_points(
    axes: Axes,
    points: npt.NDArray[np.float64],
    area: float,
    colours: str | Sequence[str] | npt.NDArray[Any],
    alpha: float,
    n: int,
    mark: str = "o",
) -> None:
    """Draw points on a map of n, all in one colour or each in its own."""
    axes.scatter(
        points[:, 0],
        points[:, 1],
        s=area,
        c=colours,
        marker=mark,
        alpha=alpha,
        linewidths=0,
        rasterized=n > _AS_DOTS,
        clip_on=False,
    )


def _known(colour: Column | None, classes: Classes | None, n: int) -> BoolArray:
    """Return which items have a value, shape (n,)."""
    if colour is None:
        return np.ones(n, bool)
    if classes is not None:
        return classes.codes >= 0
    known: BoolArray = np.isfinite(colour.values)
    return known


def _title(shown: int, n: int, colour: Column | None) -> str:
    many = counted(n, "picture")
    if shown < n:
        many = f"{shown:,} of {many}"
    return many if colour is None else f"{many} by {colour.name}"


def _others(faint: int, unknown: int) -> str:
    said = [f"others ({faint:,})"] * bool(faint) + [f"no value ({unknown:,})"] * bool(unknown)
    return ", ".join(said)


def _bar(
    page: Page, drawn: MapOnPaper, colour: Column, shown: BoolArray, area: float, side: float
) -> None:
    """Draw the items coloured by a number or a date, and what the colours mean."""
    order = np.random.default_rng(0).permutation(np.flatnonzero(shown))
    values = colour.values[order].astype(np.float64)
    if colour.kind == "date":
        values = values / 86_400  # Matplotlib counts days
    low, high = np.quantile(values, [_TAILS, 1 - _TAILS]) if len(values) else (0, 1)
    below, above = bool(np.any(values < low)), bool(np.any(values > high))
    n = len(colour.values)
    colours = ScalarMappable(Normalize(float(low), float(high)), NUMBERS)
    n = len(colour.values)
    draw_points(drawn.axes, drawn.points[order], area, colours.to_rgba(values), opacity(n), n)
    long = min(page.height * 0.6, 3.2 * page.text / 7.5)
    bar = page.plot(
        page.width - side + 0.05, page.height - long - page.text / 30, 0.13 * page.text / 7.5, long
    )
    ends = {(False, False): "neither", (True, False): "min", (False, True): "max"}
    page.figure.colorbar(colours, cax=bar, extend=ends.get((below, above), "both"))
    if colour.kind == "number":
        bar.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    bar.set_title(colour.name, size=page.text, loc="left", pad=page.text)
    bar.tick_params(labelsize=page.text, length=2)
    if colour.kind == "date":
        dates = AutoDateLocator(maxticks=8)  # type: ignore[no-untyped-call]
        bar.yaxis.set_major_locator(dates)
        bar.yaxis.set_major_formatter(ConciseDateFormatter(dates))  # type: ignore[no-untyped-call]


def _name_centroids(
    drawn: MapOnPaper, classes: Classes, page: Page, window: tuple[float, float], far: float
) -> None:
    """Mark the middle of each class with a cross, and write its name there.

    Where there is room: within the window (width, height), on no other name, and at most ``far``
    lines from its middle. The most frequent classes come first.
    """
    named = len(classes.names) - classes.folded
    if named < 2:
        return
    halo = [withStroke(linewidth=2.2, foreground="white")]
    letter = page.text / 72
    taken: list[tuple[float, float, float]] = []
    for code, name in enumerate(classes.names[:named]):
        middle = drawn.points[classes.codes == code].mean(axis=0)
        text = shortened(name, _NAME * letter, page.text)
        half = 0.35 * letter * len(text)
        place = _free_place(middle, half, window, taken, letter, far)
        if place is None:
            continue
        taken.append((*place, half))
        drawn.axes.plot(
            *middle,
            marker="+",
            ms=page.text,
            mew=1.2,
            color=INK,
            path_effects=halo,
            zorder=4,
            clip_on=False,
        )
        # A halo would make the letters lines, in SVG and PDF.
        drawn.axes.text(
            *place, text, size=page.text, weight="bold", ha="center", va="center",
            bbox={"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.65},
        )  # fmt: skip


def _free_place(
    middle: npt.NDArray[np.float64],
    half: float,
    window: tuple[float, float],
    taken: Sequence[tuple[float, float, float]],
    letter: float,
    far: float,
) -> tuple[float, float] | None:
    """Return where a name can stand, the nearest place above or below its middle; all in inches.

    ``half`` is half the name's width, ``taken`` holds the places and half widths of others.
    """
    width, height = window
    x = float(np.clip(middle[0], half, max(half, width - half)))
    line = 1.25 * letter
    for step in range(math.ceil(min(far, height / line))):
        for y in (middle[1] + 0.9 * letter + step * line, middle[1] - 0.9 * letter - step * line):
            inside = letter / 2 <= y <= height - letter / 2
            if inside and not any(
                abs(x - at) < half + other and abs(y - up) < line - 1e-9 for at, up, other in taken
            ):
                return x, float(y)
    return None
