"""The map: it keeps neighbours, is the same each time, and holds still when it grows."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bilderatlas.analysis.layouts import tsne
from bilderatlas.analysis.layouts.tsne import TSNE
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import kept
from bilderatlas.errors import LayoutError


@pytest.fixture(scope="module")
def vectors() -> npt.NDArray[Any]:
    """Return 400 vectors around 8 centres, on the unit sphere."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(8, 32))
    made = centres[np.arange(400) % 8] + 0.6 * random.normal(size=(400, 32))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def positions(vectors: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return TSNE(perplexity=15).fit_transform(nearest(vectors, 45), vectors)


def test_the_map_keeps_groups_together(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any]
) -> None:
    beside = nearest_on(positions, 10)
    assert np.mean(beside % 8 == (np.arange(400) % 8)[:, None]) > 0.95
    assert kept(nearest(vectors, 10), positions)[0] > 0.35
    assert positions.dtype == np.float32


def test_the_map_lies_wide(positions: npt.NDArray[Any]) -> None:
    width, height = np.ptp(positions, axis=0)
    assert width >= height


def test_the_same_pictures_give_the_same_bits_with_any_number_of_threads(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tsne, "_ITEMS_A_THREAD", 100)
    again = TSNE(perplexity=15, n_jobs=3).fit_transform(nearest(vectors, 45), vectors)
    np.testing.assert_array_equal(again, positions)


def test_another_seed_gives_another_map(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any]
) -> None:
    other = TSNE(perplexity=15, random_state=1).fit_transform(nearest(vectors, 45), vectors)
    assert not np.array_equal(other, positions)


def test_new_pictures_find_their_group_and_old_ones_stay(vectors: npt.NDArray[Any]) -> None:
    old = np.full((400, 2), np.nan, np.float32)
    layout = TSNE(perplexity=15)
    old[:390] = layout.fit_transform(nearest(vectors[:390], 45), vectors[:390])
    updated = layout.update(nearest(vectors, 45), vectors, old)
    moved = np.linalg.norm(updated[:390] - old[:390], axis=1) / np.ptp(old[:390, 0])
    assert np.median(moved) < 0.01
    beside = nearest_on(updated, 10)[390:]
    assert np.mean(beside % 8 == (np.arange(390, 400) % 8)[:, None]) > 0.9


def test_removing_pictures_leaves_the_others_where_they_are(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any]
) -> None:
    stay = np.arange(10, 400)
    updated = TSNE(perplexity=15).update(nearest(vectors[stay], 45), vectors[stay], positions[stay])
    moved = np.linalg.norm(updated - positions[stay], axis=1) / np.ptp(positions[:, 0])
    assert np.median(moved) < 0.01


def test_a_group_that_nothing_on_the_map_is_near_to_is_placed_too(
    vectors: npt.NDArray[Any],
) -> None:
    group = np.zeros((60, 32), np.float32)
    group[:, 0] = 1
    group[:, 1:] = np.random.default_rng(2).normal(0, 0.01, (60, 31))
    both = np.vstack([vectors[:100], group])
    old = np.full((160, 2), np.nan, np.float32)
    old[:100] = TSNE(perplexity=5).fit_transform(nearest(both[:100], 15), both[:100])
    updated = TSNE(perplexity=5).update(nearest(both, 15), both, old)
    assert np.isfinite(updated).all()
    assert np.mean(nearest_on(updated, 10)[100:] >= 100) > 0.9


def test_a_map_of_nothing_but_new_pictures_is_drawn_afresh(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any]
) -> None:
    nowhere = np.full((400, 2), np.nan, np.float32)
    updated = TSNE(perplexity=15).update(nearest(vectors, 45), vectors, nowhere)
    np.testing.assert_array_equal(updated, positions)


def test_a_larger_map_that_begins_with_fft_and_ends_with_barnes_hut_is_a_good_one() -> None:
    random = np.random.default_rng(0)
    centres = random.normal(size=(20, 24))
    made = centres[np.arange(2700) % 20] + 0.5 * random.normal(size=(2700, 24))
    graph = nearest(made, 15)
    layout = TSNE(perplexity=5, early_exaggeration_iter=50, n_iter=50)
    positions = layout.fit_transform(graph, made)
    assert kept(graph, positions)[0] > 0.3


@pytest.mark.parametrize("n", range(14))
def test_a_few_pictures_each_have_a_place_of_their_own(n: int, vectors: npt.NDArray[Any]) -> None:
    few = vectors[:n]
    positions = TSNE().fit_transform(nearest(few, 90), few)
    assert positions.shape == (n, 2)
    assert positions.dtype == np.float32
    assert len(np.unique(positions, axis=0)) == n


@pytest.mark.parametrize("n", [3, 10, 11, 150])
def test_pictures_that_are_all_alike_have_places_too(n: int) -> None:
    alike = np.full((n, 8), 0.25, np.float32)
    positions = TSNE().fit_transform(nearest(alike, 90), alike)
    assert np.isfinite(positions).all()
    assert len(np.unique(positions, axis=0)) == n


def test_copies_of_one_picture_lie_together_but_apart(vectors: npt.NDArray[Any]) -> None:
    with_copies = np.vstack([vectors[:200], np.tile(vectors[:1], (5, 1))])
    positions = TSNE(perplexity=10).fit_transform(nearest(with_copies, 30), with_copies)
    copies = positions[[0, *range(200, 205)]]
    assert len(np.unique(copies, axis=0)) == 6
    assert np.ptp(copies, axis=0).max() < 0.1 * np.ptp(positions[:, 0])


def test_the_perplexity_gives_way_in_a_small_collection(vectors: npt.NDArray[Any]) -> None:
    layout = TSNE(perplexity=30)
    layout.fit_transform(nearest(vectors[:31], 90), vectors[:31])
    assert layout.perplexities_ == (10,)
    assert np.isfinite(layout.kl_divergence_)


def test_progress_counts_all_iterations(vectors: npt.NDArray[Any]) -> None:
    seen: list[tuple[int, int]] = []
    layout = TSNE(
        early_exaggeration_iter=50,
        n_iter=100,
        n_iter_without_progress=0,
        progress=lambda *step: seen.append(step),
    )
    layout.fit_transform(nearest(vectors[:50], 30), vectors[:50])
    assert seen == [(done, 150) for done in range(25, 151, 25)]


def test_a_stable_map_stops_by_itself_and_says_when(vectors: npt.NDArray[Any]) -> None:
    seen: list[tuple[int, int]] = []
    graph = nearest(vectors, 45)
    patient = TSNE(perplexity=15, n_iter=1000, n_iter_without_progress=0)
    hasty = TSNE(perplexity=15, n_iter=1000, progress=lambda *step: seen.append(step))
    patient.fit_transform(graph, vectors)
    hasty.fit_transform(graph, vectors)
    assert patient.n_iter_ == 1250
    assert hasty.n_iter_ < 1000
    assert hasty.n_iter_ % 25 == 0
    assert hasty.parameters["n_iter_made"] == hasty.n_iter_
    assert seen[-1] == (1250, 1250)
    # What was left undone would not have shown.
    assert hasty.kl_divergence_ < 1.03 * patient.kl_divergence_
    assert kept(graph, hasty.embedding_)[0] > kept(graph, patient.embedding_)[0] - 0.02


def test_a_map_that_still_moves_does_not_stop(vectors: npt.NDArray[Any]) -> None:
    layout = TSNE(perplexity=15, n_iter=75, n_iter_without_progress=25)
    layout.fit_transform(nearest(vectors, 45), vectors)
    assert layout.n_iter_ == 325


def test_a_perplexity_below_that_of_one_neighbour_makes_a_map_too(
    vectors: npt.NDArray[Any],
) -> None:
    positions = TSNE(perplexity=0.1, n_iter=50).fit_transform(nearest(vectors, 45), vectors)
    assert np.isfinite(positions).all()


def test_several_perplexities_make_one_map(vectors: npt.NDArray[Any]) -> None:
    layout = TSNE(perplexity=(5, 30), n_iter=100)
    positions = layout.fit_transform(nearest(vectors, 15), vectors)
    assert layout.perplexities_ == (5, 30)
    assert layout.parameters["perplexity"] == [5, 30]
    alone = TSNE(perplexity=30, n_iter=100).fit_transform(nearest(vectors, 90), vectors)
    assert not np.array_equal(alone, positions)
    assert kept(nearest(vectors, 10), positions)[0] > 0.3


def test_a_graph_that_is_too_short_for_the_perplexity_is_not_made_do_with(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any]
) -> None:
    again = TSNE(perplexity=15).fit_transform(nearest(vectors, 10), vectors)
    np.testing.assert_array_equal(again, positions)


@pytest.mark.parametrize("options", [{"metric": "euclidean"}, {"pca_components": 8}])
def test_neighbours_may_be_sought_another_way(
    vectors: npt.NDArray[Any], positions: npt.NDArray[Any], options: dict[str, Any]
) -> None:
    layout = TSNE(perplexity=15, **options)
    other = layout.fit_transform(nearest(vectors, 45), vectors)
    assert not np.array_equal(other, positions)
    assert layout.parameters["metric"] == "euclidean"
    assert kept(nearest(vectors, 10), other)[0] > 0.3
    placed = layout.transform(vectors[:8])
    assert np.mean(nearest_from(placed, other, 10) % 8 == np.arange(8)[:, None]) > 0.9


def test_labels_draw_their_items_together_and_the_parameters_tell() -> None:
    random = np.random.default_rng(0)
    noise = random.normal(size=(300, 32))
    vectors = (noise / np.linalg.norm(noise, axis=1, keepdims=True)).astype(np.float32)
    labels = np.arange(300) % 3
    graph = nearest(vectors, 90)
    agreement = []
    for weight in (0.0, 0.1, 0.2):
        layout = TSNE(label_weight=weight)
        positions = layout.fit_transform(graph, vectors, labels)
        assert layout.parameters["supervised"]
        assert layout.parameters["label_weight"] == weight
        agreement.append(np.mean(labels[nearest_on(positions, 10)] == labels[:, None]))
    assert agreement[0] < 0.42  # chance is a third
    assert agreement[0] + 0.1 < agreement[1] < agreement[2]
    plain = TSNE()
    np.testing.assert_array_equal(
        plain.fit_transform(graph, vectors),
        TSNE(label_weight=0.9).fit_transform(graph, vectors, np.full(300, -1)),
    )
    assert "supervised" not in plain.parameters


def test_new_pictures_join_a_map_that_stands_still(vectors: npt.NDArray[Any]) -> None:
    layout = TSNE(perplexity=15)
    old = layout.fit_transform(nearest(vectors[:360], 45), vectors[:360]).copy()
    placed = layout.transform(vectors[360:])
    np.testing.assert_array_equal(layout.embedding_, old)
    assert placed.dtype == np.float32
    assert np.mean(nearest_from(placed, old, 10) % 8 == (np.arange(360, 400) % 8)[:, None]) > 0.9
    assert layout.transform(vectors[:0]).shape == (0, 2)


def test_a_map_of_a_few_pictures_is_not_joined(vectors: npt.NDArray[Any]) -> None:
    layout = TSNE().fit(nearest(vectors[:5], 90), vectors[:5])
    with pytest.raises(LayoutError, match="lay out all"):
        layout.transform(vectors[5:6])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"perplexity": 0}, "perplexity"),
        ({"perplexity": ()}, "perplexity"),
        ({"perplexity": float("nan")}, "perplexity"),
        ({"perplexity": "30"}, "perplexity"),
        ({"early_exaggeration": 0}, "early_exaggeration"),
        ({"learning_rate": "fast"}, "learning_rate"),
        ({"n_iter": -1}, "n_iter"),
        ({"n_iter": 10.5}, "n_iter"),
        ({"pca_components": -3}, "pca_components"),
        ({"random_state": -1}, "random_state"),
        ({"metric": "precomputed"}, "'euclidean'"),
        ({"metric": "haversine"}, "'euclidean'"),
        ({"label_weight": 1}, "label weight"),
        ({"metric": "nearness"}, "'euclidean'"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(
    vectors: npt.NDArray[Any], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(LayoutError, match=said):
        TSNE(**options).fit(nearest(vectors, 45), vectors)


def nearest_on(positions: npt.NDArray[Any], k: int) -> npt.NDArray[Any]:
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.argsort(apart, axis=1)[:, :k]


def nearest_from(places: npt.NDArray[Any], positions: npt.NDArray[Any], k: int) -> npt.NDArray[Any]:
    return np.argsort(np.linalg.norm(places[:, None] - positions[None], axis=2), axis=1)[:, :k]
