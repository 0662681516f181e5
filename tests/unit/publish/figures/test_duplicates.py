"""Duplicates sheet."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.publish.figures.conftest import text_of, tiles_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.duplicates import BEST, Copy, figure_duplicates
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.tile import Pictures
from bilderatlas.types import DuplicateGroup

COPIES = [Copy(f"{item}.jpg", 600, 400, 2_500_000 // (item + 1)) for item in range(20)]
GROUPS = [
    DuplicateGroup("same", np.array([3, 1, 2], np.int32), ("", "mirrored", "cropped, smaller")),
    DuplicateGroup("exact", np.array([4, 5], np.int32), ("", "same bytes")),
    DuplicateGroup("same", np.arange(6, 15, dtype=np.int32), ("", *["smaller"] * 8)),
]


def test_copies_stand_side_by_side_the_best_framed_and_edits_in_words(
    pictures: Pictures, paper: Paper
) -> None:
    figure = figure_duplicates(GROUPS[:2], COPIES, pictures, paper)
    tiles = tiles_of(figure)
    assert [tile.item for tile in tiles] == [3, 1, 2, 4, 5]
    assert [tile.frame for tile in tiles] == [BEST, None, None, BEST, None]
    assert len({tile.box[1] for tile in tiles}) == 1
    words = text_of(figure)
    assert words.count(">best<") == 2
    assert all(f">{said}<" in words for said in ("mirrored", "cropped, smaller", "same bytes"))
    assert ">600×400, 1.2 MB<" in words  # noqa: RUF001
    assert "2 pictures that are there more than once" in words


def test_a_group_is_not_broken_and_what_does_not_fit_is_counted(
    pictures: Pictures, paper: Paper
) -> None:
    figure = figure_duplicates(GROUPS, COPIES, pictures, paper)
    tiles = tiles_of(figure)
    assert [tile.item for tile in tiles[5:]] == list(range(6, 12))
    assert tiles[5].box[1] < tiles[4].box[1]
    assert "and 3 more" in text_of(figure)


def test_the_title_says_how_many_groups_there_are(pictures: Pictures, paper: Paper) -> None:
    figure = figure_duplicates(GROUPS, COPIES, pictures, paper, rows=1)
    assert "1 of 3 pictures that are there more than once" in text_of(figure)


def test_no_duplicates_are_no_figure(pictures: Pictures, paper: Paper) -> None:
    with pytest.raises(FigureError, match="The atlas has no duplicates"):
        figure_duplicates([], COPIES, pictures, paper)
