"""A map of real photographs that grows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import bilderatlas as ba
from bilderatlas.analysis.layouts.tsne import TSNE
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import kept
from bilderatlas.types import Float32Array

MORE = 200


@pytest.fixture(scope="module")
def photographs(houses_atlas: Path) -> Float32Array:
    """Return the vectors, 200 photographs drawn by lot last."""
    vectors = ba.open(houses_atlas).vectors
    return vectors[np.random.default_rng(0).permutation(len(vectors))]


@pytest.fixture(scope="module")
def before(photographs: Float32Array) -> tuple[TSNE, Float32Array]:
    """Return the layout and the map without the last 200."""
    old = photographs[:-MORE]
    layout = TSNE()
    return layout, layout.fit_transform(nearest(old, 90), old)


def test_two_hundred_more_leave_the_others_in_place_and_find_their_own(
    photographs: Float32Array, before: tuple[TSNE, Float32Array]
) -> None:
    places = np.full((len(photographs), 2), np.nan, np.float32)
    places[:-MORE] = before[1]
    graph = nearest(photographs, 90)
    after = TSNE().update(graph, photographs, places)
    moved = np.linalg.norm(after[:-MORE] - before[1], axis=1) / np.ptp(before[1][:, 0])
    assert np.median(moved) < 0.02
    _, of_item = kept(graph, after)
    assert abs(of_item[-MORE:].mean() - of_item[:-MORE].mean()) < 0.05


def test_two_hundred_find_their_own_on_a_map_that_stands_still(
    photographs: Float32Array, before: tuple[TSNE, Float32Array]
) -> None:
    layout, places = before
    joined = layout.transform(photographs[-MORE:])
    _, of_item = kept(nearest(photographs, 90), np.vstack([places, joined]))
    assert of_item[-MORE:].mean() > of_item[:-MORE].mean() - 0.05
