"""Whether a collection has clusters at all."""

from importlib import import_module

import numpy as np
import pytest
from sklearn.datasets import load_digits
from tests.unit.analysis.quality.made import noise, unit

from bilderatlas.analysis.clusters import find_clusters
from bilderatlas.analysis.layouts.tsne import TSNE
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import Structure, structure
from bilderatlas.types import Cluster, DuplicateGroup, Float32Array


def judged(vectors: Float32Array, random_state: int = 0) -> Structure:
    graph = nearest(vectors, 15)
    return structure(vectors, graph, find_clusters(graph, vectors), random_state=random_state)


def correlated(n: int, d: int, power: float, seed: int) -> Float32Array:
    """Return a Gaussian cloud that is wide in some directions and narrow in most."""
    cloud = np.random.default_rng(seed).normal(size=(n, d)) / np.arange(1, d + 1) ** power
    return unit(cloud)


def mixture(n: int, d: int, groups: int, apart: float, seed: int = 0) -> Float32Array:
    random = np.random.default_rng(seed)
    middles = apart * unit(random.normal(size=(groups, d)))
    return unit(random.normal(size=(n, d)) + middles[random.integers(0, groups, n)])


@pytest.mark.parametrize("n", [500, 2000])
@pytest.mark.parametrize("d", [64, 1280])
def test_gaussian_noise_has_no_clusters(n: int, d: int) -> None:
    found = judged(noise(n, d))
    assert found.verdict == "none"
    assert "shows no real clusters" in found.sentence
    assert all(cluster.verdict in {"none", "unknown"} for cluster in found.clusters)
    assert len(found.clusters) > 5, "a method that finds nothing proves nothing"


@pytest.mark.parametrize("power", [0.5, 1])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_stretched_cloud_has_no_clusters(power: float, seed: int) -> None:
    assert judged(correlated(500, 256, power, seed), seed).verdict == "none"


@pytest.mark.parametrize("seed", [0, 1])
def test_a_curved_sheet_that_has_no_gap_has_no_clear_clusters(seed: int) -> None:
    random = np.random.default_rng(seed)
    waves = random.uniform(0, 1, (900, 2)) @ random.normal(size=(2, 64)) * 6
    assert judged(unit(np.cos(waves + random.uniform(0, 6, 64)))).verdict != "clear"


@pytest.mark.parametrize(
    ("d", "groups", "apart"), [(8, 5, 6), (64, 2, 12), (64, 5, 6), (1280, 5, 10)]
)
def test_clouds_well_apart_are_clear_clusters(d: int, groups: int, apart: float) -> None:
    found = judged(mixture(900, d, groups, apart))
    assert found.verdict == "clear"
    assert [cluster.verdict for cluster in found.clusters] == ["clear"] * groups
    assert found.sentence.startswith(f"The clusters are real: {groups} of {groups} hold")
    for cluster in found.clusters:
        assert cluster.stay > 0.9
        assert cluster.expected == pytest.approx(1 / groups, abs=0.06)


def test_clouds_that_overlap_are_weak_clusters() -> None:
    found = judged(mixture(900, 64, 5, 2.5))
    assert found.verdict == "weak"
    assert "blurred borders" in found.sentence


def test_one_real_cluster_in_noise_is_told_from_the_pieces_of_the_noise() -> None:
    random = np.random.default_rng(0)
    apart = np.zeros(64)
    apart[0] = 12
    vectors = unit(random.normal(size=(900, 64)) + 3 + apart * (np.arange(900) < 90)[:, None])
    graph = nearest(vectors, 15)
    clusters = find_clusters(graph, vectors)
    found = structure(vectors, graph, clusters)
    assert found.verdict == "weak"
    clear = [c for c, part in zip(clusters, found.clusters, strict=True) if part.verdict == "clear"]
    assert [sorted(c.members.tolist()) for c in clear] == [list(range(90))]


def test_handwritten_digits_are_clear_clusters() -> None:
    assert judged(unit(load_digits().data)).verdict == "clear"


def test_of_many_items_samples_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("bilderatlas.analysis.quality.structure")  # not the function
    monkeypatch.setattr(module, "_COMPARED", 400)
    monkeypatch.setattr(module, "_CLUSTERED", 600)
    found = judged(mixture(1500, 16, 4, 10))
    assert found.verdict == "clear"
    assert judged(noise(1500, 16)).verdict == "none"


def test_clusters_drawn_by_lot_are_none() -> None:
    vectors = mixture(600, 64, 3, 12)
    lot = np.random.default_rng(0).permutation(600).astype(np.int32).reshape(3, 200)
    clusters = [Cluster("", int(m[0]), m, np.ones(200, np.float32)) for m in lot]
    found = structure(vectors, nearest(vectors, 15), clusters)
    assert found.verdict == "none"
    assert found.held == pytest.approx(0, abs=0.06)
    assert found.silhouette < 0.01


@pytest.mark.parametrize("n", [0, 1, 2, 20])
def test_of_few_pictures_it_cannot_be_told(n: int) -> None:
    found = judged(noise(n, 8))
    assert found.verdict == "unknown"
    assert {cluster.verdict for cluster in found.clusters} <= {"unknown"}
    assert "too few" in found.sentence


def test_copies_of_one_picture_are_no_clusters() -> None:
    assert judged(np.tile(noise(1, 8), (60, 1))).verdict == "none"


def test_noise_of_which_each_picture_is_there_ten_times_has_no_clusters() -> None:
    vectors = np.repeat(noise(100, 64), 10, axis=0)
    graph = nearest(vectors, 50)
    clusters = find_clusters(graph, vectors)
    assert structure(vectors, graph, clusters).verdict == "clear", "as copies would have it"
    copies = [
        DuplicateGroup("exact", np.arange(i, i + 10, dtype=np.int32)) for i in range(0, 1000, 10)
    ]
    assert structure(vectors, graph, clusters, duplicates=copies).verdict == "none"


def test_clusters_are_as_clear_when_some_pictures_are_there_twice() -> None:
    vectors = mixture(600, 64, 3, 8)
    vectors[1:200:2] = vectors[0:200:2]
    graph = nearest(vectors, 50)
    copies = [DuplicateGroup("exact", np.array([i, i + 1], np.int32)) for i in range(0, 200, 2)]
    found = structure(vectors, graph, find_clusters(graph, vectors), duplicates=copies)
    assert found.verdict == "clear"


def test_the_same_seed_gives_the_same_verdict_and_numbers() -> None:
    vectors = correlated(400, 64, 0.5, 0)
    assert judged(vectors) == judged(vectors)


def test_the_map_of_noise_is_a_ball_of_which_the_verdict_says_so() -> None:
    vectors = noise(500, 64)
    positions = TSNE().fit_transform(nearest(vectors, 90), vectors)
    apart = np.linalg.norm(positions - positions.mean(axis=0), axis=1)
    rings = np.histogram(apart**2, 4, (0, np.quantile(apart, 0.9) ** 2))[0]
    assert rings.min() > 0.5 * rings.max(), "it is filled evenly, with no gap"
    assert judged(vectors).verdict == "none"
