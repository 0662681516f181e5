"""How a build tells people where it is, whatever shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

__all__ = ["Progress", "Report", "Silent"]

Report = Callable[[int, int], None]
"""``report(done, total)``: how many steps of a stage are done."""


class Progress(Protocol):
    """Shows the stages of a build."""

    def stage(self, name: str, unit: str = "") -> AbstractContextManager[Report]:
        """Begin a stage, whose steps are called ``unit``."""
        ...

    def note(self, text: str) -> None:
        """Say something that people should know now."""
        ...


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, unit: str = "") -> Iterator[Report]:
        """Enter a stage that nobody sees."""
        yield lambda done, total: None

    def note(self, text: str) -> None:
        """Say nothing."""
