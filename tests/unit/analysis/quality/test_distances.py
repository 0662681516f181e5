"""Correlation of distances."""

import numpy as np
import pytest
from scipy.spatial.distance import pdist
from scipy.stats import pearsonr, spearmanr
from tests.unit.analysis.quality.made import noise, on_a_circle

from bilderatlas.analysis.quality import correlation_of_distances


def test_distances_of_a_faithful_map_follow_those_of_the_vectors() -> None:
    circle = on_a_circle(150)
    found = correlation_of_distances(circle, 7 * circle)
    assert found == pytest.approx({"distances_spearman": 1, "distances_pearson": 1}, abs=1e-5)


@pytest.mark.parametrize("n", [150, 600])
def test_correlations_are_those_of_scipy_over_all_pairs_within_their_error(n: int) -> None:
    vectors, positions = noise(n, 4), noise(n, 4)[:, :2]
    found = correlation_of_distances(vectors, positions)
    for name, measured in (("spearman", spearmanr), ("pearson", pearsonr)):
        wanted = measured(pdist(vectors), pdist(positions))[0]
        error = found.get(f"distances_{name}_error", 1e-6)
        assert error < 0.02
        assert found[f"distances_{name}"] == pytest.approx(wanted, abs=3 * error)
        assert (f"distances_{name}_error" in found) == (n == 600)


def test_items_without_a_place_are_left_out() -> None:
    vectors, positions = noise(100, 4), noise(100, 4)[:, :2].copy()
    wanted = correlation_of_distances(vectors[:60], positions[:60])
    positions[60:] = np.nan
    assert correlation_of_distances(vectors, positions) == wanted


def test_where_all_stand_in_one_place_distances_say_nothing() -> None:
    assert correlation_of_distances(noise(20, 4), np.zeros((20, 2), np.float32)) == {}
    assert correlation_of_distances(noise(2, 4), noise(2, 2)) == {}
