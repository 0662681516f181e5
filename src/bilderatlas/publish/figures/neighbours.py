"""Neighbour strips: pictures, and to the right of each those most like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import INK, Paper, house_style
from bilderatlas.publish.figures.sheet import Sheet
from bilderatlas.publish.figures.tile import Pictures
from bilderatlas.publish.wording import counted
from bilderatlas.types import Float32Array, Int32Array

__all__ = ["Strip", "figure_neighbours"]

OTHER = "#d55e00"
"""Frame of a neighbour of another class, whose name is written as well."""

_GAP = 0.25  # columns between a picture and its neighbours
_HEADING = 1.6  # lines
_BELOW = 2.5  # lines


@dataclass(frozen=True, slots=True)
class Strip:
    """A picture and those most like it.

    Attributes
    ----------
    item
        The picture.
    ids, similarity
        Shape (k,): its neighbours, nearest first.
    relations
        For each: ``exact`` or ``same picture`` if it shows the same picture, else nothing.
    """

    item: int
    ids: Int32Array
    similarity: Float32Array
    relations: Sequence[str]


def figure_neighbours(
    groups: Sequence[tuple[str, Sequence[Strip]]],
    names: Sequence[str],
    labels: Sequence[str | None] | None,
    aspects: npt.NDArray[np.float64],
    pictures: Pictures,
    paper: Paper,
    *,
    thumb_size: float | None = None,
) -> Figure:
    """Draw a row for each picture: itself, then its neighbours with their similarity.

    A neighbour of another class is framed, with its class in words; one that is the same picture
    once more is marked as such.

    Parameters
    ----------
    groups
        Strips under their headings; an empty heading is not written.
    names
        Of all items: what is written below a picture that has strips.
    labels
        Class of all items, if there are classes.
    aspects
        Shape (n,): width / height of each picture.
    pictures
        Where they come from.
    paper
        Name, caption, size and dpi.
    thumb_size
        Width of a column in inches.

    Raises
    ------
    FigureError
        If there is no strip.
    """
    strips = [strip for _, own in groups for strip in own]
    if not strips:
        raise FigureError("There is no picture to show the neighbours of: name others.")
    k = max(len(strip.ids) for strip in strips)
    if k == 0:
        raise FigureError("The atlas has one picture, which has no neighbours to draw.")
    headings = sum(1 for name, _ in groups if name)
    most = f"{'one' if k == 1 else k} most like {'it' if len(strips) == 1 else 'each'}"
    title = f"{counted(len(strips), 'picture')}, and the {most} by their vectors"
    with house_style():
        rows = (float(len(strips)), headings * _HEADING + len(strips) * _BELOW)
        sheet = Sheet(paper, title, pictures, aspects, k + 1 + _GAP, rows, thumb_size)
        top = sheet.top
        for heading, own in groups:
            if heading:
                sheet.words(heading, 0, top, span=k + 1, centred=False, strong=True)
                top -= _HEADING * sheet.line
            for strip in own:
                _draw(sheet, strip, top, names, labels)
                top -= sheet.row + _BELOW * sheet.line
    return sheet.page.figure


def _draw(
    sheet: Sheet,
    strip: Strip,
    top: float,
    names: Sequence[str],
    labels: Sequence[str | None] | None,
) -> None:
    below = top - sheet.row
    sheet.picture(strip.item, 0, top, frame=INK)
    sheet.words(names[strip.item], 0, below, span=1 + _GAP, centred=False, faint=True)
    for place, (item, similarity, relation) in enumerate(
        zip(strip.ids.tolist(), strip.similarity.tolist(), strip.relations, strict=True)
    ):
        column = 1 + _GAP + place
        other = None
        if labels is not None and labels[item] != labels[strip.item]:
            other = labels[item] or "no class"
        sheet.picture(item, column, top, frame=OTHER if other else None)
        sheet.words(f"{similarity:.2f}", column, below)
        said = {"exact": "same bytes"}.get(relation, relation) or other or ""
        sheet.words(said, column, below - sheet.line, strong=True)
