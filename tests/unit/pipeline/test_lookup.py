"""What a person may call a picture."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from bilderatlas.errors import QueryError
from bilderatlas.pipeline.lookup import Lookup, Name
from bilderatlas.store import Store

KEYS = ["abcdef12" + "0" * 24, "abcdef34" + "0" * 24, "abcdef12" + "0" * 24]


class ThreeItems(Store):
    """A store of three items: the first and the last have the same bytes."""

    def read_items(self, version: int, columns: Sequence[str]) -> pa.Table:
        uris = ["rooms/bath.jpg", "rooms/hall.jpg", "abcdef99"]
        location = [os.fsencode(self.folder.parent / "rooms" / f"{n}.jpg") for n in range(3)]
        return pa.table({"uri": uris, "key": KEYS, "location": location}).select(list(columns))


@pytest.fixture
def lookup(tmp_path: Path) -> Lookup:
    (tmp_path / "rooms").mkdir()
    for name in ("0.jpg", "other.jpg"):
        (tmp_path / "rooms" / name).touch()
    return Lookup(ThreeItems(tmp_path / "rooms.atlas"), 1)


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("rooms/hall.jpg", 1),
        (1, 1),
        ("#1", 1),
        (KEYS[1], 1),
        ("abcdef3", 1),
        ("ABCDEF12", 0),  # two items, one key
        ("abcdef99", 2),  # looks like a key, but is a name
    ],
)
def test_an_item_is_found_by_name_id_and_key(lookup: Lookup, name: Name, item: int) -> None:
    assert lookup.find(name) == item


def test_a_file_is_the_item_that_was_made_of_it_or_a_picture_outside(
    lookup: Lookup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lookup.find("rooms/0.jpg") == 0
    assert lookup.find(tmp_path / "rooms" / ".." / "rooms" / "0.jpg") == 0
    assert lookup.find("rooms/other.jpg") == Path("rooms/other.jpg")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("hall.jpg", "'hall.jpg' is neither a picture of .* nor a file: did you mean rooms/hall"),
        ("rooms/baht.jpg", r"did you mean rooms/bath\.jpg"),
        ("xyz", r"nor a file: one is rooms/bath\.jpg\.$"),
        ("#3", "has no picture #3: its 3 pictures have the ids from 0 to 2"),
        (-1, "has no picture -1"),
        ("abcdef", "keys of 2 pictures begin with 'abcdef': give more digits, as in abcdef12"),
        ("fedcba98", "no key begins with it"),
    ],
)
def test_a_name_of_nothing_is_answered_with_what_was_perhaps_meant(
    lookup: Lookup, name: Name, sentence: str
) -> None:
    with pytest.raises(QueryError, match=sentence):
        lookup.find(name)
