"""The frame of a layout, and how much room its pictures have."""

from __future__ import annotations

import numpy as np
import pytest

from bilderatlas.publish.site.frame import UNITS, frame_of, room_of
from bilderatlas.types import Backdrop, Layout

GRID = np.array([(1.5 * (i % 5), i // 5) for i in range(20)], np.float32)


def test_pictures_in_rows_and_columns_have_the_room_of_their_cell() -> None:
    assert room_of(Layout("grid", "grid", GRID), 1.5) == pytest.approx(1)
    assert room_of(Layout("grid", "grid", GRID), 1.0) == pytest.approx(1)
    assert room_of(Layout("grid", "grid", GRID[:, ::-1]), 1.5) == pytest.approx(2 / 3)


def test_a_picture_without_a_place_takes_no_room() -> None:
    holes = np.concatenate([GRID, np.full((3, 2), np.nan, np.float32)])
    assert room_of(Layout("grid", "grid", holes), 1.5) == pytest.approx(1)


def test_kinds_that_scatter_promise_no_room() -> None:
    assert room_of(Layout("tsne", "tsne", GRID), 1.5) == 0


def test_whole_pictures_are_within_the_frame() -> None:
    frame = frame_of(Layout("grid", "grid", GRID), 1.0, 1.5)
    points = frame.units(GRID).astype(int)
    assert points.min(axis=0).tolist() == pytest.approx([UNITS / 10, UNITS / 15], abs=1)
    assert frame.extent == (UNITS, round(UNITS * 4 / 7.5))


def test_lines_and_texts_are_within_the_frame() -> None:
    line = np.array([(-10, 0), (20, 0)], np.float32)
    backdrop = Backdrop((line,), (("a title", 5.0, -8.0, 2.0),))
    frame = frame_of(Layout("map", "map", GRID, backdrop=backdrop), 0.0, 1.0)
    assert frame.units(line)[:, 0].tolist() == [0, UNITS]
    assert frame.extent == (UNITS, round(UNITS * (3 + 9) / 30))
