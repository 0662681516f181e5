"""All measures of one map."""

import numpy as np
import pytest
from tests.unit.analysis.quality.made import noise

from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import kept, measure, trustworthiness_and_continuity

WHOLE = {
    "kept", "kept_by_lot", "kept_of", "false", "false_of", "trustworthiness", "continuity",
    "distances_spearman", "distances_spearman_error",
    "distances_pearson", "distances_pearson_error",
}  # fmt: skip


def test_a_map_is_measured_as_a_whole_and_at_each_item() -> None:
    vectors, positions = noise(300, 6), noise(300, 3, seed=1)[:, :2]
    graph = nearest(vectors, 60)
    measures = measure(graph, vectors, positions)
    assert set(measures.quality) == WHOLE
    assert measures.quality["kept"] == kept(graph, positions)[0]
    ranks = trustworthiness_and_continuity(graph, vectors, positions)
    assert measures.quality["continuity"] == ranks.quality["continuity"]
    assert (measures.quality["kept_of"], measures.quality["false_of"]) == (10, 29)
    assert set(measures.of_items) == {"kept", "false", "trustworthiness", "continuity"}
    for name, values in measures.of_items.items():
        assert values.shape == (300,)
        assert values.dtype == np.float32
        assert values.mean() == pytest.approx(measures.quality[name], abs=1e-6)


def test_what_a_map_drawn_by_lot_keeps_is_told() -> None:
    vectors = noise(20, 6)
    graph = nearest(vectors, 19)
    drawn = [measure(graph, vectors, noise(20, 2, seed=seed)).quality for seed in range(40)]
    assert drawn[0]["kept_by_lot"] == 10 / 19
    assert np.mean([each["kept"] for each in drawn]) == pytest.approx(10 / 19, abs=0.02)


def test_the_same_seed_gives_the_same_measures() -> None:
    vectors, positions = noise(300, 6), noise(300, 3, seed=1)[:, :2]
    graph = nearest(vectors, 60)
    first = measure(graph, vectors, positions)
    assert measure(graph, vectors, positions).quality == first.quality
    other = measure(graph, vectors, positions, random_state=1).quality
    assert other["distances_pearson"] != first.quality["distances_pearson"]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_of_hardly_any_pictures_hardly_anything_can_be_said(n: int) -> None:
    vectors = noise(n, 6)
    measures = measure(nearest(vectors, 60), vectors, np.zeros((n, 2), np.float32))
    assert ("kept" in measures.quality) == ("false" in measures.quality) == (n == 2)
    assert measures.quality["kept_of"] == max(0, n - 1)
    assert "trustworthiness" not in measures.quality


def test_a_map_with_no_place_for_anyone_is_measured_without_a_word_of_warning() -> None:
    vectors = noise(50, 6)
    measures = measure(nearest(vectors, 20), vectors, np.full((50, 2), np.nan, np.float32))
    assert measures.quality["kept_of"] == 0
    assert np.isnan(measures.of_items["kept"]).all()
