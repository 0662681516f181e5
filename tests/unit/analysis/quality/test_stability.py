"""Stability from one drawing of a map to the next."""

import numpy as np
import pytest
from tests.unit.analysis.quality.made import noise

from bilderatlas.analysis.quality import stability


def test_the_same_map_turned_and_grown_is_the_same() -> None:
    positions = noise(100, 3)[:, :2]
    turned = (5 * positions @ np.array([[0, -1], [1, 0]]) + 3).astype(np.float32)
    mean, of_item = stability(positions, [turned])
    assert mean == pytest.approx(1)
    assert of_item.tolist() == [1] * 100


def test_another_map_keeps_what_chance_would() -> None:
    positions, other = noise(400, 3)[:, :2], noise(400, 3, seed=1)[:, :2]
    mean, _ = stability(positions, [other])
    assert mean == pytest.approx(10 / 399, abs=0.01)


def test_several_maps_count_alike() -> None:
    positions, other = noise(60, 3)[:, :2], noise(60, 3, seed=1)[:, :2]
    alone, of_item = stability(positions, [other])
    both, of_item_both = stability(positions, [other, positions])
    assert both == pytest.approx((alone + 1) / 2)
    np.testing.assert_allclose(of_item_both, (of_item + 1) / 2, atol=1e-6)


def test_an_item_without_a_place_has_no_stability() -> None:
    positions = noise(40, 3)[:, :2].copy()
    positions[7] = np.nan
    mean, of_item = stability(positions, [positions])
    assert mean == 1
    assert np.flatnonzero(np.isnan(of_item)).tolist() == [7]
