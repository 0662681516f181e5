"""Small multiples."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from tests.unit.publish.figures.conftest import text_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.perplexities import Trial, figure_perplexities
from bilderatlas.publish.site.columns import Column

PLACES = np.random.default_rng(2).normal(size=(30, 2)).astype(np.float32)
TRIALS = [Trial(p, i, PLACES, p / 100, 10) for p in (5.0, 30.0) for i in (300, 600, 1000)]


def test_each_perplexity_is_a_row_and_each_number_of_iterations_a_column(paper: Paper) -> None:
    figure = figure_perplexities(TRIALS, None, paper)
    corners = np.array([axes.get_position().p0 for axes in figure.axes])
    assert len(np.unique(corners[:, 0].round(4))) == 3
    assert len(np.unique(corners[:, 1].round(4))) == 2
    drawn = [c for axes in figure.axes for c in axes.collections if isinstance(c, PathCollection)]
    assert sum(len(np.asarray(points.get_offsets())) for points in drawn) == 6 * 30


def test_each_map_says_how_it_was_made_and_what_it_keeps(paper: Paper) -> None:
    words = text_of(figure_perplexities(TRIALS, None, paper))
    assert "perplexity 30, 1,000 iterations" in words
    assert "keeps 3.0 of 10" in words
    assert "30 pictures by t-SNE of 2 perplexities and 3 numbers of iterations" in words


def test_classes_share_one_legend(paper: Paper) -> None:
    column = Column("room", "category", (np.arange(30) % 2).astype(np.uint16), ["bath", "hall"])
    assert text_of(figure_perplexities(TRIALS, column, paper)).count("bath (15)") == 1
    with pytest.raises(FigureError, match="--colour price: small maps show classes"):
        figure_perplexities(TRIALS, Column("price", "number", np.zeros(30)), paper)
