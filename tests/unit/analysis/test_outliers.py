"""The local outlier factor, beside scikit-learn's and on collections with copies."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.neighbors import LocalOutlierFactor

from bilderatlas.analysis.outliers import local_outlier_factor
from bilderatlas.types import DuplicateGroup, Neighbours


def vectors_of(n: int, seed: int = 0, d: int = 12) -> npt.NDArray[np.float32]:
    """Return ``n`` unit vectors in three clouds."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(3, d))[np.arange(n) % 3] + random.normal(0, 0.5, (n, d))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


def graph_of(vectors: npt.NDArray[Any], k: int) -> Neighbours:
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -2)
    ids = np.argsort(-similarity, axis=1, kind="stable")[:, :k]
    return Neighbours(
        ids.astype(np.int32), np.take_along_axis(similarity, ids, axis=1).astype(np.float32)
    )


@pytest.mark.parametrize(("n", "k"), [(200, 20), (50, 7), (10, 9)])
def test_it_is_what_scikit_learn_says(n: int, k: int) -> None:
    vectors = vectors_of(n)
    theirs = LocalOutlierFactor(n_neighbors=k, metric="cosine").fit(vectors)
    ours = local_outlier_factor(graph_of(vectors, min(n - 1, 3 * k)), k=k)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, -theirs.negative_outlier_factor_, rtol=1e-4)


def test_a_stranger_stands_out_and_his_hosts_do_not() -> None:
    vectors = vectors_of(150)
    stranger = -vectors.mean(axis=0, keepdims=True)
    stranger /= np.linalg.norm(stranger)
    factor = local_outlier_factor(graph_of(np.vstack([vectors, stranger]), 40))
    assert factor[150] > 2
    assert np.median(factor[:150]) == pytest.approx(1, abs=0.1)


def test_copies_do_not_vouch_for_each_other() -> None:
    vectors = vectors_of(150)
    stranger = -vectors.mean(axis=0, keepdims=True)
    stranger /= np.linalg.norm(stranger)
    alone = local_outlier_factor(graph_of(np.vstack([vectors, stranger]), 40))[150]
    thrice = graph_of(np.vstack([vectors, stranger, stranger, stranger]), 40)
    group = DuplicateGroup("exact", np.array([151, 150, 152], np.int32))
    np.testing.assert_allclose(local_outlier_factor(thrice, [group])[150:], alone, rtol=1e-5)


def test_many_copies_of_one_picture_make_no_outliers_of_those_beside_it() -> None:
    vectors = vectors_of(90)
    many = np.vstack([vectors, np.repeat(vectors[:1], 30, axis=0)])
    group = DuplicateGroup("exact", np.array([0, *range(90, 120)], np.int32))
    once = local_outlier_factor(graph_of(vectors, 60), k=10)
    factor = local_outlier_factor(graph_of(many, 60), [group], k=10)
    np.testing.assert_allclose(factor[:90], once, rtol=1e-4)


def test_copies_that_nobody_has_found_leave_it_finite() -> None:
    vectors = np.vstack([vectors_of(30), np.repeat(vectors_of(1, seed=9), 30, axis=0)])
    factor = local_outlier_factor(graph_of(vectors, 25))
    assert np.isfinite(factor).all()
    assert factor.max() < 500
    np.testing.assert_allclose(factor[30:], 1)


@pytest.mark.parametrize(("n", "k"), [(0, 0), (1, 0), (2, 1)])
def test_in_the_smallest_collections_nobody_stands_out(n: int, k: int) -> None:
    graph = graph_of(vectors_of(n), k)
    np.testing.assert_allclose(local_outlier_factor(graph), np.ones(n))


def test_a_missing_neighbour_is_none() -> None:
    vectors = vectors_of(60)
    graph = graph_of(vectors, 10)
    ids, similarity = graph.ids.copy(), graph.similarity.copy()
    ids[:, 7:], similarity[:, 7:] = -1, -1
    np.testing.assert_array_equal(
        local_outlier_factor(Neighbours(ids, similarity)), local_outlier_factor(graph, k=7)
    )
    ids[5], similarity[5] = -1, -1
    assert local_outlier_factor(Neighbours(ids, similarity))[5] == 1
