"""Progress on a terminal as a bar with rate and time left, elsewhere as plain lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm

__all__ = ["Bars", "Lines"]

_BETWEEN_LINES = 15.0  # seconds
_BAR = "{desc:<20} {percentage:3.0f}% {bar} {n_fmt}/{total_fmt} [{rate_fmt}, {remaining} left]"


class Bars:
    """For a person at a terminal."""

    @contextmanager
    def stage(self, name: str, unit: str = "") -> Iterator[Callable[[int, int], None]]:
        """Show the stage's name, and a bar as soon as its length is known."""
        shape = "{desc} …"
        with tqdm(
            desc=name, unit=f" {unit}", bar_format=shape, leave=False, file=sys.stderr
        ) as bar:

            def report(done: int, total: int) -> None:
                if bar.total != total:
                    bar.total, bar.bar_format = total, _BAR
                bar.update(done - bar.n)

            yield report

    def note(self, text: str) -> None:
        """Write a line above the bar."""
        tqdm.write(text, file=sys.stderr)


class Lines:
    """For a log file: a line at the start of a stage, then one now and then."""

    @contextmanager
    def stage(self, name: str, unit: str = "") -> Iterator[Callable[[int, int], None]]:
        """Write lines with the number done, the rate and the time left."""
        self.note(f"{name} …")
        start = said = time.monotonic()

        def report(done: int, total: int) -> None:
            nonlocal said
            now = time.monotonic()
            if now - said > _BETWEEN_LINES and done:
                said = now
                rate = done / (now - start)
                left = (total - done) / rate
                self.note(f"{name}: {done} of {total} {unit}, {rate:.1f}/s, {left:.0f} s left")

        yield report

    def note(self, text: str) -> None:
        """Write a line."""
        click.echo(text, err=True)
