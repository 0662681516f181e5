"""The sheet of paper that a figure is drawn on: its size, its title, its caption, its letters."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError

__all__ = ["GREY", "INK", "Page", "Paper", "house_style", "quoted", "shortened"]

INK = "#1a1a1a"
GREY = "#6b6b6b"
"""Of captions; 5.3 : 1 on white."""

_A0 = (33.11, 46.81)  # inches, upright
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*x\s*(\d+(?:\.\d+)?)")
_SMALLEST, _LARGEST = 2.0, 200.0  # inches
_DPI = (30, 2400)
_MARGIN = 0.3  # inches on a page as large as A4
_A4_WIDTH = 8.27
_TITLE, _TEXT, _SMALL = 10.0, 7.5, 6.5  # points on a page as large as A4
_MOST_QUOTED = 12
_LINE = 1.3  # line height / letter size
_LETTER = 0.57  # mean width / size of a letter

# Asked in this order for what DejaVu Sans, which comes with Matplotlib, has no letter for.
_FONTS = (
    "DejaVu Sans", "Noto Sans", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK KR",
    "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Arial Unicode MS",
    "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic",
)  # fmt: skip


def house_style() -> AbstractContextManager[None]:
    """Return the context in which figures are made and saved: letters, ink, embedded fonts."""
    return rc_context(
        {
            "font.family": _fonts(),
            "text.color": INK,
            "text.parse_math": False,  # a file name may hold a $
            "axes.labelcolor": INK,
            "axes.edgecolor": GREY,
            "xtick.color": INK,
            "ytick.color": INK,
            "figure.facecolor": "white",
            "savefig.facecolor": "white",
            "axes.unicode_minus": True,
            "pdf.fonttype": 42,  # TrueType: text that can be searched and edited
            "svg.fonttype": "none",
            "svg.hashsalt": "bilderatlas",  # the same figure is the same file
        }
    )


def quoted(names: Sequence[str]) -> str:
    """Return names as they are typed after ``--only``; of very many, the first."""
    shown = [f'"{name}"' if "," in name else name for name in names[:_MOST_QUOTED]]
    return ", ".join([*shown, "…"] if len(names) > len(shown) else shown)


def shortened(text: str, inches: float, points: float) -> str:
    """Return the text, with … in its middle if it is wider than ``inches`` at that letter size.

    Tabs and line breaks, which file names may hold, become blanks.
    """
    text = _CONTROL.sub(" ", text)
    room = max(3, int(inches * 72 / (points * _LETTER)))
    if len(text) <= room:
        return text
    tail = (room - 1) // 2
    return f"{text[: room - 1 - tail]}…{text[-tail:]}"


@dataclass(frozen=True, slots=True)
class Paper:
    """What all kinds of figure are asked for.

    Attributes
    ----------
    name
        Of the collection: the title begins with it.
    caption
        What is printed small below the drawing.
    size
        ``A4`` to ``A0``, which lies or stands as suits the drawing, or inches as in ``7x5``;
        ``None``: as suits the drawing.
    dpi
        Dots per inch of pictures, and of all where the file holds dots.
    """

    name: str
    caption: str = ""
    size: str | None = None
    dpi: int = 300

    def __post_init__(self) -> None:
        if not _DPI[0] <= self.dpi <= _DPI[1]:
            raise FigureError(f"--dpi {self.dpi}: give a number from {_DPI[0]} to {_DPI[1]}.")

    def inches(self, aspect: float) -> tuple[float, float] | None:
        """Return (width, height) of the asked size; a named one lies if ``aspect`` is above 1.

        Raises
        ------
        FigureError
            If there is no such size.
        """
        if self.size is None:
            return None
        asked = self.size.strip()
        if re.fullmatch(r"[aA][0-4]", asked):
            short, long = (side / 2 ** (int(asked[1]) / 2) for side in _A0)
            return (long, short) if aspect > 1 else (short, long)
        if found := _SIZE.fullmatch(asked):
            width, height = (float(side) for side in found.groups())
            if min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST:
                return width, height
        raise FigureError(
            f"--size {self.size}: give A4, A3, A2, A1, A0, or inches as in 7x5, from "
            f"{_SMALLEST:g} to {_LARGEST:g}."
        )


class Page:
    """A figure with its title and caption, and the room that is left between them.

    Parameters
    ----------
    paper
        What was asked.
    title
        What is shown, and how many; the collection's name goes before it.
    width
        Of the page, inches.
    height
        Of the page, inches; or `room`, of the drawing.
    room
        Height of the drawing in inches, if the page is to be as high as that needs.

    Attributes
    ----------
    figure
        The figure.
    left, bottom, width, height
        The room for the drawing, inches from the lower left corner of the page.
    text, small
        Letter sizes, points.
    """

    def __init__(
        self,
        paper: Paper,
        title: str,
        width: float,
        height: float | None = None,
        *,
        room: float = 0.0,
    ) -> None:
        factor = max(1.0, min(width, height or width) / _A4_WIDTH)
        self.text, self.small = _TEXT * factor, _SMALL * factor
        margin = _MARGIN * factor
        heading, head = _wrapped(f"{paper.name}: {title}", width - 2 * margin, _TITLE * factor)
        caption, foot = _wrapped(paper.caption, width - 2 * margin, self.small)
        gap = 0.12 * factor
        taken = 2 * margin + head + foot + 2 * gap
        full = taken + room if height is None else height
        self.left, self.bottom = margin, margin + foot + gap
        self.width, self.height = width - 2 * margin, full - taken
        if self.width < 1 or self.height < 0.5:
            raise FigureError(
                f"--size {paper.size}: beside title and caption no room is left to draw in: "
                "give a larger one."
            )
        self.figure = Figure(figsize=(width, full), dpi=paper.dpi)
        self.figure.set_label(f"{paper.name}: {title}")
        for text, size, weight, colour, y, side in (
            (heading, _TITLE * factor, "bold", INK, 1 - margin / full, "top"),
            (caption, self.small, "normal", GREY, margin / full, "bottom"),
        ):
            self.figure.text(
                margin / width, y, text, size=size, weight=weight, color=colour, ha="left",
                va=side, linespacing=_LINE,
            )  # fmt: skip

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return axes for a part of the room, given in inches within it; they measure inches."""
        axes = self.plot(left, bottom, width, height)
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.set_axis_off()
        return axes

    def plot(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return ordinary axes for a part of the room, given in inches within it."""
        across, up = self.figure.get_size_inches()
        return self.figure.add_axes(
            (
                (self.left + left) / across,
                (self.bottom + bottom) / up,
                width / across,
                height / up,
            )
        )


def _wrapped(text: str, inches: float, points: float) -> tuple[str, float]:
    """Return the text in lines of that width, and their height in inches."""
    lines = textwrap.wrap(text, max(10, int(inches * 72 / (points * _LETTER))))
    return "\n".join(lines), len(lines) * points * _LINE / 72


@cache
def _fonts() -> list[str]:
    there = set(font_manager.get_font_names())
    return [name for name in _FONTS if name in there]
