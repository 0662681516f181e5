"""Where labels come from: a metadata column, the folders, or the tags of a person."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pyarrow as pa

from bilderatlas.errors import QueryError
from bilderatlas.record import Record

__all__ = ["FOLDER", "class_column", "labels_of_column", "labels_of_tags", "labels_to_choose"]

FOLDER = "folder"
"""Stands for the folder a picture is in, where no metadata column is called so."""

_COLUMNS = {"key", "uri", "tag"}


def class_column(record: Record, columns: Sequence[str]) -> str | None:
    """Return the metadata column of the class: that of the build, else label or category."""
    asked = record.parameters["site"]["label"]
    return next((name for name in (asked, "label", "category") if name in columns), None)


def labels_of_column(
    metadata: pa.Table, uris: Sequence[str], column: str, *, flag: str = "--label"
) -> list[str | None]:
    """Return each item's text in a metadata column, or its folder's name.

    The folder is the first one below those that all pictures are in; a picture that is in no other
    has no label. ``flag`` is what the column was named by.

    Raises
    ------
    QueryError
        If there is no such column, or only one folder.
    """
    if column in metadata.column_names:
        cells: list[str | None] = metadata.column(column).to_pylist()
        return [(cell or "").strip() or None for cell in cells]
    if column == FOLDER and any(labels := _folders(uris)):
        return labels
    why = "the metadata has no such column"
    if column == FOLDER:
        why = "all pictures are in one folder"
    raise QueryError(f"{flag} {column}: {why}; {labels_to_choose(metadata, uris)}.")


def labels_to_choose(metadata: pa.Table, uris: Sequence[str]) -> str:
    """Say which labels there are to choose from, or how to get some."""
    there = [*metadata.column_names, *([FOLDER] if any(_folders(uris)) else [])]
    if there:
        return f"choose from {', '.join(there)}"
    return "sort the pictures into folders, or build the atlas with --metadata FILE.csv"


def labels_of_tags(path: Path, keys: Sequence[str], uris: Sequence[str]) -> list[str | None]:
    """Return each item's tag in a CSV file with the columns ``key``, ``uri`` and ``tag``.

    A row is about the items with its key, or if there are none (the file has changed), about the
    item with its uri. An item with several tags has no label: it is of no one class.

    Raises
    ------
    QueryError
        If the file cannot be read, lacks a column, or is about none of the items.
    """
    items: defaultdict[str, list[int]] = defaultdict(list)
    for item, (key, uri) in enumerate(zip(keys, uris, strict=True)):
        items[f"key {key}"].append(item)
        items[f"uri {uri}"].append(item)
    tags: defaultdict[int, set[str]] = defaultdict(set)
    for row in _rows(path):
        if tag := (row["tag"] or "").strip():
            for item in items.get(f"key {row['key']}") or items.get(f"uri {row['uri']}", []):
                tags[item].add(tag)
    if not tags:
        raise QueryError(
            f"--tags {path}: no row is about a picture of this atlas: give the tags that were "
            "saved from its own map."
        )
    return [next(iter(of_item)) if len(of_item := tags[i]) == 1 else None for i in range(len(uris))]


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            there, rows = set(reader.fieldnames or []), list(reader)
    except OSError as error:
        raise QueryError(
            f"--tags {path}: the file cannot be opened ({error.strerror}): check its name."
        ) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise QueryError(f"--tags {path}: it is no CSV file in UTF-8: save it anew.") from error
    if missing := sorted(_COLUMNS - there):
        raise QueryError(
            f"--tags {path}: its first line lacks {', '.join(missing)}: it must name the columns "
            "key, uri and tag."
        )
    return rows


def _folders(uris: Sequence[str]) -> list[str | None]:
    paths = [PurePosixPath(uri).parent.parts for uri in uris]
    shared = 0
    while len({parts[: shared + 1] for parts in paths}) == 1 and len(paths[0]) > shared:
        shared += 1
    return [parts[shared] if len(parts) > shared else None for parts in paths]
