"""Neighbours kept, and false neighbours."""

import numpy as np
import pytest
from tests.unit.analysis.quality.made import noise, on_a_circle

from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import false, kept


def nearest_on_map(positions: np.ndarray, k: int) -> np.ndarray:
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.argsort(apart, axis=1)[:, :k]


def test_a_faithful_map_keeps_everything() -> None:
    circle = on_a_circle(200)
    mean, of_item = kept(nearest(circle, 10), circle)
    assert mean == pytest.approx(1, abs=0.02)
    assert of_item.shape == (200,)
    assert false(nearest(circle, 50), circle)[0] == 0


def test_kept_counts_the_true_neighbours_beside_each_item() -> None:
    graph, positions = nearest(noise(80, 6), 10), noise(80, 2, seed=1)
    pairs = zip(nearest_on_map(positions, 10), graph.ids, strict=True)
    wanted = [len(set(a) & set(b)) / 10 for a, b in pairs]
    mean, of_item = kept(graph, positions)
    np.testing.assert_allclose(of_item, wanted, atol=1e-6)
    assert mean == pytest.approx(np.mean(wanted))


def test_false_are_those_beside_that_are_not_even_among_five_times_as_many() -> None:
    graph, positions = nearest(noise(600, 6), 80), noise(600, 3, seed=1)[:, :2]
    pairs = zip(nearest_on_map(positions, 10), graph.ids[:, :50], strict=True)
    wanted = [len(set(a) - set(b)) / 10 for a, b in pairs]
    mean, of_item = false(graph, positions)
    np.testing.assert_allclose(of_item, wanted, atol=1e-6)
    assert mean == pytest.approx(np.mean(wanted))
    assert mean + kept(graph, positions)[0] < 1


def test_items_without_a_place_are_nobody_s_neighbours_and_in_no_mean() -> None:
    vectors, positions = noise(90, 6), noise(90, 3, seed=1)[:, :2].copy()
    here = np.arange(90) % 3 > 0
    wanted, of_item_wanted = kept(nearest(vectors[here], 5), positions[here], 5)
    positions[~here] = np.nan
    mean, of_item = kept(nearest(vectors, 60), positions, 5)
    assert mean == pytest.approx(wanted)
    np.testing.assert_array_equal(of_item[here], of_item_wanted)
    _, of_item_false = false(nearest(vectors, 60), positions, 5)
    for values in (of_item, of_item_false):
        assert np.isnan(values).tolist() == (~here).tolist()


def test_pictures_in_one_place_are_not_beside_themselves() -> None:
    mean, of_item = kept(nearest(noise(30, 4), 10), np.zeros((30, 2), np.float32))
    assert 0 <= mean <= 1
    assert of_item.max() <= 1


@pytest.mark.parametrize("n", [0, 1, 2])
def test_two_pictures_or_fewer_keep_what_neighbours_they_have(n: int) -> None:
    graph, positions = nearest(noise(n, 4), 10), np.zeros((n, 2), np.float32)
    mean, of_item = kept(graph, positions)
    assert mean == 1
    assert of_item.tolist() == [1] * n
    mean, of_item = false(graph, positions)
    assert mean == 0
    assert of_item.tolist() == [0] * n
