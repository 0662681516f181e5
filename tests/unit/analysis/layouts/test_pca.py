import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array

from bilderatlas.analysis.layouts.pca import PCA


@given(n=st.integers(3, 40), d=st.integers(1, 12), seed=st.integers(0, 99))
def test_coordinates_are_those_of_the_singular_value_decomposition(
    n: int, d: int, seed: int
) -> None:
    vectors = np.random.default_rng(seed).normal(size=(n, d)) * np.arange(d, 0, -1) ** 2
    found = PCA(n_components=2).fit_transform(vectors)
    u, s, _ = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    wanted = (u * s)[:, :2]
    np.testing.assert_allclose(
        np.abs(found[:, : wanted.shape[1]]), np.abs(wanted), atol=1e-3 * np.abs(wanted).max()
    )
    assert not found[:, wanted.shape[1] :].any()


def test_the_signs_are_always_the_same() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 8))
    components = PCA().fit(vectors).components_
    again = PCA().fit(-vectors).components_
    np.testing.assert_allclose(components, again, atol=1e-6)
    assert (np.take_along_axis(components, np.abs(components).argmax(1)[:, None], 1) > 0).all()


def test_vectors_of_half_precision_do_not_overflow() -> None:
    vectors = np.random.default_rng(0).normal(300, 50, size=(3000, 6)).astype(np.float16)
    coordinates = PCA(n_components=3).fit_transform(vectors)
    assert coordinates.dtype == np.float32
    assert np.isfinite(coordinates).all()
    assert abs(coordinates[:, 0].std() - 51) < 3


def test_pictures_that_are_all_alike_lie_at_the_origin() -> None:
    assert not PCA().fit_transform(np.ones((5, 7))).any()


def test_no_pictures_have_no_coordinates() -> None:
    assert PCA().fit_transform(np.empty((0, 7))).shape == (0, 2)


@pytest.mark.parametrize("shape", [(60, 40), (3, 40), (40, 2)])
def test_sparse_vectors_are_laid_out_by_their_singular_values(shape: tuple[int, int]) -> None:
    sparse = csr_matrix(random_array(shape, density=0.3, rng=np.random.default_rng(0)))
    layout = PCA()
    found = layout.fit_transform(sparse)
    u, s, _ = np.linalg.svd(sparse.toarray(), full_matrices=False)
    wanted = (u * s)[:, :2]
    np.testing.assert_allclose(np.abs(found[:, : wanted.shape[1]]), np.abs(wanted), atol=1e-4)
    np.testing.assert_array_equal(layout.transform(sparse), found)
    assert layout.share_ == pytest.approx((s[:2] ** 2).sum() / max((s**2).sum(), 1e-9), abs=1e-4)


def test_the_share_of_what_is_shown_is_told() -> None:
    vectors = np.random.default_rng(0).normal(size=(500, 4)) * (3, 2, 1, 1)
    layout = PCA().fit(vectors)
    assert layout.share_ == pytest.approx(13 / 15, abs=0.03)
    assert layout.parameters["share_of_variance"] == layout.share_
