"""Recall is the share of true neighbours that are found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.analysis.neighbours.made import clustered

from bilderatlas.analysis.neighbours import nearest, recall
from bilderatlas.types import Neighbours


@given(n=st.integers(0, 40), k=st.integers(0, 15), filling=st.sampled_from([None, 0.0, 1.0]))
def test_exact_neighbours_have_them_all_whatever_the_ties(
    n: int, k: int, filling: float | None
) -> None:
    vectors = clustered(n, 4) if filling is None else np.full((n, 4), filling)
    found = recall(nearest(vectors, 15), vectors, k=k)
    assert (found.share, found.error) == (1.0, 0.0)
    assert found.sample == n


@pytest.mark.parametrize("wrong", [0, 1, 4, 10])
def test_neighbours_that_are_none_are_missed(wrong: int) -> None:
    vectors = np.random.default_rng(0).normal(size=(400, 8))
    true = nearest(vectors, 399)
    ids = np.concatenate([true.ids[:, : 10 - wrong], true.ids[:, 300 : 300 + wrong]], axis=1)
    graph = Neighbours(ids, true.similarity[:, :10])  # it says that they are near
    found = recall(graph, vectors)
    assert found.share == pytest.approx(1 - wrong / 10)


def test_the_error_says_how_far_a_sample_may_be_off() -> None:
    vectors = clustered(2000)
    true = nearest(vectors, 1999)
    ids = true.ids[:, :10].copy()
    ids[::4, :5] = true.ids[::4, -5:]
    graph = Neighbours(ids, true.similarity[:, :10])
    whole = recall(graph, vectors, sample=2000)
    assert whole.share == pytest.approx(0.875, abs=1e-3)
    assert whole.error == 0
    parts = [recall(graph, vectors, sample=100, random_state=seed) for seed in range(40)]
    off = np.std([part.share for part in parts])
    assert np.mean([part.error for part in parts]) == pytest.approx(off, rel=0.35)
    assert recall(graph, vectors, sample=100) == parts[0]
