from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import adjusted_rand_score

from bilderatlas.analysis.clusters import _agreement, find_clusters
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.types import Cluster

SIZES = (60, 40, 25)


@pytest.fixture(scope="module")
def vectors() -> npt.NDArray[Any]:
    """Return three groups on the unit sphere, the largest last."""
    random = np.random.default_rng(0)
    groups = [
        random.normal(size=24) + 0.4 * random.normal(size=(size, 24)) for size in reversed(SIZES)
    ]
    made = np.vstack(groups)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def clusters(vectors: npt.NDArray[Any]) -> list[Cluster]:
    return find_clusters(nearest(vectors, 30), vectors)


def test_groups_are_found_unasked_the_largest_first(clusters: list[Cluster]) -> None:
    assert [len(c.members) for c in clusters] == list(SIZES)
    assert [c.name for c in clusters] == ["Cluster 1", "Cluster 2", "Cluster 3"]
    assert sorted(clusters[0].members) == list(range(65, 125))


def test_the_exemplar_resembles_all_members_most(
    clusters: list[Cluster], vectors: npt.NDArray[Any]
) -> None:
    for cluster in clusters:
        total = (vectors[cluster.members] @ vectors[cluster.members].T).sum(axis=1)
        assert cluster.exemplar == cluster.members[np.argmax(total)]


def test_members_stand_strongest_first(clusters: list[Cluster]) -> None:
    for cluster in clusters:
        assert (np.diff(cluster.strength) <= 0).all()
        assert (cluster.strength > 0.5).all()
        assert (cluster.strength <= 1).all()


def test_a_picture_between_two_groups_is_a_weak_member(vectors: npt.NDArray[Any]) -> None:
    between = vectors[:25].mean(axis=0) + vectors[25:65].mean(axis=0)
    both = np.vstack([vectors[:65], between / np.linalg.norm(between)])
    for cluster in find_clusters(nearest(both, 15), both):
        if 65 in cluster.members:
            assert cluster.members[-1] == 65
            assert cluster.strength[-1] < 0.9


def test_a_higher_resolution_makes_more_clusters(vectors: npt.NDArray[Any]) -> None:
    graph = nearest(vectors, 15)
    assert len(find_clusters(graph, vectors, resolution=6)) > 3


def test_the_same_seed_gives_the_same_clusters(vectors: npt.NDArray[Any]) -> None:
    graph = nearest(vectors, 15)
    for one, other in zip(
        find_clusters(graph, vectors, resolution=4),
        find_clusters(graph, vectors, resolution=4),
        strict=True,
    ):
        np.testing.assert_array_equal(one.members, other.members)


@settings(max_examples=50)
@given(labels=arrays(np.int64, (2, 30), elements=st.integers(0, 6)))
def test_agreement_is_the_adjusted_rand_index(labels: npt.NDArray[Any]) -> None:
    one, other = labels
    assert _agreement(one, other) == pytest.approx(adjusted_rand_score(one, other), abs=1e-9)


@pytest.mark.parametrize("n", [0, 1])
def test_no_clusters_without_neighbours(n: int) -> None:
    vectors = np.ones((n, 4), np.float32)
    assert find_clusters(nearest(vectors, 15), vectors) == []


def test_pictures_that_resemble_nothing_are_in_no_cluster() -> None:
    vectors = np.vstack([np.eye(6)[:3], np.tile(np.eye(6)[5], (4, 1))]).astype(np.float32)
    (cluster,) = find_clusters(nearest(vectors, 15), vectors)
    assert sorted(cluster.members) == [3, 4, 5, 6]
    assert find_clusters(nearest(vectors[:3], 15), vectors[:3]) == []
