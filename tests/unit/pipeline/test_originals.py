"""Pictures at any size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.pipeline.rooms import ROOMS, build_rooms, draw

from bilderatlas.pipeline.originals import Originals
from bilderatlas.store import Store


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    atlas = build_rooms(tmp_path)
    store = Store(atlas.folder)
    return Originals(store, store.read_record().stages["items"].version)


def test_a_small_print_takes_the_thumbnail_and_a_large_one_the_file(
    originals: Originals, tmp_path: Path
) -> None:
    assert originals(0, 100).size == (128, 97)
    with Image.open(tmp_path / "rooms" / ROOMS[0]) as file:
        assert file.size == (128, 96)
        np.testing.assert_array_equal(np.asarray(originals(0, 129)), np.asarray(file))


def test_a_file_that_has_gone_or_changed_gives_way_to_its_thumbnail(
    originals: Originals, tmp_path: Path
) -> None:
    thumbnail = np.asarray(originals(0, 100))
    (tmp_path / "rooms" / ROOMS[0]).unlink()
    np.testing.assert_array_equal(originals(0, 500), thumbnail)
    thumbnail = np.asarray(originals(1, 100))
    draw(tmp_path / "rooms" / ROOMS[1], "shed", 99)
    np.testing.assert_array_equal(originals(1, 500), thumbnail)
