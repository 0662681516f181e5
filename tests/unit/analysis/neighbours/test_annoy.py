"""Annoy's forests behind our contract."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tests.unit.analysis.neighbours.made import clustered

from bilderatlas.analysis.neighbours import Annoy, Index, nearest, recall
from bilderatlas.analysis.neighbours.annoy import METRICS, Metric
from bilderatlas.errors import MissingExtraError

WORDS = {
    "angular": "cosine",
    "euclidean": "euclidean distance",
    "manhattan": "manhattan distance",
    "hamming": "hamming distance",
    "dot": "inner product",
}


def nearness(
    metric: Metric, queries: npt.NDArray[Any], vectors: npt.NDArray[Any], medians: npt.NDArray[Any]
) -> npt.NDArray[np.float64]:
    a, b = queries.astype(float)[:, None], vectors.astype(float)[None]
    product = (a * b).sum(axis=2)
    by_metric = {
        "angular": product / np.linalg.norm(a, axis=2) / np.linalg.norm(b, axis=2),
        "euclidean": -np.linalg.norm(a - b, axis=2),
        "manhattan": -np.abs(a - b).sum(axis=2),
        "hamming": -((a > medians) != (b > medians)).sum(axis=2),
        "dot": product,
    }
    return np.asarray(by_metric[metric], float)


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "annoy", None)
    with pytest.raises(MissingExtraError, match=r"pip install bilderatlas\[annoy\]"):
        Annoy.build(np.eye(3))


class TestForest:
    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        pytest.importorskip("annoy", reason="the extra annoy is not installed")

    @pytest.mark.parametrize("metric", METRICS)
    def test_each_metric_is_what_it_says_and_larger_is_nearer(self, metric: Metric) -> None:
        vectors, queries = clustered(300, 12), clustered(20, 12, seed=1)
        index: Index = Annoy.build(vectors, metric=metric, search_k=100_000)
        found = index.query(queries, 10)
        truth = nearness(metric, queries, vectors, np.median(vectors, axis=0))
        assert index.measure == WORDS[metric]
        np.testing.assert_allclose(
            found.similarity, np.sort(truth, axis=1)[:, :-11:-1], rtol=1e-3, atol=1e-3
        )
        np.testing.assert_allclose(
            found.similarity,
            np.take_along_axis(truth, found.ids.astype(np.int64), 1),
            rtol=1e-3,
            atol=1e-3,
        )

    @pytest.mark.parametrize("metric", METRICS)
    def test_a_saved_index_gives_the_same_answers(self, tmp_path: Path, metric: Metric) -> None:
        vectors, queries = clustered(500, 12), clustered(20, 12, seed=1)
        index = Annoy.build(vectors, metric=metric, n_trees=7, search_k=300)
        expected = index.query(queries, 10)
        index.save(tmp_path / "index")
        for again in (Annoy.load(tmp_path / "index", vectors), index):
            found = again.query(queries, 10)
            np.testing.assert_array_equal(found.ids, expected.ids)
            np.testing.assert_array_equal(found.similarity, expected.similarity)

    @pytest.mark.parametrize("metric", METRICS)
    def test_what_is_added_is_found(self, tmp_path: Path, metric: Metric) -> None:
        vectors = clustered(300, 12)
        Annoy.build(vectors[:200], metric=metric).save(tmp_path / "index")
        index = Annoy.load(tmp_path / "index", vectors[:200])
        index.add(vectors[200:])
        queries = vectors[200:]
        found = index.query(queries, 300)
        truth = nearness(metric, queries, vectors, np.median(vectors[:200], axis=0))
        assert len(index) == 300
        assert np.sort(found.ids, axis=1).tolist() == [list(range(300))] * 100
        np.testing.assert_allclose(
            found.similarity,
            np.take_along_axis(truth, found.ids.astype(np.int64), 1),
            rtol=1e-3,
            atol=1e-3,
        )

    @pytest.mark.parametrize("n", [0, 1, 2, 30])
    def test_as_many_are_found_as_there_are(self, n: int) -> None:
        index = Annoy.build(clustered(n, 5), n_trees=2, search_k=1)
        found = index.query(clustered(3, 5, seed=1), 40)
        assert np.sort(found.ids, axis=1).tolist() == [list(range(n))] * 3
        assert nearest(clustered(n, 5), 4, index=index).ids.shape == (n, max(0, min(4, n - 1)))

    def test_only_those_allowed_are_answers(self) -> None:
        vectors = clustered(1000, 12)
        among = np.zeros(1000, bool)
        among[[3, 500, 999]] = True
        found = Annoy.build(vectors, n_trees=3).query(vectors[:5], 6, among=among)
        assert np.sort(found.ids, axis=1).tolist() == [[-1, -1, -1, 3, 500, 999]] * 5
        assert (found.similarity[:, 3:] == -np.inf).all()

    def test_more_trees_find_more(self) -> None:
        vectors = clustered(3000)
        few, many = (
            recall(nearest(vectors, 10, index=Annoy.build(vectors, n_trees=n)), vectors).share
            for n in (2, 50)
        )
        assert few < 0.8 < 0.95 < many
