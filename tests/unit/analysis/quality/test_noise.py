"""Noise like a collection."""

import numpy as np
import pytest
from tests.unit.analysis.quality.made import noise, unit

from bilderatlas.analysis.quality.noise import noise_like
from bilderatlas.types import Float32Array


def moments(vectors: Float32Array) -> tuple[float, np.ndarray]:
    """Return the length of the mean, and the variances along the principal axes."""
    centred = vectors - vectors.mean(axis=0)
    lengths = np.linalg.svd(centred, compute_uv=False)
    return float(np.linalg.norm(vectors.mean(axis=0))), lengths**2 / len(vectors)


@pytest.mark.parametrize("shift", [0, 0.3])
def test_it_has_the_mean_and_the_spread_of_the_collection(shift: float) -> None:
    random = np.random.default_rng(0)
    vectors = unit(random.normal(size=(800, 12)) / np.sqrt(np.arange(1, 13)) + shift)
    wanted_mean, wanted = moments(vectors)
    for cloud in noise_like(vectors, 2, random):
        assert cloud.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(cloud, axis=1), 1, rtol=1e-5)
        mean, variances = moments(cloud)
        assert mean == pytest.approx(wanted_mean, abs=0.08)
        np.testing.assert_allclose(variances[:12], wanted, rtol=0.2)


def test_it_has_no_groups_where_the_collection_has() -> None:
    random = np.random.default_rng(0)
    two = unit(np.sign(random.normal(size=(500, 1))) * np.eye(1, 8) + 0.1 * noise(500, 8))
    assert np.abs(two[:, 0]).min() > 0.9
    (cloud,) = noise_like(two, 1, random)
    assert np.abs(cloud[:, 0]).min() < 0.1


def test_more_dimensions_than_items_are_none_of_its_business() -> None:
    (cloud,) = noise_like(noise(30, 400), 1, np.random.default_rng(0))
    assert len(cloud) == 30
    assert cloud.shape[1] <= 30
    assert np.isfinite(cloud).all()


def test_copies_of_one_vector_stay_alike() -> None:
    (cloud,) = noise_like(np.tile(noise(1, 8), (20, 1)), 1, np.random.default_rng(0))
    np.testing.assert_allclose(cloud @ cloud.T, 1, rtol=1e-5)
