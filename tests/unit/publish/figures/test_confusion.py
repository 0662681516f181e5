"""A confusion matrix."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from tests.unit.publish.figures.conftest import text_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.confusion import figure_confusion
from bilderatlas.publish.figures.page import Paper

MATRIX = np.array([[8, 2, 0], [1, 1208, 1], [0, 0, 5]])
NAMES = ["bath", "hall", "shed"]


def test_cells_say_how_many_and_which_share_of_the_row(paper: Paper) -> None:
    figure = figure_confusion(MATRIX, NAMES, "room", paper)
    words = text_of(figure)
    for said in ("8", "80.0%", "2", "20.0%", "1,208", "bath (10)", "told as this room"):
        assert f">{said}<" in words
    assert "99.7% of 1,225 pictures are told their room by a linear probe" in str(
        figure.get_label()
    )
    assert ">0<" not in words


def test_colours_show_the_share(paper: Paper, drawn: Callable[[Figure], np.ndarray]) -> None:
    figure = figure_confusion(MATRIX, NAMES, "room", paper)
    shares = figure.axes[0].images[0].get_array()
    assert shares is not None
    np.testing.assert_allclose(np.asarray(shares).sum(axis=1), 1)
    assert drawn(figure).min() < 80


@pytest.mark.parametrize("c", [1, 25, 80])
def test_any_number_of_classes_is_drawn(
    paper: Paper, c: int, drawn: Callable[[Figure], np.ndarray]
) -> None:
    names = [f"a class with a long name {number}" for number in range(c)]
    figure = figure_confusion(np.eye(c, dtype=int) * 7, names, "room", paper)
    words = text_of(figure)
    assert (f"a class with … name {c - 1}" in words or "long name" in words) == (c <= 60)
    assert drawn(figure).shape[0] > 100


def test_no_classes_are_no_figure(paper: Paper) -> None:
    with pytest.raises(FigureError, match="There are no classes to be told apart"):
        figure_confusion(np.zeros((0, 0), int), [], "room", paper)
