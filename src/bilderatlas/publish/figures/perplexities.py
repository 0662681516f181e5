"""Small multiples: the same pictures by t-SNE of several perplexities and iterations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.colours import FAINT, PALETTE, Classes
from bilderatlas.publish.figures.map import MapOnPaper
from bilderatlas.publish.figures.page import Page, Paper, house_style
from bilderatlas.publish.figures.scatter import dot_area, draw_classes, draw_points, opacity
from bilderatlas.publish.site.columns import Column
from bilderatlas.publish.wording import counted
from bilderatlas.types import Float32Array

__all__ = ["Trial", "figure_perplexities"]

_WIDE = 0.8  # height / width of a small map


@dataclass(frozen=True, slots=True)
class Trial:
    """One map.

    Attributes
    ----------
    perplexity, iterations
        What it was made with.
    positions
        Shape (n, 2), y upwards.
    kept
        Share of the nearest of each item that it keeps, 0…1.
    of
        How many nearest that is of.
    """

    perplexity: float
    iterations: int
    positions: Float32Array
    kept: float
    of: int


def figure_perplexities(trials: Sequence[Trial], colour: Column | None, paper: Paper) -> Figure:
    """Draw maps side by side: a row for each perplexity, a column for each number of iterations.

    Parameters
    ----------
    trials
        One for each pair of a perplexity and a number of iterations.
    colour
        Categories that the colours show, a value for each item; ``None``: nothing.
    paper
        Name, caption, size and dpi.

    Raises
    ------
    FigureError
        If the colours would not show categories.
    """
    if colour is not None and colour.kind != "category":
        raise FigureError(
            f"--colour {colour.name}: small maps show classes, and these are numbers or dates: "
            "choose another column."
        )
    rows = sorted({trial.perplexity for trial in trials})
    columns = sorted({trial.iterations for trial in trials})
    n = len(trials[0].positions)
    of = f"{len(rows)} perplexities" if len(rows) > 1 else f"perplexity {rows[0]:g}"
    steps = f"{len(columns)} numbers of" if len(columns) > 1 else f"{columns[0]:,}"
    title = f"{counted(n, 'picture')} by t-SNE of {of} and {steps} iterations"
    if colour is not None:
        title += f", by {colour.name}"
    everyone = np.ones(n, bool)
    with house_style():
        found = None if colour is None else Classes.of(colour, everyone)
        unknown = 0 if found is None else int((found.codes < 0).sum())
        others = f"no value ({unknown:,})" if unknown else ""
        aspect = len(columns) / (len(rows) * _WIDE)
        size = paper.inches(aspect)
        if size is None:
            across = 7.5 if len(columns) > 1 else 5.0
            size = (across, 1.3 + (across - 1.8) / len(columns) * _WIDE * len(rows))
        page = Page(paper, title, *size)
        if colour is not None:
            found = Classes.that_fit(page, colour, everyone, others)
        side = 0.0 if found is None else found.legend_width(page, others) + 0.1
        head = 3.2 * page.small / 72
        width, height = (page.width - side) / len(columns), page.height / len(rows)
        for trial in trials:
            left = columns.index(trial.iterations) * width
            bottom = page.height - (rows.index(trial.perplexity) + 1) * height
            window = (left, bottom, 0.94 * width, height - head)
            drawn = MapOnPaper(page, window, trial.positions, everyone)
            area = dot_area(n, window[2] * window[3])
            if found is None:
                draw_points(drawn.axes, drawn.points, area, PALETTE[0], opacity(n), n)
            else:
                draw_points(drawn.axes, drawn.points[found.codes < 0], area, FAINT, 1.0, n)
                draw_classes(drawn.axes, drawn.points, found, area, opacity(n), n)
            drawn.axes.set_title(
                f"perplexity {trial.perplexity:g}, {trial.iterations:,} iterations\n"
                f"keeps {trial.kept * trial.of:.1f} of {trial.of}",
                size=page.small,
                loc="left",
                pad=1,
            )
        if found is not None:
            found.legend(page, side - 0.1, others)
    return page.figure
