"""The measures that tell how far a map can be believed."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.manifold import trustworthiness

from bilderatlas.analysis import quality
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import kept, trustworthiness_and_continuity


def made(n: int, d: int, seed: int = 0) -> npt.NDArray[Any]:
    vectors = np.random.default_rng(seed).normal(size=(n, d))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def on_a_circle(n: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return vectors on a circle, and the map that shows them as they are."""
    turn = np.random.default_rng(0).uniform(0, 2 * np.pi, n)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return circle.astype(np.float32), circle.astype(np.float32)


def test_a_faithful_map_keeps_everything() -> None:
    vectors, positions = on_a_circle(200)
    mean, of_item = kept(nearest(vectors, 10), positions)
    assert mean == pytest.approx(1, abs=0.02)
    assert of_item.shape == (200,)
    measures = trustworthiness_and_continuity(nearest(vectors, 10), vectors, positions)
    assert measures == pytest.approx({"trustworthiness": 1, "continuity": 1}, abs=1e-4)


def test_kept_counts_the_true_neighbours_beside_each_item() -> None:
    vectors = made(80, 6)
    positions = made(80, 2, seed=1)
    graph = nearest(vectors, 10)
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    beside = np.argsort(apart, axis=1)[:, :10]
    wanted = [len(set(a) & set(b)) / 10 for a, b in zip(beside, graph.ids, strict=True)]
    mean, of_item = kept(graph, positions)
    np.testing.assert_allclose(of_item, wanted, atol=1e-6)
    assert mean == pytest.approx(np.mean(wanted))


@settings(max_examples=25)
@given(n=st.integers(12, 60), k=st.integers(1, 5), seed=st.integers(0, 100))
def test_trustworthiness_is_that_of_scikit_learn_and_continuity_its_mirror_image(
    n: int, k: int, seed: int
) -> None:
    vectors, positions = made(n, 5, seed), made(n, 3, seed + 1)[:, :2]
    measures = trustworthiness_and_continuity(nearest(vectors, k), vectors, positions, k)
    wanted = trustworthiness(vectors, positions, n_neighbors=k, metric="cosine")
    assert measures["trustworthiness"] == pytest.approx(wanted, abs=1e-6)
    # On the unit sphere, cosine and Euclidean distances rank alike.
    wanted = trustworthiness(positions, vectors, n_neighbors=k)
    assert measures["continuity"] == pytest.approx(wanted, abs=1e-6)


def test_a_sample_estimates_the_whole_within_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, positions = made(900, 5), made(900, 3, seed=1)[:, :2]
    graph = nearest(vectors, 10)
    whole = trustworthiness_and_continuity(graph, vectors, positions)
    monkeypatch.setattr(quality, "_ALL_BELOW", 500)
    monkeypatch.setattr(quality, "_SAMPLE", 300)
    sample = trustworthiness_and_continuity(graph, vectors, positions)
    for name in ("trustworthiness", "continuity"):
        error = sample[f"{name}_error"]
        assert 0 < error < 0.02
        assert abs(sample[name] - whole[name]) < 3 * error


def test_pictures_in_one_place_are_not_beside_themselves() -> None:
    vectors = made(30, 4)
    mean, of_item = kept(nearest(vectors, 10), np.zeros((30, 2), np.float32))
    assert 0 <= mean <= 1
    assert of_item.max() <= 1


@pytest.mark.parametrize("n", [0, 1, 2])
def test_with_fewer_than_three_pictures_ranks_say_nothing(n: int) -> None:
    vectors, positions = made(n, 4), np.zeros((n, 2), np.float32)
    graph = nearest(vectors, 10)
    assert trustworthiness_and_continuity(graph, vectors, positions) == {}
    mean, of_item = kept(graph, positions)
    assert mean == 1
    assert of_item.tolist() == [1] * n
