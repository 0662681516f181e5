"""Duplicates sheet: the copies of each picture side by side, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import Paper, house_style
from bilderatlas.publish.figures.sheet import Sheet, check_count
from bilderatlas.publish.figures.tile import Pictures
from bilderatlas.publish.wording import counted
from bilderatlas.types import DuplicateGroup

__all__ = ["Copy", "figure_duplicates"]

BEST = "#009e73"
"""Frame of the best copy, which is called so as well."""

_COLUMNS = 6
_GAP = 0.25  # columns between two groups of one row
_BELOW = 4.0  # lines under each row


@dataclass(frozen=True, slots=True)
class Copy:
    """What is written below one file: its name, pixels and bytes."""

    name: str
    width: int
    height: int
    bytes: int


def figure_duplicates(
    groups: Sequence[DuplicateGroup],
    copies: Sequence[Copy],
    pictures: Pictures,
    paper: Paper,
    *,
    rows: int = 40,
    thumb_size: float | None = None,
) -> Figure:
    """Draw the files that show the same picture: the best marked, the others' edits in words.

    Parameters
    ----------
    groups
        The groups, each with its best copy first.
    copies
        What is known of the items, by id.
    pictures
        Where they come from.
    paper
        Name, caption, size and dpi.
    rows
        How many groups are drawn: the first.
    thumb_size
        Width of a column in inches.

    Raises
    ------
    FigureError
        If there are no duplicates.
    """
    check_count("--rows", rows)
    if not groups:
        raise FigureError("The atlas has no duplicates: there is nothing to draw.")
    drawn = groups[:rows]
    title = f"{counted(len(groups), 'picture that is', 'pictures that are')} there more than once"
    if len(drawn) < len(groups):
        title = f"{len(drawn):,} of {title}"
    places, lines = _places([min(len(group.members), _COLUMNS) for group in drawn])
    aspects: npt.NDArray[np.float64] = np.array([copy.width / copy.height for copy in copies])
    with house_style():
        sheet = Sheet(
            paper,
            title,
            pictures,
            aspects,
            _COLUMNS + (_COLUMNS // 2 - 1) * _GAP,
            (float(lines), lines * _BELOW),
            thumb_size,
        )
        for group, (column, line) in zip(drawn, places, strict=True):
            _draw(sheet, group, copies, column, line)
    return sheet.page.figure


def _draw(
    sheet: Sheet, group: DuplicateGroup, copies: Sequence[Copy], column: float, line: int
) -> None:
    top = sheet.top - line * (sheet.row + _BELOW * sheet.line)
    shown = group.members[:_COLUMNS].tolist()
    for place, item in enumerate(shown):
        at, below = column + place, top - sheet.row
        sheet.picture(item, at, top, frame=BEST if place == 0 else None)
        said = group.edits[place] if place < len(group.edits) else ""
        sheet.words("best" if place == 0 else said or "same picture", at, below, strong=place == 0)
        copy = copies[item]
        sheet.words(copy.name, at, below - sheet.line, faint=True)
        size = f"{copy.width}×{copy.height}, {_said(copy.bytes)}"  # noqa: RUF001
        if place == len(shown) - 1 and len(group.members) > len(shown):
            size = f"and {len(group.members) - len(shown):,} more"
        sheet.words(size, at, below - 2 * sheet.line, faint=True)


def _places(lengths: Sequence[int]) -> tuple[list[tuple[float, int]], int]:
    """Return column and line of each group, and the number of lines: a group is not broken."""
    places: list[tuple[float, int]] = []
    taken, groups, line = 0, 0, 0
    for length in lengths:
        if taken + length > _COLUMNS:
            taken, groups, line = 0, 0, line + 1
        places.append((taken + groups * _GAP, line))
        taken, groups = taken + length, groups + 1
    return places, line + 1


def _said(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
