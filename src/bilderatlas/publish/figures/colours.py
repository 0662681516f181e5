"""Colours and marks of classes, safe for colour-blind readers, and of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import Page, quoted, shortened
from bilderatlas.publish.site.columns import MISSING, Column
from bilderatlas.types import BoolArray

__all__ = ["FAINT", "MOST_CLASSES", "NUMBERS", "PALETTE", "Classes", "chosen"]

PALETTE = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#a08c00",
)  # fmt: skip
"""Okabe & Ito (2008), "Color Universal Design"; their yellow, too light on paper, is darkened."""

MARKS = "o^sDvPX*"
"""Beyond eight classes the colours come again with another mark."""

MOST_CLASSES = 24
"""Beyond so many, the rest is one class: nobody tells more apart."""

_REST = "#8a8a8a"

FAINT = "#d0d0d0"
"""Of items that are only there to show the shape of the whole."""

NUMBERS = "cividis"
"""Colours of numbers; the same to colour-blind readers (Nuñez, Anderton & Renslow 2018)."""

_LEGEND_SHARE = 0.32  # of the width of the page, at most
_LINE = 1.62  # line height / letter size, as Matplotlib sets legends


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a column as they are drawn.

    Attributes
    ----------
    names
        The most frequent first.
    codes
        Shape (n,), int64: the class of each item, -1 without.
    folded
        Whether the last stands for all that are rarer.
    """

    names: tuple[str, ...]
    codes: npt.NDArray[np.int64]
    folded: bool

    @classmethod
    def of(cls, column: Column, asked: BoolArray, most: int = MOST_CLASSES) -> Classes:
        """Return the classes of a column of categories; those of the ``asked`` items, (n,), count.

        Up to ``most`` are told apart.
        """
        codes = column.values.astype(np.int64)
        codes[~asked | (codes == MISSING)] = -1
        counts = np.bincount(codes[codes >= 0], minlength=len(column.categories))
        there = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        names = [column.categories[code] for code in there]
        folded = len(there) > most
        if folded:
            names = [*names[: most - 1], f"{len(there) - most + 1} other"]
        number = np.full(len(column.categories) + 1, -1, np.int64)
        number[there] = np.minimum(np.arange(len(there)), most - 1)
        return cls(tuple(names), number[codes], folded)

    @classmethod
    def that_fit(
        cls,
        page: Page,
        column: Column,
        asked: BoolArray,
        others: str = "",
        most: int = MOST_CLASSES,
    ) -> Classes:
        """Return as many classes as a legend on the page can list, beside the ``others``."""
        lines = int(page.height * 72 / (page.text * _LINE)) - bool(others)
        return cls.of(column, asked, max(2, min(most, lines)))

    def colour(self, code: int) -> str:
        """Return the colour of a class; that of all rarer ones is grey."""
        if self.folded and code == len(self.names) - 1:
            return _REST
        return PALETTE[code % len(PALETTE)]

    def mark(self, code: int) -> str:
        """Return the mark of a class."""
        return MARKS[code // len(PALETTE) % len(MARKS)]

    def legend_width(self, page: Page, others: str = "") -> float:
        """Return how many inches the legend needs, with the name of those drawn faint."""
        longest = max(len(entry) for entry in (*self._entries(), others))
        return float(min(0.3 + longest * page.text * 0.6 / 72, _LEGEND_SHARE * page.width))

    def legend(self, page: Page, width: float, others: str = "") -> Legend:
        """Write who is who to the upper right of the page, and who is drawn faint, if anyone."""
        handles = [
            Line2D([], [], ls="", marker=self.mark(code), color=self.colour(code), label=entry)
            for code, entry in enumerate(self._entries())
        ]
        if others:
            handles.append(Line2D([], [], ls="", marker="o", color=FAINT, label=others))
        for handle in handles:
            label = shortened(str(handle.get_label()), width - 0.25, page.text)
            handle.set_label(label)
            handle.set_markersize(page.text * 0.75)
        figure: Figure = page.figure
        across, up = figure.get_size_inches()
        corner = (page.left + page.width - width, page.bottom + page.height)
        return figure.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(corner[0] / across, corner[1] / up),
            borderaxespad=0,
            borderpad=0,
            frameon=False,
            fontsize=page.text,
            handletextpad=0.2,
        )

    def _entries(self) -> list[str]:
        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(self.names))
        return [f"{name} ({count:,})" for name, count in zip(self.names, counts, strict=True)]


def chosen(column: Column | None, only: Sequence[str], n: int) -> BoolArray:
    """Return which items are of one of the classes ``only``, shape (n,); all, if none is named.

    Raises
    ------
    FigureError
        If the column holds no such class.
    """
    if not only:
        return np.ones(n, bool)
    asked = ",".join(only)
    if column is None or column.kind != "category":
        raise FigureError(
            f"--only {asked}: there are no classes to choose from; name their column by --colour."
        )
    missing = [name for name in only if name not in column.categories]
    if missing:
        raise FigureError(
            f"--only {asked}: {column.name} has no {missing[0]!r}; choose from "
            f"{quoted(column.categories)}."
        )
    codes = [list(column.categories).index(name) for name in only]
    found: BoolArray = np.isin(column.values, codes)
    return found
