"""Silhouettes in vector space and on a map."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_samples
from tests.unit.analysis.quality.made import noise

from bilderatlas.analysis.quality import silhouettes_of_map, silhouettes_of_vectors


@settings(max_examples=25)
@given(n=st.integers(10, 80), groups=st.integers(2, 5), seed=st.integers(0, 100))
def test_silhouettes_are_those_of_scikit_learn(n: int, groups: int, seed: int) -> None:
    vectors, positions = noise(n, 6, seed), noise(n, 3, seed + 1)[:, :2]
    codes = np.random.default_rng(seed).integers(0, groups, n).astype(np.int32)
    codes[:2] = 0, 1
    wanted = silhouette_samples(vectors, codes, metric="cosine")
    np.testing.assert_allclose(silhouettes_of_vectors(vectors, codes), wanted, atol=1e-5)
    wanted = silhouette_samples(positions, codes)
    np.testing.assert_allclose(silhouettes_of_map(positions, codes), wanted, atol=1e-5)


def test_with_shuffled_labels_there_is_nothing() -> None:
    random = np.random.default_rng(0)
    codes = np.repeat(np.arange(4, dtype=np.int32), 100)
    vectors = np.eye(4, 16)[codes] + 0.1 * random.normal(size=(400, 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert silhouettes_of_vectors(vectors, codes).mean() > 0.5
    random.shuffle(codes)
    assert -0.1 < silhouettes_of_vectors(vectors, codes).mean() < 0.01


def test_a_sample_of_the_map_hardly_differs_from_the_whole() -> None:
    random = np.random.default_rng(0)
    codes = random.integers(0, 6, 6_000).astype(np.int32)
    positions = random.normal(size=(6_000, 2)) + 3 * np.stack([codes % 3, codes // 3], axis=1)
    wanted = silhouette_samples(positions, codes)
    found = silhouettes_of_map(positions, codes)
    assert found.mean() == pytest.approx(wanted.mean(), abs=0.01)
    np.testing.assert_allclose(found, wanted, atol=0.15)


def test_items_without_a_label_or_a_place_have_none_and_change_nothing() -> None:
    vectors, positions = noise(60, 6), noise(60, 3)[:, :2].copy()
    codes = np.arange(60, dtype=np.int32) % 3
    codes[40:] = -1
    found = silhouettes_of_vectors(vectors, codes)
    np.testing.assert_array_equal(found[:40], silhouettes_of_vectors(vectors[:40], codes[:40]))
    assert np.isnan(found[40:]).all()
    positions[30:] = np.nan
    found = silhouettes_of_map(positions, codes)
    np.testing.assert_array_equal(found[:30], silhouettes_of_map(positions[:30], codes[:30]))
    assert np.isnan(found[30:]).all()


def test_one_group_alone_has_no_silhouette() -> None:
    codes = np.zeros(20, np.int32)
    assert np.isnan(silhouettes_of_vectors(noise(20, 4), codes)).all()
    assert np.isnan(silhouettes_of_map(noise(20, 2), codes)).all()


def test_copies_in_half_precision_are_not_nearer_than_at_no_distance() -> None:
    copies = np.repeat(noise(2, 64, 5), 10, axis=0)
    of_items = silhouettes_of_vectors(copies.astype(np.float16), np.repeat([0, 1], 10))
    assert of_items.max() <= 1
