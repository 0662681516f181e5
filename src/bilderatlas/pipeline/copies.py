"""Which items are one picture, which look alike, and which could go."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import DuplicateGroup, LookAlikes, Neighbours

if TYPE_CHECKING:
    from bilderatlas.publish.tables.book import Book
    from bilderatlas.publish.tables.duplicates import Copies

__all__ = ["copies_book", "find_copies", "spare_files"]


def find_copies(
    store: Store, version: int, keys: Sequence[str], neighbours: Neighbours
) -> tuple[list[DuplicateGroup], LookAlikes]:
    """Return the groups of items that show the same picture, and the pairs that look alike.

    Parameters
    ----------
    version
        Of the items table.
    keys
        Content hash of each item.
    """
    from bilderatlas.analysis.duplicates import Copies, find_duplicates

    names = ["width", "height", "bytes", "taken_at", "mtime_ns"]
    items = store.read_items(version, names)
    written = items.column("mtime_ns").to_numpy() / 1e9
    taken = items.column("taken_at").to_numpy().astype("datetime64[us]")
    seconds = taken.astype(np.int64) / 1e6
    copies = Copies(
        items.column("width").to_numpy(),
        items.column("height").to_numpy(),
        items.column("bytes").to_numpy(),
        np.where(np.isnat(taken), written, seconds),
    )

    def thumbnails(ids: npt.NDArray[np.int64]) -> list[npt.NDArray[np.uint8]]:
        encoded = store.take_items(version, ids, ["t128"]).column(0).to_pylist()
        return [np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")) for jpeg in encoded]

    return find_duplicates(keys, neighbours, thumbnails, copies)


def copies_book(store: Store, record: Record, *, look_alikes: bool) -> Book:
    """Return the groups of duplicates as a table with pictures, or the pairs of look-alikes."""
    from bilderatlas.publish.tables.duplicates import duplicates_book, look_alikes_book

    version = record.stages["duplicates"].version
    copies = _copies(store, record)
    if look_alikes:
        return look_alikes_book(copies, store.read_look_alikes(version))
    return duplicates_book(copies, store.read_duplicates(version))


def spare_files(store: Store, record: Record) -> list[str]:
    """Return the files of all items that have a better copy, in the order of their groups."""
    groups = store.read_duplicates(record.stages["duplicates"].version)
    spare = [item for group in groups for item in group.members[1:].tolist()]
    if not spare:
        return []
    ids = np.array(spare, np.int64)
    files = store.take_items(record.stages["items"].version, ids, ["location"])
    return [os.fsdecode(location) for location in files.column(0).to_pylist()]


def _copies(store: Store, record: Record) -> Copies:
    from bilderatlas.publish.tables.duplicates import Copies

    version = record.stages["items"].version
    items = store.read_items(version, ["uri", "width", "height", "bytes"]).to_pydict()

    def thumbnails(numbers: Sequence[int]) -> list[bytes]:
        ids = np.array(numbers, np.int64)
        taken: list[bytes] = store.take_items(version, ids, ["t128"]).column(0).to_pylist()
        return taken

    return Copies(
        title=record.name,
        uris=items["uri"],
        widths=items["width"],
        heights=items["height"],
        sizes=items["bytes"],
        thumbnails=thumbnails,
    )
