"""Cluster sheets: the exemplar of each cluster large, beside it its members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import INK, Paper, house_style, quoted
from bilderatlas.publish.figures.sheet import Sheet, check_count
from bilderatlas.publish.figures.tile import Pictures
from bilderatlas.publish.wording import counted
from bilderatlas.types import Cluster

__all__ = ["figure_clusters"]

_LARGE = 2  # columns of the exemplar, and rows beside it
_ACROSS = 9  # members in a row
_GAP = 0.3  # columns after the exemplar
_HEADING = 1.7  # lines
_BELOW = 1.7  # lines under each row


def figure_clusters(
    clusters: Sequence[Cluster],
    aspects: npt.NDArray[np.float64],
    pictures: Pictures,
    paper: Paper,
    *,
    rows: int = 12,
    only: Sequence[str] = (),
    thumb_size: float | None = None,
) -> Figure:
    """Draw clusters: the firmest members in the upper row, the loosest in the lower one.

    Under each member stands its strength: which share of the similarity to its neighbours is to
    such as belong to the cluster.

    Parameters
    ----------
    clusters
        The clusters, in order of their numbers.
    aspects
        Shape (n,): width / height of each picture.
    pictures
        Where they come from.
    paper
        Name, caption, size and dpi.
    rows
        How many clusters are drawn: the largest.
    only
        Names of the clusters to draw instead.
    thumb_size
        Width of a column in inches.

    Raises
    ------
    FigureError
        If there are no clusters, or none of such a name.
    """
    check_count("--rows", rows)
    there = [cluster.name for cluster in clusters]
    if not there:
        raise FigureError("The atlas has no clusters: there is nothing to draw.")
    if missing := [name for name in only if name not in there]:
        raise FigureError(
            f"--only {','.join(only)}: there is no cluster {missing[0]!r}; choose from "
            f"{quoted(there)}."
        )
    if only:
        drawn = [cluster for cluster in clusters if cluster.name in only]
    else:
        drawn = sorted(clusters, key=lambda cluster: -len(cluster.members))[:rows]
    title = counted(len(drawn), "cluster")
    if len(drawn) < len(clusters):
        which = "" if only else "the largest "
        title = f"{which}{len(drawn):,} of {len(clusters):,} clusters"
    each = (float(_LARGE), _HEADING + _LARGE * _BELOW)
    with house_style():
        height = (len(drawn) * each[0], len(drawn) * each[1])
        sheet = Sheet(paper, title, pictures, aspects, _LARGE + _GAP + _ACROSS, height, thumb_size)
        for number, cluster in enumerate(drawn):
            taken = each[0] * sheet.row + each[1] * sheet.line
            _draw(sheet, cluster, sheet.top - number * taken)
    return sheet.page.figure


def _draw(sheet: Sheet, cluster: Cluster, top: float) -> None:
    heading = f"{cluster.name} ({len(cluster.members):,})"
    sheet.words(heading, 0, top, span=_LARGE + _ACROSS, centred=False, strong=True)
    top -= _HEADING * sheet.line
    sheet.picture(cluster.exemplar, 0, top, span=_LARGE, frame=INK)
    sheet.words("exemplar", 0, top - _LARGE * sheet.row, span=_LARGE, faint=True)
    others = np.flatnonzero(cluster.members != cluster.exemplar)
    # A small cluster is shown whole, firmest first; of a large one both ends.
    first = others[:_ACROSS]
    last = others[_ACROSS:][-_ACROSS:]
    cut = len(others) > 2 * _ACROSS
    for row, places in enumerate((first, last)):
        upper = top - row * (sheet.row + _BELOW * sheet.line)
        for place, member in enumerate(places.tolist()):
            column = _LARGE + _GAP + place
            sheet.picture(int(cluster.members[member]), column, upper)
            said = f"{cluster.strength[member]:.2f}"
            if cut and place == 0:
                said = f"{'firmest' if row == 0 else 'loosest'} {said}"
            sheet.words(said, column, upper - sheet.row)
