from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from bilderatlas.analysis.layouts.frame import held, laid_wide


def turned(positions: npt.NDArray[Any], degrees: float) -> npt.NDArray[Any]:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.asarray(positions @ np.array([[c, s], [-s, c]]))


@given(degrees=st.floats(0, 360), seed=st.integers(0, 20))
def test_a_long_map_comes_to_lie_wide(degrees: float, seed: int) -> None:
    map_ = np.random.default_rng(seed).uniform(-1, 1, (200, 2)) * (4, 1)
    width, height = np.ptp(laid_wide(turned(map_, degrees).astype(np.float32)), axis=0)
    assert width > 2.5 * height


@given(seed=st.integers(0, 50))
def test_laying_a_map_wide_keeps_all_distances_and_centres_it(seed: int) -> None:
    map_ = np.random.default_rng(seed).normal(5, 3, (30, 2)).astype(np.float32)
    wide = laid_wide(map_)
    np.testing.assert_allclose(pdist(wide), pdist(map_), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(wide.mean(axis=0), 0, atol=1e-4)


@given(degrees=st.floats(0, 360), scale=st.floats(0.2, 5), shift=st.floats(-50, 50))
def test_a_map_that_only_turned_grew_and_drifted_comes_back(
    degrees: float, scale: float, shift: float
) -> None:
    random = np.random.default_rng(0)
    old = random.normal(size=(40, 2)).astype(np.float32)
    moved = turned(old, degrees) * scale + shift
    known = old.copy()
    known[30:] = np.nan
    np.testing.assert_allclose(held(moved, known), old, atol=1e-3)


def test_a_mirrored_map_is_not_mirrored_back() -> None:
    old = np.random.default_rng(0).normal(size=(40, 2)).astype(np.float32)
    assert not np.allclose(held(old * (-1, 1), old), old, atol=0.1)


def test_no_pictures_lie_wide() -> None:
    assert laid_wide(np.empty((0, 2), np.float32)).shape == (0, 2)
