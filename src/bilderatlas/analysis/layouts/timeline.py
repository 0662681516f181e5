"""Pictures stacked over the time at which they were made."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.boxes import LETTER, Box, packed
from bilderatlas.errors import LayoutError
from bilderatlas.types import Backdrop, Float32Array

__all__ = ["Timeline"]

DateArray = npt.NDArray[np.datetime64]

_COLUMNS = 20
"""About so many bins are wanted: fewer say little, more are too narrow for their titles."""

_SHORT_GAP = 2
"""Up to this many empty bins are shown; more are left out, and three dots say so."""

_TEXT = 0.035
"""Height of a bin's title as a share of the highest stack, or of the width / window."""

_NARROWEST, _WIDEST = 1.1, 2.2
"""How far bins may be apart from middle to middle, as a share of the width of their pictures."""


class Timeline:
    """A histogram of pictures: a column for each year, month, day or hour, stacked upwards.

    The unit of time and the pictures beside each other in a column are chosen so that the whole
    fills the window; it is no finer than the dates are. Pictures without a date have a box of their
    own at the right.

    Parameters
    ----------
    picture_aspect
        Width / height of a picture's cell.
    window
        Width / height of the whole, about.
    missing
        Title of the box of those without a date.

    Attributes
    ----------
    unit_
        What a column stands for, as in ``"month"``.
    backdrop_
        The base line, the columns' titles, and the box.
    parameters
        What it was made with, for JSON.
    """

    unit_: str
    backdrop_: Backdrop

    def __init__(
        self, *, picture_aspect: float = 1.0, window: float = 1.6, missing: str = "no date"
    ) -> None:
        self.picture_aspect = picture_aspect
        self.window = window
        self.missing = missing

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "picture_aspect": self.picture_aspect,
            "window": self.window,
            "unit": self.unit_,
        }

    def fit_transform(self, times: DateArray) -> Float32Array:
        """Stack the pictures.

        Parameters
        ----------
        times
            Shape (n,), datetime64; NaT where there is none.

        Returns
        -------
        Shape (n, 2), float32; pictures are 1 high, and the lowest stand on 0.

        Raises
        ------
        LayoutError
            If no picture has a date.
        """
        dated = np.flatnonzero(~np.isnat(times))
        if len(dated) == 0:
            raise LayoutError(
                "No picture has a date there: choose another column, or another layout."
            )
        dated = dated[np.argsort(times[dated], kind="stable")]
        ordered = times[dated].astype("datetime64[s]")
        # The finest first: of one moment it says the most.
        charts = [self._chart(unit, ordered) for unit in reversed(_as_fine_as(ordered))]
        chart = min(charts, key=lambda chart: chart.misfit)
        self.unit_ = chart.unit.name
        positions = np.empty((len(times), 2), np.float32)
        for left, (start, end) in zip(chart.lefts, chart.parts, strict=True):
            place = np.arange(end - start)
            positions[dated[start:end], 0] = left + (place % chart.beside + 0.5) * (
                self.picture_aspect
            )
            positions[dated[start:end], 1] = place // chart.beside + 0.5
        lines, texts = self._axis(chart, ordered)
        without = np.flatnonzero(np.isnat(times))
        if len(without):
            box = self._leftover(chart, len(without))
            columns = round(box.width / self.picture_aspect)
            cells = packed(len(without), columns, self.picture_aspect)
            positions[without] = cells + np.array([box.left, 0], np.float32)
            lines.append(box.line)
            texts.append(box.text)
        self.backdrop_ = Backdrop(tuple(lines), tuple(texts))
        return positions

    def transform(self, times: DateArray) -> NoReturn:
        """Raise LayoutError: other pictures may need other columns."""
        raise LayoutError("The columns of a timeline depend on all dates: lay out all again.")

    def _chart(self, unit: _Unit, ordered: DateArray) -> _Chart:
        bins = unit.number(ordered)
        starts = np.flatnonzero(np.diff(bins, prepend=bins[0] - 1))
        ends = np.append(starts[1:], len(bins))
        shown = bins[starts]
        empty = np.diff(shown, prepend=shown[0] - 1) - 1
        # In a gap that is left out, the dots take one column.
        column = np.cumsum(1 + np.where(empty > _SHORT_GAP, 1, empty)) - 1
        count = int(column[-1]) + 1
        highest = int((ends - starts).max())
        misfit, beside, width = min(
            self._fit(beside, count, highest) for beside in self._tried(count, highest)
        )
        return _Chart(
            unit,
            beside,
            width,
            -(-highest // beside),
            column * width,
            list(zip(starts.tolist(), ends.tolist(), strict=True)),
            empty > _SHORT_GAP,
            misfit + 0.3 * abs(math.log(count / _COLUMNS)),
        )

    def _tried(self, count: int, highest: int) -> set[int]:
        """Return how many pictures could stand beside each other in a column."""
        ideal = math.sqrt(highest * self.window / (count * self.picture_aspect))
        return {min(highest, max(1, number)) for number in (math.floor(ideal), math.ceil(ideal))}

    def _fit(self, beside: int, count: int, highest: int) -> tuple[float, int, float]:
        """Return how badly columns of so many pictures fit the window, and how far apart they are.

        They are moved apart to fill it, within reason.
        """
        used, rows = beside * self.picture_aspect, -(-highest // beside)
        width = min(max(self.window * rows / count, used * _NARROWEST), used * _WIDEST)
        return abs(math.log(count * width / rows / self.window)), beside, width

    def _axis(
        self, chart: _Chart, ordered: DateArray
    ) -> tuple[list[Float32Array], list[tuple[str, float, float, float]]]:
        """Return the base line, broken where time is left out, and the titles below it."""
        used = chart.beside * self.picture_aspect
        right = chart.lefts[-1] + used
        size = _TEXT * max(chart.rows, right / self.window)
        lines: list[Float32Array] = []
        texts: list[tuple[str, float, float, float]] = []
        begin = 0.0
        for left, broken in zip(chart.lefts, chart.broken, strict=True):
            if broken:
                # The dots stand in the middle of the column that is left out.
                before = left - 2 * chart.width + used
                lines.append(np.array([(begin, 0), (before, 0)], np.float32))
                texts.append(("⋯", float((before + left) / 2), 0.0, float(size)))
                begin = left
        lines.append(np.array([(begin, 0), (right, 0)], np.float32))
        taken = [-math.inf, -math.inf]
        said = ""
        for left, (start, _) in zip(chart.lefts, chart.parts, strict=True):
            moment = ordered[start]
            above = chart.unit.above(moment)
            for row, text in enumerate((chart.unit.title(moment), "" if above == said else above)):
                # The titles keep a letter's distance; those without room are left out.
                wide = (len(text) + 1) * LETTER * size
                middle = left + used / 2 if row == 0 else left + (wide - LETTER * size) / 2
                if text and middle - wide / 2 >= taken[row]:
                    texts.append((text, float(middle), -size * (0.9 + 1.4 * row), float(size)))
                    taken[row] = middle + wide / 2
                    said = above if row == 1 else said
        return lines, texts

    def _leftover(self, chart: _Chart, count: int) -> Box:
        """Return the box at the right, about as high as the highest stack."""
        title = f"{self.missing} · {count:,}"
        band = 1.5 * _TEXT * max(chart.rows, chart.lefts[-1] / self.window)
        height = max(chart.rows, math.ceil(math.sqrt(count * self.picture_aspect)))
        legible = math.ceil(LETTER * len(title) * band / 2 / self.picture_aspect)
        columns = min(count, max(-(-count // height), legible))
        rows = -(-count // columns)
        left = chart.lefts[-1] + 2 * chart.width
        return Box(title, float(left), 0.0, columns * self.picture_aspect, float(rows), band)


class _Unit(NamedTuple):
    """A length of time, how its bins are numbered, and what they are called."""

    name: str
    number: Callable[[DateArray], npt.NDArray[np.int64]]
    title: Callable[[np.datetime64], str]
    above: Callable[[np.datetime64], str]


class _Chart(NamedTuple):
    """Bins of one unit: pictures beside each other, and of each bin its left side and its part."""

    unit: _Unit
    beside: int
    width: float
    rows: int
    lefts: npt.NDArray[np.float64]
    parts: list[tuple[int, int]]
    broken: npt.NDArray[np.bool_]
    misfit: float


def _numbered(code: str, many: int = 1, shift: int = 0) -> Callable[..., npt.NDArray[np.int64]]:
    return lambda times: (times.astype(f"datetime64[{code}]").astype(np.int64) + shift) // many


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _part(moment: np.datetime64, code: str, of: str) -> int:
    """Return how many of one unit have gone by since the last of a longer one began."""
    return int(
        (moment.astype(f"datetime64[{code}]") - moment.astype(f"datetime64[{of}]")).astype(int)
    )


def _year(moment: np.datetime64, many: int = 1) -> str:
    """Return the year, or the first of so many; before the year 1 without a year 0."""
    year = (int(moment.astype("datetime64[Y]").astype(int)) + 1970) // many * many
    if year < 0 or (year == 0 and many == 1):
        return f"{1 - year} BCE"
    return str(year) if many == 1 else f"{year}s"


def _month(moment: np.datetime64) -> str:
    return _MONTHS[_part(moment, "M", "Y")]


def _month_and_year(moment: np.datetime64) -> str:
    return f"{_month(moment)} {_year(moment)}"


def _day(moment: np.datetime64) -> str:
    return str(_part(moment, "D", "M") + 1)


def _date(moment: np.datetime64) -> str:
    return f"{_day(moment)} {_month_and_year(moment)}"


def _hour(moment: np.datetime64) -> str:
    return f"{_part(moment, 'h', 'D'):02}:00"


def _clock(moment: np.datetime64) -> str:
    return f"{_part(moment, 'h', 'D'):02}:{_part(moment, 'm', 'h'):02}"


def _clock_with_seconds(moment: np.datetime64) -> str:
    return f"{_clock(moment)}:{_part(moment, 's', 'm'):02}"


def _nothing(_: np.datetime64) -> str:
    return ""


# 1970-01-01 was a Thursday; weeks begin on Monday.
_UNITS = (
    _Unit("century", _numbered("Y", 100, 1970), lambda m: _year(m, 100), _nothing),
    _Unit("decade", _numbered("Y", 10, 1970), lambda m: _year(m, 10), _nothing),
    _Unit("year", _numbered("Y"), _year, _nothing),
    _Unit("month", _numbered("M"), _month, _year),
    _Unit("week", _numbered("D", 7, 3), _day, _month_and_year),
    _Unit("day", _numbered("D"), _day, _month_and_year),
    _Unit("hour", _numbered("h"), _hour, _date),
    _Unit("minute", _numbered("m"), _clock, _date),
    _Unit("second", _numbered("s"), _clock_with_seconds, _date),
)


def _as_fine_as(times: DateArray) -> tuple[_Unit, ...]:
    """Return the units down to the one at whose beginning all times are: years tell no hour."""
    for end, code in ((3, "Y"), (4, "M"), (6, "D"), (7, "h"), (8, "m")):
        if (times.astype(f"datetime64[{code}]") == times).all():
            return _UNITS[:end]
    return _UNITS
