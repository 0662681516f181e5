"""A confusion matrix: which classes are taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import GREY, INK, Page, Paper, house_style, shortened

__all__ = ["figure_confusion"]

_CELL = (0.22, 0.75)  # inches
_NAMED = 60  # classes up to which each is named
_DARK = 0.3  # share from which letters on a cell are white
_NAME = 1.4  # inches of a name, at most
_POINTS, _LETTER = 7.5, 0.6  # size of letters on a small page, and their width / size


def figure_confusion(
    confusion: npt.NDArray[np.integer], names: Sequence[str], label: str, paper: Paper
) -> Figure:
    """Draw how many items of each class (row) are told as each class (column).

    Cells hold the number of items and, below it, the share of the row; colours show the square
    root of the share, so that rare confusions are seen.

    Parameters
    ----------
    confusion
        Shape (c, c): items of class i that were told as class j.
    names
        Of the c classes.
    label
        What the classes are called.
    paper
        Name, caption, size and dpi.

    Raises
    ------
    FigureError
        If there are no classes.
    """
    c = len(names)
    if c == 0 or confusion.sum() == 0:
        raise FigureError("There are no classes to be told apart: choose another --colour.")
    rows = confusion.sum(axis=1)
    shares = confusion / np.maximum(rows, 1)[:, None]
    right = float(np.trace(confusion) / confusion.sum())
    title = f"{right:.1%} of {int(rows.sum()):,} pictures are told their {label} by a linear probe"
    with house_style():
        names = list(names) if c <= _NAMED else [""] * c
        entries = [f"{name} ({n:,})" if name else "" for name, n in zip(names, rows, strict=True)]
        usual = float(np.clip(6.0 / c, *_CELL))
        # Names lie below their columns where they are short, and stand where they are not.
        letter = _LETTER * _POINTS / 72
        lying = max(map(len, names)) * letter < usual
        below = 0.45 + (0 if lying else min(_NAME, max(map(len, names)) * letter))
        beside = 0.3 + min(_NAME, max(map(len, entries)) * letter)
        probe = Page(paper, title, max(4.5, c * usual + beside + 0.6), room=c * usual + below)
        size = paper.inches(1.0)
        page = probe if size is None else Page(paper, title, *size)
        factor = page.text / _POINTS
        beside, below = beside * factor, below * factor
        side = min(page.width - beside, page.height - below)
        if side <= 0:
            raise FigureError(f"--size {paper.size}: the names of the classes need a larger one.")
        axes = page.plot(beside, page.height - side, side, side)
        axes.imshow(shares, cmap="Blues", norm=PowerNorm(0.5, 0, 1), aspect="equal")
        axes.set_xlabel(f"told as this {label}", size=page.text, color=GREY)
        axes.set_ylabel(f"given as this {label}", size=page.text, color=GREY)
        for edge in axes.spines.values():
            edge.set_visible(False)
        cell = side / c * 72  # points
        letters = min(page.text, cell * 0.7)
        room = _NAME * factor
        axes.set_xticks(
            range(c),
            [shortened(name, room, letters) for name in names],
            rotation=0 if lying else 90,
            size=letters,
        )
        axes.set_yticks(
            range(c), [shortened(entry, room, letters) for entry in entries], size=letters
        )
        axes.tick_params(length=0)
        axes.set_xticks(np.arange(c + 1) - 0.5, minor=True)
        axes.set_yticks(np.arange(c + 1) - 0.5, minor=True)
        axes.grid(which="minor", color="white", linewidth=1)
        axes.tick_params(which="minor", length=0)
        if cell >= 11:
            for row, column in np.argwhere(confusion > 0).tolist():
                share = shares[row, column]
                said = f"{confusion[row, column]:,}"
                if cell >= 24:
                    said += f"\n{share:.1%}"
                axes.text(
                    column, row, said, ha="center", va="center", linespacing=1.2,
                    size=min(page.text, cell / 4), color="white" if share > _DARK else INK,
                )  # fmt: skip
    return page.figure
