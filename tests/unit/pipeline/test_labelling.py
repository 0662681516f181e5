"""Where labels come from."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from bilderatlas.errors import QueryError
from bilderatlas.pipeline.labelling import labels_of_column, labels_of_tags

KEYS = ["k0", "k1", "k2", "k2"]
URIS = ["0.jpg", "1.jpg", "2.jpg", "copy.jpg"]
NOTHING = pa.table({})


def test_a_column_holds_labels_and_blanks_are_none() -> None:
    table = pa.table({"kind": ["a", None, " ", " b "], "folder": ["x", "y", "x", "y"]})
    assert labels_of_column(table, URIS, "kind") == ["a", None, None, "b"]
    assert labels_of_column(table, URIS, "folder") == ["x", "y", "x", "y"]


@pytest.mark.parametrize(
    ("uris", "labels"),
    [
        (["cats/1.jpg", "dogs/2.jpg", "dogs/old/3.jpg"], ["cats", "dogs", "dogs"]),
        (["all/cats/1.jpg", "all/dogs/2.jpg", "all/3.jpg"], ["cats", "dogs", None]),
        (["1.jpg", "dogs/2.jpg"], [None, "dogs"]),
    ],
)
def test_folders_are_labels_from_where_they_part(uris: list[str], labels: list[str]) -> None:
    assert labels_of_column(NOTHING, uris, "folder") == labels


def test_one_folder_is_no_label_and_is_not_offered_as_one() -> None:
    with pytest.raises(QueryError, match=r"one folder; choose from kind\.$"):
        labels_of_column(pa.table({"kind": ["a"]}), ["all/1.jpg"], "folder")
    with pytest.raises(QueryError, match=r"--label folder: .*; sort .* --metadata FILE.csv\.$"):
        labels_of_column(NOTHING, ["all/1.jpg", "all/2.jpg"], "folder")


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    uris = ["1.jpg", "hall/1.jpg"]
    with pytest.raises(QueryError, match=r"--colour hue: .* choose from kind, folder\."):
        labels_of_column(pa.table({"kind": ["a", "b"]}), uris, "hue", flag="--colour")


def tagged(folder: Path, text: str) -> Path:
    path = folder / "tags.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_tag_is_found_by_key_then_by_uri_and_stands_for_all_copies(tmp_path: Path) -> None:
    path = tagged(tmp_path, "key,uri,tag\nk2,old-name.jpg,ship\ngone,1.jpg,harbour\n,0.jpg,\n")
    assert labels_of_tags(path, KEYS, URIS) == [None, "harbour", "ship", "ship"]


def test_a_picture_with_two_tags_is_of_no_one_class(tmp_path: Path) -> None:
    path = tagged(tmp_path, "tag,key,uri\nship,k0,0.jpg\nharbour,k0,0.jpg\nship,k1,1.jpg\n")
    assert labels_of_tags(path, KEYS, URIS) == [None, "ship", None, None]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("key,uri\nk0,0.jpg\n", "its first line lacks tag"),
        ("key,uri,tag\nother,other.jpg,ship\n", "no row is about a picture of this atlas"),
        ("", "its first line lacks key, tag, uri"),
    ],
)
def test_tags_that_cannot_be_used_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=f"--tags .*tags.csv: {reason}"):
        labels_of_tags(tagged(tmp_path, text), KEYS, URIS)


def test_a_file_of_tags_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"nowhere.csv: the file cannot be opened"):
        labels_of_tags(tmp_path / "nowhere.csv", KEYS, URIS)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tags.csv"
    path.write_bytes(b"key,uri,tag\n\xff\xd8\xff\xe0")
    with pytest.raises(QueryError, match="no CSV file in UTF-8"):
        labels_of_tags(path, KEYS, URIS)
