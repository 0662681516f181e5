"""Neighbour strips."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.publish.figures.conftest import text_of, tiles_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.neighbours import OTHER, Strip, figure_neighbours
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.tile import Pictures

NAMES = [f"{item}.jpg" for item in range(6)]
LABELS = ["bath", "bath", "bath", "hall", "hall", None]
ASPECTS = np.full(6, 1.5)


def strip(item: int, *near: int, relations: tuple[str, ...] = ("", "", "")) -> Strip:
    similarity = np.array([0.914, 0.5, 0.25], np.float32)
    return Strip(item, np.array(near, np.int32), similarity, relations)


def test_a_row_has_the_picture_and_its_neighbours_nearest_first(
    pictures: Pictures, paper: Paper
) -> None:
    groups = [("bath (3)", [strip(0, 1, 2, 3)]), ("hall (2)", [strip(4, 3, 5, 0)])]
    figure = figure_neighbours(groups, NAMES, LABELS, ASPECTS, pictures, paper)
    tiles = tiles_of(figure)
    assert [tile.item for tile in tiles] == [0, 1, 2, 3, 4, 3, 5, 0]
    assert [tile.box[0] for tile in tiles[:4]] == sorted(tile.box[0] for tile in tiles[:4])
    assert tiles[4].box[1] < tiles[0].box[1]
    words = text_of(figure)
    assert all(f">{said}<" in words for said in ("bath (3)", "hall (2)", "0.91", "0.50", "4.jpg"))


def test_a_neighbour_of_another_class_is_framed_and_named(pictures: Pictures, paper: Paper) -> None:
    figure = figure_neighbours([("", [strip(0, 1, 3, 5)])], NAMES, LABELS, ASPECTS, pictures, paper)
    assert [tile.frame for tile in tiles_of(figure)[1:]] == [None, OTHER, OTHER]
    assert ">hall<" in text_of(figure)
    assert ">no class<" in text_of(figure)


def test_the_same_picture_once_more_is_told_from_a_look_alike(
    pictures: Pictures, paper: Paper
) -> None:
    own = strip(0, 1, 2, 3, relations=("exact", "same picture", ""))
    words = text_of(figure_neighbours([("", [own])], NAMES, None, ASPECTS, pictures, paper))
    assert ">same bytes<" in words
    assert ">same picture<" in words


def test_a_sheet_shrinks_to_the_paper_that_was_asked_for(pictures: Pictures) -> None:
    groups = [("", [strip(0, 1, 2, 3)] * 30)]
    paper = Paper("Rooms", size="A4", dpi=50)
    figure = figure_neighbours(groups, NAMES, None, ASPECTS, pictures, paper)
    assert figure.get_size_inches().tolist() == pytest.approx([8.28, 11.7], abs=0.01)
    assert min(tile.box[1] for tile in tiles_of(figure)) >= 0


def test_nothing_asked_for_is_no_figure(pictures: Pictures, paper: Paper) -> None:
    with pytest.raises(FigureError, match="There is no picture to show the neighbours of"):
        figure_neighbours([], NAMES, None, ASPECTS, pictures, paper)
