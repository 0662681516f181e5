"""What a layout may be made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import LayoutError
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["Given"]

_YEAR = re.compile(r"(-?)(\d{3,4})(?:\.0)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-:](\d{2})", re.ASCII)
_EXIF_DATE = re.compile(r"(\d{4}):(\d{2}):(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Given:
    """All that is known of n items; each layout takes what it needs.

    Attributes
    ----------
    vectors
        Shape (n, d), of any float type.
    neighbours
        Their graph.
    positions
        Shape (n, 2) each, by name: the layouts that are there already, on which others build.
    columns
        The values of each item, by the column's name; ``None`` or an empty text where missing.
    taken_at
        When each picture was taken, where the files say so.
    latitude, longitude
        Shape (n,), degrees, NaN where unknown.
    picture_aspect
        Width / height of a typical picture of the collection.
    progress
        Called now and then with the number of steps done and that of all.
    """

    vectors: npt.NDArray[Any]
    neighbours: Neighbours
    positions: Mapping[str, Float32Array] = field(default_factory=dict)
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    taken_at: Sequence[datetime | None] = ()
    latitude: npt.NDArray[Any] | None = None
    longitude: npt.NDArray[Any] | None = None
    picture_aspect: float = 1.0
    progress: Callable[[int, int], None] | None = None

    def __len__(self) -> int:
        return len(self.vectors)

    def base(self, name: str | None) -> tuple[str, Float32Array]:
        """Return a layout to build on, and its name; by default the first that is there.

        Raises
        ------
        LayoutError
            If there is none of this name.
        """
        if name is None and self.positions:
            name = next(iter(self.positions))
        if name is None or name not in self.positions:
            there = _listed(self.positions) or "none"
            raise LayoutError(
                f"There is no layout {name or 'to build on'!r}, only {there}: make it first, or "
                "name another."
            )
        return name, self.positions[name]

    def texts(self, column: str) -> list[str | None]:
        """Return a column as words, ``None`` where it is empty.

        Raises
        ------
        LayoutError
            If there is no such column.
        """
        said = (None if value is None else str(value).strip() for value in self._column(column))
        return [text or None for text in said]

    def numbers(self, column: str) -> npt.NDArray[np.float64]:
        """Return a column as numbers, NaN where it is none.

        Raises
        ------
        LayoutError
            If there is no such column.
        """
        return np.array([_number(value) for value in self._column(column)])

    def labels(self, column: str) -> npt.NDArray[np.int64]:
        """Return a column as class numbers, -1 where it is empty.

        Raises
        ------
        LayoutError
            If there is no such column.
        """
        texts = self.texts(column)
        classes = {text: code for code, text in enumerate(sorted({t for t in texts if t}))}
        return np.array([classes[text] if text else -1 for text in texts], np.int64)

    def times(self, column: str | None) -> npt.NDArray[np.datetime64]:
        """Return a column as moments, NaT where it is none; by default when pictures were taken.

        Years (``1924``; ``-500`` is 500 BCE), months (``1924-05``), days and times of ISO 8601
        count, and those as EXIF writes them. Moments with a zone are those of UTC.

        Raises
        ------
        LayoutError
            If there is no such column.
        """
        values = self.taken_at if column is None else self._column(column)
        if column is None and not len(values):
            values = [None] * len(self)
        return np.array([_moment(value) for value in values], "datetime64[s]")

    def places(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Return latitudes and longitudes, NaN where unknown."""
        nowhere = np.full(len(self), np.nan)
        return (
            nowhere if self.latitude is None else self.latitude,
            nowhere if self.longitude is None else self.longitude,
        )

    def _column(self, name: str) -> Sequence[Any]:
        if name not in self.columns:
            there = _listed(self.columns) or "none"
            raise LayoutError(f"There is no column {name!r}: choose one of {there}.")
        return self.columns[name]


def _listed(names: Mapping[str, Any]) -> str:
    return ", ".join(map(repr, names))


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return np.nan
    return number if np.isfinite(number) else np.nan


def _moment(value: Any) -> np.datetime64:
    if not isinstance(value, datetime):
        text = "" if value is None else str(value).strip()
        if year := _YEAR.fullmatch(text):
            # Astronomers, and numpy, count a year 0 before the year 1; historians do not.
            number = 1 - int(year[2]) if year[1] else int(year[2])
            return np.datetime64(f"{number:0{4 + (number < 0)}}-01-01", "s")
        if month := _MONTH.fullmatch(text):
            text = f"{month[1]}-{month[2]}-01"
        try:
            value = datetime.fromisoformat(_EXIF_DATE.sub(r"\1-\2-\3", text, count=1))
        except ValueError:
            return np.datetime64("NaT", "s")
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return np.datetime64(value, "s")
