import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.analysis.duplicates.resampling import blur, cut, squeezing


@given(side=st.integers(2, 40), size=st.integers(2, 140))
def test_a_plain_line_stays_plain_at_any_size(side: int, size: int) -> None:
    assert squeezing(side, size) @ np.ones(size) == pytest.approx(1, abs=1e-5)
    assert squeezing(side, size, 1.0) @ np.ones(size) == pytest.approx(1, abs=1e-5)


def test_the_whole_line_at_its_own_size_is_the_line() -> None:
    weights, _ = cut(0.0, 1.0, 20, 20)
    assert weights == pytest.approx(np.eye(20), abs=1e-5)


def test_a_ramp_is_cut_where_the_window_says() -> None:
    ramp = (np.arange(100) + 0.5) / 100
    starts, extents = np.array([[0.2, 0.5], [0.3, 0.25]], np.float32).T
    weights, _ = cut(starts, extents, 50, 100)
    cells = (np.arange(50) + 0.5) / 50
    assert weights @ ramp == pytest.approx(starts[:, None] + extents[:, None] * cells, abs=1e-4)


@given(start=st.floats(0.05, 0.15), extent=st.floats(0.7, 0.8))
def test_the_slopes_say_how_the_cut_changes_as_the_window_moves(
    start: float, extent: float
) -> None:
    line = np.sin(np.arange(32) / 3)
    step = 1e-3
    _, slopes = cut(start, extent, 32, 32)
    (before, _), (after, _) = cut(start - step, extent, 32, 32), cut(start + step, extent, 32, 32)
    change = (after.astype(np.float64) - before) @ line / (2 * step)
    assert slopes @ line == pytest.approx(change, abs=0.3)


def test_a_blur_spreads_a_spot_and_keeps_its_weight() -> None:
    spot = blur(41, 3.0)[:, 20]
    assert spot.sum() == pytest.approx(1, abs=1e-4)
    assert np.sqrt((spot * (np.arange(41) - 20) ** 2).sum()) == pytest.approx(3, abs=0.05)
