"""A contact sheet: pictures in rows with words under them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import GREY, INK, Page, Paper, shortened
from bilderatlas.publish.figures.tile import Pictures, Tile, add_tile

__all__ = ["Sheet", "check_count"]

_USUAL_WIDTH = 7.5  # inches
_PICTURE = 0.94  # of the width of a column
_RISE = (0.6, 1.25)  # height / width of a row's pictures
_LOWEST = 0.45  # height / width of a row on a page too small for more
_LINE = 1.25  # line height / letter size
_FEWEST_LETTERS = 6  # that a column must hold


def check_count(flag: str, value: int) -> None:
    """Raise FigureError unless a number that was asked for is at least 1."""
    if value < 1:
        raise FigureError(f"{flag} {value}: ask for at least one.")


class Sheet:
    """A page of columns of equal width; what stands on it is placed by column and height.

    Parameters
    ----------
    paper
        Name, caption, size and dpi. On a page of a given size all shrinks to fit.
    title
        What is shown.
    pictures, aspects
        Where pictures come from, and width / height of each, shape (n,).
    columns
        Width of the content in columns.
    rows
        Height of the content: in rows of pictures, and in lines of text that come on top of them.
    thumb_size
        Width of a column in inches; by default the columns fill the usual page.

    Attributes
    ----------
    page
        The page.
    column, row, line
        Width of a column, and height of a row of pictures and of a line of text, inches.
    top
        Where the content begins: inches above the lower edge of the room.
    """

    def __init__(
        self,
        paper: Paper,
        title: str,
        pictures: Pictures,
        aspects: npt.NDArray[np.float64],
        columns: float,
        rows: tuple[float, float],
        thumb_size: float | None = None,
    ) -> None:
        self.pictures = pictures
        self.aspects = aspects
        # A row is as high as most pictures need; the few that are taller get narrower.
        rise = float(np.clip(1 / np.median(aspects), *_RISE))
        squares, lines = rows[0] * rise, rows[1]
        asked = paper.inches(columns / squares)
        if asked is None:
            width = _USUAL_WIDTH if thumb_size is None else max(4.0, columns * thumb_size + 0.6)
            probe = Page(paper, title, width, room=1)
            self.column = probe.width / columns
            high = squares * self.column + lines * probe.small * _LINE / 72
            self.page = Page(paper, title, width, room=high)
        else:
            self.page = Page(paper, title, *asked)
            self.column = self.page.width / columns
        if thumb_size is not None:
            self.column = min(self.column, thumb_size)
        # Letters shrink with the pictures: both must fit between the ones below.
        self.small = min(self.page.small, self.column * 72 / (_FEWEST_LETTERS * 1.2))
        self.line = self.small * _LINE / 72
        self.row = min(self.column * rise, (self.page.height - lines * self.line) / rows[0])
        if self.row < _LOWEST * self.column:
            needed = _LOWEST * self.column * rows[0] + lines * self.line
            share = min(1.0, self.page.height / needed)
            self.column, self.small, self.line = (
                share * value for value in (self.column, self.small, self.line)
            )
            self.row = _LOWEST * self.column
        self.axes = self.page.axes(0, 0, self.page.width, self.page.height)
        self.top = self.page.height

    def picture(
        self,
        item: int,
        column: float,
        top: float,
        *,
        span: float = 1.0,
        frame: Any = None,
    ) -> Tile:
        """Put a picture into a box whose upper left corner is there, ``span`` columns wide."""
        width, height = span * self.column, span * self.row
        edge = min(width, height) * (1 - _PICTURE) / 2
        box = (
            column * self.column + edge,
            top - height + edge,
            width - 2 * edge,
            height - 2 * edge,
        )
        tile = Tile(self.pictures, item, box, frame, max(0.8, self.column * 72 / 45))
        return add_tile(self.axes, tile, float(self.aspects[item]))

    def words(
        self,
        text: str,
        column: float,
        top: float,
        *,
        span: float = 1.0,
        centred: bool = True,
        strong: bool = False,
        faint: bool = False,
    ) -> None:
        """Write a line of text, shortened to ``span`` columns, its upper edge at ``top``."""
        width = span * self.column
        at = column * self.column + (width / 2 if centred else 0.03 * self.column)
        self.axes.text(
            at,
            top,
            shortened(text, width * (0.76 if strong else 1), self.small),
            size=self.small,
            weight="bold" if strong else "normal",
            color=GREY if faint else INK,
            ha="center" if centred else "left",
            va="top",
        )
