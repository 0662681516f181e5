"""Pictures where they were taken, on a coast that ships with the package."""

from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilderatlas.analysis.layouts.coastline import clipped, coastline, thinned
from bilderatlas.analysis.layouts.map import GeographicMap
from bilderatlas.errors import LayoutError

LISBON, ATHENS, OSLO = (38.72, -9.14), (37.98, 23.73), (59.91, 10.75)
AUCKLAND, SANTIAGO = (-36.85, 174.76), (-33.45, -70.67)


def columns(*places: tuple[float, float]) -> tuple[npt.NDArray[np.float64], ...]:
    return tuple(np.array(places, float).T)


def test_north_is_up_east_is_right_and_distances_are_true_in_the_middle() -> None:
    layout = GeographicMap()
    lisbon, athens, oslo = layout.fit_transform(*columns(LISBON, ATHENS, OSLO))
    assert lisbon[0] < oslo[0] < athens[0]
    assert oslo[1] > lisbon[1]
    west, south, east, north = layout.extent_
    assert west < -9.14 < 23.73 < east
    assert south < 37.98 < 59.91 < north
    middle = (37.98 + 59.91) / 2
    places = layout.transform(np.array([middle, middle + 1, middle]), np.array([0, 0, 1]))
    up, right = places[1] - places[0], places[2] - places[0]
    assert right[0] / up[1] == pytest.approx(np.cos(np.deg2rad(middle)), rel=1e-3)


def test_the_map_has_the_window_s_shape_and_a_frame_around_all() -> None:
    layout = GeographicMap(window=1.6)
    positions = layout.fit_transform(*columns(LISBON, ATHENS, OSLO))
    frame = layout.backdrop_.lines[0]
    width, height = np.ptp(frame, axis=0)
    assert width / height == pytest.approx(1.6, rel=0.01)
    assert (positions > 0).all()
    assert (positions < (width, height)).all()
    for line in layout.backdrop_.lines[1:]:
        assert line.min() > -0.05 * height
        assert (line.max(axis=0) <= (width * 1.001, height * 1.001)).all()
    assert "40°N" in [text for text, *_ in layout.backdrop_.texts]


def test_pictures_on_both_shores_of_the_pacific_are_not_torn_apart() -> None:
    layout = GeographicMap()
    auckland, santiago = layout.fit_transform(*columns(AUCKLAND, SANTIAGO))
    assert auckland[0] < santiago[0]
    west, _, east, _ = layout.extent_
    assert west < 174.76
    assert 360 - 70.67 < east < 400


def test_pictures_of_one_place_are_fanned_out_around_it() -> None:
    layout = GeographicMap()
    latitude = np.array([48.85] * 40 + [51.5, 40.4])
    longitude = np.array([2.35] * 40 + [-0.12, -3.7])
    positions = layout.fit_transform(latitude, longitude)
    assert len(np.unique(positions, axis=0)) == 42
    true = layout.transform(latitude, longitude)
    width = np.ptp(layout.backdrop_.lines[0][:, 0])
    way = np.linalg.norm(positions - true, axis=1) / width
    assert layout.displacement_["mean"] == pytest.approx(way.mean(), rel=1e-3)
    assert layout.displacement_["max"] == pytest.approx(way.max(), rel=1e-3)
    assert way[40:].max() < 0.03  # those that are alone stay
    assert np.linalg.norm((positions[:40] - true[:40]).mean(axis=0)) / width < 0.03


def test_a_single_place_is_shown_with_its_surroundings() -> None:
    layout = GeographicMap()
    positions = layout.fit_transform(np.full(3, 48.85), np.full(3, 2.35))
    _, south, _, north = layout.extent_
    assert 0.01 < north - south < 0.1
    assert np.isfinite(positions).all()


def test_pictures_without_a_place_stand_below_and_are_counted() -> None:
    nan = np.nan
    latitude = np.array([38.7, 38.0, nan, 0.0, 95.0, 40.0])
    longitude = np.array([-9.1, 23.7, nan, 0.0, 10.0, nan])
    layout = GeographicMap()
    positions = layout.fit_transform(latitude, longitude)
    assert np.isfinite(positions).all()
    assert (positions[2:, 1] < 0).all()
    assert (positions[:2, 1] > 0).all()
    assert len(np.unique(positions, axis=0)) == 6
    assert "no place · 4" in [text for text, *_ in layout.backdrop_.texts]


def test_a_map_needs_a_place() -> None:
    with pytest.raises(LayoutError, match="coordinates"):
        GeographicMap().fit_transform(np.full(3, np.nan), np.full(3, np.nan))
    with pytest.raises(LayoutError, match="fill"):
        GeographicMap(fill=0).fit_transform(*columns(OSLO))


@settings(max_examples=15)
@given(
    latitude=st.lists(st.floats(-90, 90), min_size=1, max_size=20),
    seed=st.integers(0, 9),
)
def test_any_places_on_earth_have_a_map(latitude: list[float], seed: int) -> None:
    longitude = np.random.default_rng(seed).uniform(-180, 180, len(latitude))
    layout = GeographicMap()
    positions = layout.fit_transform(np.array(latitude), longitude)
    assert np.isfinite(positions).all()
    assert len(np.unique(positions, axis=0)) == len(latitude)
    west, south, east, north = layout.extent_
    assert -90 <= south < north <= 90
    assert 0 < east - west <= 360.001


def test_the_coast_is_small_and_where_it_should_be() -> None:
    packed = files("bilderatlas.analysis.layouts") / "coastline.npz"
    assert len(packed.read_bytes()) < 150_000
    points = np.vstack(coastline())
    assert len(points) > 50_000
    # Cape Agulhas, Cape Horn, Cabo da Roca: tips of continents.
    for latitude, longitude in ((-34.83, 20.0), (-55.98, -67.27), (38.78, -9.5)):
        assert np.abs(points - (longitude, latitude)).max(axis=1).min() < 0.25
    for line in coastline():
        assert (np.abs(np.diff(line[:, 0])) < 180).all()


def test_no_line_leaves_the_rectangle_that_it_is_cut_to() -> None:
    square = np.array([(-1, 0.5), (2, 0.5), (2, 2), (0.5, 2), (0.5, -1)], np.float32)
    parts = clipped(square, 0, 0, 1, 1)
    assert len(parts) == 2
    np.testing.assert_allclose(parts[0], [(0, 0.5), (1, 0.5)])
    np.testing.assert_allclose(parts[1], [(0.5, 1), (0.5, 0)])
    whole = np.array([(0.1, 0.1), (0.9, 0.1), (0.9, 0.9)], np.float32)
    (kept,) = clipped(whole, 0, 0, 1, 1)
    np.testing.assert_allclose(kept, whole)
    assert clipped(whole + 5, 0, 0, 1, 1) == []


@given(seed=st.integers(0, 99))
def test_what_is_cut_off_a_line_is_outside(seed: int) -> None:
    line = np.random.default_rng(seed).normal(size=(30, 2)).astype(np.float32)
    dense = np.concatenate([np.linspace(begin, end, 50) for begin, end in pairwise(line)])
    inside = (np.abs(dense) < 0.99).all(axis=1)
    parts = clipped(line, -1, -1, 1, 1)
    assert all((np.abs(part) < 1.0001).all() for part in parts)
    length = sum(np.linalg.norm(np.diff(part, axis=0), axis=1).sum() for part in parts)
    steps = np.linalg.norm(np.diff(dense, axis=0), axis=1)
    assert length == pytest.approx(steps[inside[1:] & inside[:-1]].sum(), rel=0.25, abs=0.3)


def test_a_thinned_line_keeps_its_ends() -> None:
    line = np.stack([np.linspace(0, 1, 1000), np.zeros(1000)], axis=1).astype(np.float32)
    few = thinned(line, 0.1)
    assert 10 <= len(few) <= 12
    np.testing.assert_array_equal(few[[0, -1]], line[[0, -1]])


def test_a_map_that_is_full_has_a_cell_for_every_picture() -> None:
    n = 5000
    positions = GeographicMap(fill=1).fit_transform(np.full(n, 48.1), np.full(n, 11.5))
    assert len(np.unique(positions, axis=0)) == n
