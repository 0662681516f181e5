"""Cluster sheets."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.publish.figures.conftest import text_of, tiles_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.clusters import figure_clusters
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.tile import Pictures
from bilderatlas.types import Cluster

ASPECTS = np.full(64, 1.5)


def cluster(name: str, first: int, size: int) -> Cluster:
    members = np.arange(first, first + size, dtype=np.int32)
    return Cluster(name, first + 1, members, np.linspace(1, 0.2, size).astype(np.float32))


CLUSTERS = [cluster("beds", 0, 4), cluster("tubs", 4, 30), cluster("roofs", 34, 12)]


def test_the_exemplar_is_large_and_both_ends_of_the_members_are_beside_it(
    pictures: Pictures, paper: Paper
) -> None:
    figure = figure_clusters(CLUSTERS, ASPECTS, pictures, paper, only=["tubs"])
    tiles = tiles_of(figure)
    assert [tile.item for tile in tiles] == [5, 4, *range(6, 14), *range(25, 34)]
    assert tiles[0].box[2] == pytest.approx(2 * tiles[1].box[2])
    words = text_of(figure)
    assert all(f">{said}<" in words for said in ("tubs (30)", "firmest 1.00", "0.20", "exemplar"))
    assert "1 of 3 clusters" in words


def test_a_small_cluster_is_shown_whole(pictures: Pictures, paper: Paper) -> None:
    figure = figure_clusters(CLUSTERS, ASPECTS, pictures, paper, only=["roofs"])
    assert sorted(tile.item for tile in tiles_of(figure)) == list(range(34, 46))
    assert "loosest" not in text_of(figure)


def test_the_largest_clusters_come_first_and_the_title_says_how_many_there_are(
    pictures: Pictures, paper: Paper
) -> None:
    figure = figure_clusters(CLUSTERS, ASPECTS, pictures, paper, rows=2)
    words = text_of(figure)
    assert "the largest 2 of 3 clusters" in words
    assert words.index("tubs (30)") < words.index("roofs (12)")
    assert "beds" not in words


def test_what_is_not_there_is_answered_in_a_sentence(pictures: Pictures, paper: Paper) -> None:
    with pytest.raises(FigureError, match="--only attic: there is no cluster 'attic'; choose"):
        figure_clusters(CLUSTERS, ASPECTS, pictures, paper, only=["attic"])
    with pytest.raises(FigureError, match="The atlas has no clusters"):
        figure_clusters([], ASPECTS, pictures, paper)
    with pytest.raises(FigureError, match="--rows 0: ask for at least one"):
        figure_clusters(CLUSTERS, ASPECTS, pictures, paper, rows=0)
