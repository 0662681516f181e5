"""Trustworthiness and continuity."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.manifold import trustworthiness
from tests.unit.analysis.quality.made import noise, on_a_circle

from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import ranks, trustworthiness_and_continuity

BOTH = ("trustworthiness", "continuity")


def test_a_faithful_map_has_no_false_and_no_torn_neighbours() -> None:
    circle = on_a_circle(200)
    quality, of_items = trustworthiness_and_continuity(nearest(circle, 10), circle, circle)
    assert quality == pytest.approx({"trustworthiness": 1, "continuity": 1}, abs=1e-4)
    for name in BOTH:
        assert of_items[name].mean() == pytest.approx(quality[name])


@settings(max_examples=25)
@given(n=st.integers(12, 60), k=st.integers(1, 5), seed=st.integers(0, 100))
def test_trustworthiness_is_that_of_scikit_learn_and_continuity_its_mirror_image(
    n: int, k: int, seed: int
) -> None:
    vectors, positions = noise(n, 5, seed), noise(n, 3, seed + 1)[:, :2]
    # Similarities that differ by no more than rounding may be ranked either way.
    assume(np.diff(np.sort(vectors @ vectors.T, axis=1), axis=1).min() > 2e-6)
    quality, _ = trustworthiness_and_continuity(nearest(vectors, k), vectors, positions, k)
    wanted = trustworthiness(vectors, positions, n_neighbors=k, metric="cosine")
    assert quality["trustworthiness"] == pytest.approx(wanted, abs=1e-6)
    # On the unit sphere, cosine and Euclidean distances rank alike.
    wanted = trustworthiness(positions, vectors, n_neighbors=k)
    assert quality["continuity"] == pytest.approx(wanted, abs=1e-6)


def test_it_matters_not_in_how_many_blocks_ranks_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vectors, positions = noise(300, 8), noise(300, 3, seed=1)[:, :2]
    whole = trustworthiness_and_continuity(nearest(vectors, 10), vectors, positions)
    monkeypatch.setattr(ranks, "_BLOCK", 300 * 70)
    parts = trustworthiness_and_continuity(nearest(vectors, 10), vectors, positions)
    assert parts.quality == whole.quality


def test_a_sample_estimates_the_whole_within_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, positions = noise(900, 5), noise(900, 3, seed=1)[:, :2]
    graph = nearest(vectors, 10)
    whole, _ = trustworthiness_and_continuity(graph, vectors, positions)
    monkeypatch.setattr(ranks, "_ALL_BELOW", 500)
    monkeypatch.setattr(ranks, "_SAMPLE", 300)
    sample, of_items = trustworthiness_and_continuity(graph, vectors, positions)
    assert of_items == {}
    for name in BOTH:
        error = sample[f"{name}_error"]
        assert 0 < error < 0.02
        assert abs(sample[name] - whole[name]) < 3 * error


def test_items_without_a_place_are_left_out() -> None:
    vectors, positions = noise(120, 5), noise(120, 3, seed=1)[:, :2].copy()
    here = np.arange(120) % 3 > 0
    wanted = trustworthiness_and_continuity(
        nearest(vectors[here], 5), vectors[here], positions[here], 5
    )
    positions[~here] = np.nan
    found = trustworthiness_and_continuity(nearest(vectors, 60), vectors, positions, 5)
    assert found.quality == pytest.approx(wanted.quality)
    for name in BOTH:
        assert np.isnan(found.of_items[name]).tolist() == (~here).tolist()
        np.testing.assert_array_equal(found.of_items[name][here], wanted.of_items[name])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_with_fewer_than_three_pictures_ranks_say_nothing(n: int) -> None:
    vectors, positions = noise(n, 4), np.zeros((n, 2), np.float32)
    assert trustworthiness_and_continuity(nearest(vectors, 10), vectors, positions) == ({}, {})
