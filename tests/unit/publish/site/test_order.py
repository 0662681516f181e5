"""Places, levels and the order of a layout."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilderatlas.errors import SiteError
from bilderatlas.publish.site.frame import Frame
from bilderatlas.publish.site.order import arrange, median_aspect, morton
from bilderatlas.types import Float32Array, Layout

COORDINATES = st.floats(-1e6, 1e6, width=32)
MAPS = st.integers(1, 40).flatmap(lambda n: arrays(np.float32, (n, 2), elements=COORDINATES))
CROWDED = st.integers(1, 60).flatmap(
    lambda n: st.tuples(
        arrays(np.float32, (n, 2), elements=st.integers(0, 9)),
        arrays(np.float32, n, elements=st.integers(0, 3)),
    )
)


def a_layout(positions: npt.ArrayLike) -> Layout:
    return Layout("tsne", "tsne", np.asarray(positions, np.float32))


def code(x: int, y: int) -> int:
    """Return the Morton code, bit by bit."""
    return sum((x >> k & 1) << 2 * k | (y >> k & 1) << 2 * k + 1 for k in range(17))


@given(MAPS)
def test_the_longer_side_spans_the_grid_and_y_points_down(positions: Float32Array) -> None:
    points = Frame.around(positions).units(positions).astype(np.float64)
    span = np.ptp(positions.astype(np.float64), axis=0)
    if span.max() == 0:
        assert not points.any()
        return
    assert points.min(axis=0).tolist() == [0, 0]
    assert points.max() == 65535
    unit = span.max() / 65535
    left, top = positions[:, 0].min(), positions[:, 1].max()
    back = np.stack([left + points[:, 0] * unit, top - points[:, 1] * unit], axis=1)
    assert np.abs(back - positions).max() <= unit * 0.5001 + 1e-9


@given(st.lists(st.tuples(st.integers(0, 2**17 - 1), st.integers(0, 2**17 - 1)), max_size=20))
def test_morton_interleaves_the_bits(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs, np.uint64).reshape(-1, 2).T
    assert morton(x, y).tolist() == [code(*pair) for pair in pairs]


@settings(max_examples=60)
@given(CROWDED, st.sampled_from([2 / 3, 0.75, 1.0, 1.3333, 1.5]))
def test_at_each_level_a_prefix_of_the_order_is_the_first_of_every_cell(
    crowd: tuple[Float32Array, Float32Array], cell_aspect: float
) -> None:
    positions, priority = crowd
    made = arrange(a_layout(positions), priority, cell_aspect)
    for level in range(17):
        height = 65536 / 2**level
        cells = [
            (int(x // (height * cell_aspect)), int(y // height)) for x, y in made.points.tolist()
        ]
        foremost: dict[tuple[int, int], int] = {}
        for item in sorted(range(len(cells)), key=lambda item: (-priority[item], item)):
            foremost.setdefault(cells[item], item)
        met: dict[tuple[int, int], int] = {}
        for item in made.order.tolist():
            met.setdefault(cells[item], item)
        assert met == foremost
        prefix = made.order[: made.levels[level + 1]]
        assert set(prefix.tolist()) == set(foremost.values())


@settings(max_examples=60)
@given(CROWDED)
def test_the_order_is_by_level_then_morton_code_then_id(
    crowd: tuple[Float32Array, Float32Array],
) -> None:
    made = arrange(a_layout(crowd[0]), crowd[1], 1.0)
    levels = np.repeat(np.arange(18), np.diff(made.levels)).tolist()
    ranks = [
        (level, code(*made.points[item].tolist()), item)
        for level, item in zip(levels, made.order.tolist(), strict=True)
    ]
    assert ranks == sorted(ranks)
    assert sorted(made.order.tolist()) == list(range(len(crowd[0])))


def test_of_pictures_in_one_place_the_highest_priority_stands_for_all() -> None:
    made = arrange(a_layout(np.full((4, 2), 3)), np.array([0.1, 0.9, 0.9, 0.2], np.float32), 1.0)
    assert made.order.tolist() == [1, 0, 2, 3]
    assert made.levels.tolist() == [0, *[1] * 17, 4]
    assert made.extent == (0, 0)


def test_no_pictures_have_an_order_too() -> None:
    made = arrange(a_layout(np.zeros((0, 2))), np.zeros(0, np.float32), 1.0)
    assert (made.order.tolist(), made.levels.tolist(), made.extent) == ([], [0] * 19, (0, 0))


def test_a_map_without_end_is_refused_by_name() -> None:
    with pytest.raises(SiteError, match=r"layout 'tsne' .* `bilderatlas layout`"):
        arrange(a_layout(np.array([[0, 0], [np.inf, 1]])), np.zeros(2, np.float32), 1.0)


def test_items_without_a_place_come_last_and_are_not_counted() -> None:
    spread = np.array([[np.nan, 0], [0, 0], [4, 2], [np.nan, np.nan]])
    made = arrange(a_layout(spread), np.array([9, 1, 2, 9], np.float32), 1.0)
    assert made.order[:2].tolist() == [2, 1]
    assert sorted(made.order[2:].tolist()) == [0, 3]
    assert made.placed == made.levels[-1] == 2
    assert made.points[[0, 3]].tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize(
    ("codes", "aspect"), [([], 1.0), ([128, 128, 255], 1.0), ([255], 1.5), ([0, 0], 0.6667)]
)
def test_cells_have_the_shape_of_the_middle_picture(codes: list[int], aspect: float) -> None:
    assert median_aspect(np.array(codes, np.uint8)) == aspect
