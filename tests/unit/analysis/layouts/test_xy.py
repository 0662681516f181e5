"""Pictures over two columns of numbers, in a frame that says what they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.analysis.layouts.ticks import ticks
from bilderatlas.analysis.layouts.xy import XY
from bilderatlas.errors import LayoutError


def test_both_columns_fill_the_frame() -> None:
    layout = XY(window=1.6, names=("price", "age"))
    positions = layout.fit_transform([0, 500_000, 1_000_000], [3, 1, 2])
    np.testing.assert_allclose(positions, [(0, 1), (0.8, 0), (1.6, 0.5)], atol=1e-6)
    texts = [text for text, *_ in layout.backdrop_.texts]
    assert {"price", "↑ age", "400,000", "2.0"} <= set(texts)


def test_coordinates_may_keep_their_shape() -> None:
    layout = XY(equal=True)
    positions = layout.fit_transform([0, 3], [0, 4])
    assert np.linalg.norm(positions[1] - positions[0]) == pytest.approx(5 / 4)


def test_a_mark_stands_at_its_number() -> None:
    layout = XY()
    layout.fit_transform([10, 20, 50], [0, 1, 2])
    (mark,) = [x for text, x, *_ in layout.backdrop_.texts if text == "40"]
    assert mark == pytest.approx(layout.transform([40], [0])[0, 0], abs=1e-6)


def test_pictures_that_lack_a_number_stand_below() -> None:
    layout = XY()
    positions = layout.fit_transform([1, 2, np.nan, 4, np.inf], [1, np.nan, 3, 4, 5])
    assert np.isfinite(positions).all()
    assert (positions[[1, 2, 4], 1] < 0).all()
    assert (positions[[0, 3], 1] >= 0).all()
    assert len(np.unique(positions, axis=0)) == 5
    assert "no value · 3" in [text for text, *_ in layout.backdrop_.texts]


def test_other_pictures_take_their_places_in_the_frame() -> None:
    layout = XY()
    positions = layout.fit_transform([1, 2, 3], [1, 5, 2])
    np.testing.assert_array_equal(layout.transform([3, 1], [2, 1]), positions[[2, 0]])
    with pytest.raises(LayoutError, match="lacks a number"):
        layout.transform([np.nan], [1])


@pytest.mark.parametrize("values", [[2.0], [2.0, 2.0, 2.0]])
def test_a_single_value_has_a_frame_too(values: list[float]) -> None:
    for equal in (False, True):
        layout = XY(equal=equal)
        positions = layout.fit_transform([*values, np.nan], [*values, 1])
        assert np.isfinite(positions).all()
        assert all(np.isfinite(line).all() for line in layout.backdrop_.lines)


def test_columns_without_numbers_are_named() -> None:
    with pytest.raises(LayoutError, match="'price' and 'age'"):
        XY(names=("price", "age")).fit_transform([1, np.nan], [np.nan, 2])


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6))
def test_marks_are_round_within_the_axis_and_told_apart(low: float, span: float) -> None:
    marks = ticks(low, low + span)
    assert 2 <= len(marks) <= 11
    values = [value for value, _ in marks]
    slack = 1e-6 * span
    assert all(low - slack <= value <= low + span + slack for value in values)
    assert len({text for _, text in marks}) == len(marks)
    for value, text in marks:
        assert float(text.replace(",", "")) == pytest.approx(value, abs=1e-3 * span)
