"""Gaps narrowed, as little as needed."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.analysis.layouts.grid import fill_rectangle
from bilderatlas.analysis.layouts.spread import covered, spread, spread_share


def islands(n: int = 2000) -> npt.NDArray[np.float32]:
    """Four small islands in a wide sea."""
    random = np.random.default_rng(0)
    centres = np.array([[0, 0], [10, 1], [1, 8], [11, 9]])
    return (centres[np.arange(n) % 4] + random.normal(0, 0.8, (n, 2))).astype(np.float32)


@given(n=st.integers(0, 300), seed=st.integers(0, 9))
def test_a_filled_rectangle_gives_each_item_a_place_of_its_own(n: int, seed: int) -> None:
    positions = np.random.default_rng(seed).normal(size=(n, 2))
    places = fill_rectangle(positions)
    assert places.shape == (n, 2)
    assert len(np.unique(places, axis=0)) == n
    if n:
        assert (places >= positions.min(axis=0) - 1e-5).all()
        assert (places <= positions.max(axis=0) + 1e-5).all()


def test_a_filled_rectangle_is_equally_full_everywhere() -> None:
    places = fill_rectangle(islands(1024))
    counts, _, _ = np.histogram2d(places[:, 0], places[:, 1], bins=4)
    assert counts.min() > 0.8 * counts.max()


def test_a_filled_rectangle_keeps_left_and_right() -> None:
    positions = islands(64)
    order = np.argsort(positions[:, 0])
    places = fill_rectangle(positions)
    assert places[order[:32], 0].max() <= places[order[32:], 0].min()


def test_islands_are_spread_until_enough_is_covered() -> None:
    positions = islands()
    share = spread_share(positions)
    assert covered(positions) < 0.5
    assert 0.1 < share <= 0.5
    assert covered(spread(positions, share)) >= min(0.72, covered(spread(positions, 0.5)))


def test_a_map_without_gaps_is_left_alone() -> None:
    positions = np.random.default_rng(0).uniform(size=(2000, 2)).astype(np.float32)
    assert spread_share(positions) == 0
    np.testing.assert_array_equal(spread(positions, 0), positions)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_few_items_or_a_line_need_no_spreading(n: int) -> None:
    assert spread_share(np.zeros((n, 2), np.float32)) == 0
    assert spread_share(np.arange(2 * n, dtype=np.float32).reshape(n, 2)) == 0
