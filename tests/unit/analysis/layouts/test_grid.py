"""Rows and columns in the order of a map."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.analysis.layouts.grid import Grid, matched
from bilderatlas.errors import LayoutError


@given(
    n=st.integers(0, 400),
    aspect=st.floats(0.5, 2),
    window=st.floats(0.5, 3),
    seed=st.integers(0, 9),
)
def test_a_grid_has_no_gaps_but_in_its_last_row(
    n: int, aspect: float, window: float, seed: int
) -> None:
    grid = Grid(picture_aspect=aspect, window=window)
    places = grid.fit_transform(np.random.default_rng(seed).normal(size=(n, 2)))
    assert places.shape == (n, 2)
    assert places.dtype == np.float32
    if n == 0:
        return
    columns = np.round(places[:, 0] / aspect).astype(int)
    rows = grid.rows_ - 1 - np.round(places[:, 1]).astype(int)
    assert sorted(rows * grid.columns_ + columns) == list(range(n))
    if n > 100:
        assert grid.columns_ * aspect / grid.rows_ == pytest.approx(window, rel=0.35)


def test_a_map_that_is_a_grid_already_stays_as_it_is() -> None:
    cells = np.array([(x, y) for x in range(16) for y in range(10)], float)
    places = Grid(window=1.6).fit_transform(cells * (3, 5) + 7)
    np.testing.assert_array_equal(places, cells)


def test_neighbours_stay_neighbours() -> None:
    places = np.random.default_rng(0).uniform(size=(400, 2)) * (1.6, 1)
    grid = Grid().fit_transform(places)
    for axis in (0, 1):
        assert np.corrcoef(places[:, axis], grid[:, axis])[0, 1] > 0.97


@given(n=st.integers(1, 200), seed=st.integers(0, 9))
def test_each_item_gets_one_cell_of_those_there_are(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    found = matched(random.normal(size=(n, 2)), random.integers(0, 4, (n, 2)))
    assert sorted(found) == list(range(n))


def test_a_grid_has_no_place_for_more() -> None:
    grid = Grid()
    grid.fit_transform(np.zeros((5, 2)))
    with pytest.raises(LayoutError, match="lay out all"):
        grid.transform(np.zeros((1, 2)))
