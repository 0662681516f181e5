"""Numbers and lists as people write them."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["byte_size", "counted", "duration", "listed", "number", "percent"]

_MOST_LISTED = 12


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 picture``, ``1,200 pictures``."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def listed(words: Sequence[str]) -> str:
    """Return words as one enumeration; of very many, the first and how many more."""
    shown = list(words)
    if len(shown) > _MOST_LISTED:
        shown = [*shown[: _MOST_LISTED - 1], f"{len(shown) - _MOST_LISTED + 1:,} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def percent(share: float) -> str:
    """Return a share with one decimal: ``98.7%``."""
    return f"{100 * share:.1f}%"


def number(value: float | None, error: float | None = None) -> str:
    """Return a measure with two decimals and its standard error; ``none`` for none."""
    if value is None or math.isnan(value):
        return "none"
    return f"{value:.2f}" if error is None else f"{value:.2f} ± {error:.2f}"


def byte_size(count: int) -> str:
    """Return bytes in the unit that suits them."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return counted(count, "byte")


def duration(seconds: float) -> str:
    """Return seconds as minutes and seconds."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"
