"""Where pictures come from: each source lists what it has found, and reads no picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bilderatlas.types import Found, Problem

__all__ = ["Listing", "Source"]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source has found.

    Attributes
    ----------
    found
        The pictures, sorted by uri.
    others
        How many files are not pictures.
    problems
        What could not be looked at, stage ``source``.
    columns
        Names of the metadata columns, in their order.
    metadata
        uri → column → text. An empty cell is left out, and so is a picture without a row.
    """

    found: tuple[Found, ...]
    others: int
    problems: tuple[Problem, ...]
    columns: tuple[str, ...]
    metadata: Mapping[str, Mapping[str, str]]


class Source(Protocol):
    """A place that pictures come from."""

    def list(self) -> Listing:
        """Look at the place, and return what is there now.

        Raises
        ------
        SourceError
            If there is no such place, or it cannot be listed.
        """
