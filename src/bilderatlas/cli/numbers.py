"""Numbers as they are typed: what counts as one."""

from __future__ import annotations

import math
from typing import Any

import click

__all__ = ["SEED", "Finite"]

SEED = click.IntRange(0, 2**32 - 1)
"""Of everything random: what NumPy takes."""


class Finite(click.FloatRange):
    """A range of numbers without ``nan`` and ``inf``, which Python reads as numbers too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or fail with a sentence."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is not a finite number.", param, ctx)
        return number
