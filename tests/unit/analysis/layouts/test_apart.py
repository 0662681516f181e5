"""No picture hides another, and none is moved further than it must be."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bilderatlas.analysis.layouts.apart import Apart, Lattice
from bilderatlas.errors import LayoutError


def crowd(n: int, seed: int = 0) -> npt.NDArray[np.float32]:
    """Return places of which a third are one and the same."""
    random = np.random.default_rng(seed)
    places = random.normal(size=(n, 2)) * (3, 1)
    places[: n // 3] = places[:1]
    return places.astype(np.float32)


def hidden(positions: npt.NDArray[Any], cell: tuple[float, float]) -> int:
    """Return how many pairs of pictures as large as a cell cover some of each other."""
    apart = np.abs(positions[:, None].astype(np.float64) - positions[None])
    overlap = (apart < np.array(cell) * 0.999).all(axis=2)
    return int(overlap.sum() - len(positions)) // 2


@given(
    n=st.integers(0, 250),
    seed=st.integers(0, 99),
    aspect=st.floats(0.5, 2),
    fill=st.floats(0.05, 1),
)
def test_no_two_pictures_overlap(n: int, seed: int, aspect: float, fill: float) -> None:
    layout = Apart(picture_aspect=aspect, fill=fill)
    moved = layout.fit_transform(crowd(n, seed))
    assert moved.shape == (n, 2)
    assert moved.dtype == np.float32
    assert layout.cell_[0] / layout.cell_[1] == pytest.approx(aspect)
    assert hidden(moved, layout.cell_) == 0


@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_pictures_in_one_place_or_in_a_line_come_apart_too(n: int) -> None:
    line = np.stack([np.arange(n), np.zeros(n)], axis=1).astype(np.float32)
    for places in (np.zeros((n, 2), np.float32), line, line[:, ::-1]):
        layout = Apart()
        assert hidden(layout.fit_transform(places), layout.cell_) == 0


def test_pictures_that_do_not_overlap_stay_in_their_cells() -> None:
    random = np.random.default_rng(0)
    cells = np.array([(x, y) for x in range(0, 30, 2) for y in range(0, 20, 2)])
    places = (cells + random.uniform(0.1, 0.9, cells.shape)).astype(np.float32)
    lattice = Lattice((0, 0), (1, 1), 30, 20)
    np.testing.assert_array_equal(lattice.own_cells(places), cells)


def test_the_way_is_little_longer_than_that_of_the_best_assignment() -> None:
    random = np.random.default_rng(0)
    islands = random.normal(size=(5, 2))[np.arange(300) % 5] * 4
    places = islands + random.normal(0, 0.5, (300, 2))
    lattice = Lattice.over(places, 0.5, 1.0)
    cells = np.array([(x, y) for x in range(lattice.columns) for y in range(lattice.rows)])
    squared = ((places[:, None] - lattice.middles(cells)) ** 2).sum(axis=2)
    best = squared[linear_sum_assignment(squared)].sum()
    ours = ((places - lattice.middles(lattice.own_cells(places))) ** 2).sum()
    assert ours < 1.5 * best


def test_the_displacement_is_told_as_a_share_of_the_width() -> None:
    places = crowd(200)
    layout = Apart()
    moved = layout.fit_transform(places)
    way = np.linalg.norm(moved - places, axis=1) / np.ptp(places[:, 0])
    assert layout.displacement_["mean"] == pytest.approx(way.mean(), rel=0.1)
    assert layout.displacement_["max"] == pytest.approx(way.max(), rel=0.1)
    assert layout.displacement_["median"] < layout.displacement_["max"]
    assert layout.parameters["displacement"] == layout.displacement_


def test_larger_pictures_move_further() -> None:
    small, large = Apart(fill=0.1), Apart(fill=0.8)
    small.fit_transform(crowd(300))
    large.fit_transform(crowd(300))
    assert small.cell_[0] < large.cell_[0]
    assert small.displacement_["mean"] < large.displacement_["mean"]


def test_new_pictures_take_free_cells_while_there_are_any() -> None:
    layout = Apart(fill=0.5)
    old = layout.fit_transform(crowd(60))
    joined = layout.transform(crowd(20, seed=1))
    assert hidden(np.vstack([old, joined]), layout.cell_) == 0
    assert layout.transform(crowd(0)).shape == (0, 2)
    with pytest.raises(LayoutError, match="lay out all"):
        layout.transform(crowd(200))


@pytest.mark.parametrize("fill", [0, -1, 1.5])
def test_a_fill_that_is_no_share_is_named(fill: float) -> None:
    with pytest.raises(LayoutError, match="fill"):
        Apart(fill=fill).fit_transform(crowd(10))
