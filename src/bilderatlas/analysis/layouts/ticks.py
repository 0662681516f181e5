"""Round numbers along an axis."""

from __future__ import annotations

import math

__all__ = ["ticks"]


def ticks(low: float, high: float, *, about: int = 5) -> list[tuple[float, str]]:
    """Return round numbers from ``low`` to ``high``, and how they are written.

    They are 1, 2 or 5 times a power of ten apart, and there are about as many as asked for.
    """
    span = high - low
    if not span > 0:
        return [(low, f"{low:,g}")]
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    numbers = range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    return [(number * step, f"{number * step:,.{places}f}") for number in numbers]
