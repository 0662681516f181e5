"""The items table: what one decode of each picture has yielded, and its vector."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.store.tables import Tables
from bilderatlas.types import BLUR_BYTES, Float16Array, Float32Array, Found, Picture

__all__ = ["ItemsTable"]

_UNBROKEN = 64  # fragments of the items table above which a scan notices them
_DELETE_AT_ONCE = 500
_OF_FILE = ("uri", "location", "bytes", "mtime_ns")


class ItemsTable(Tables):
    """A row an item; the row number is the item's id."""

    def items_version(self) -> int:
        """Return the newest version of the items table, 0 if there is none."""
        return int(self._dataset("items").version) if self._has("items") else 0

    def append_items(self, new: Sequence[tuple[Found, Picture | int]], base: int = 0) -> int:
        """Add rows at the end, in this order, all or none of them. Return the new version.

        A number in place of a picture stands for that row of the version ``base``: the file has
        the bytes of that item, and takes over what is known of them.
        """
        known = [(at, found, row) for at, (found, row) in enumerate(new) if isinstance(row, int)]
        read = [(at, found, p) for at, (found, p) in enumerate(new) if not isinstance(p, int)]
        tables = []
        if known:
            table = self._dataset("items", base).take([row for _, _, row in known])
            for name in _OF_FILE:
                at = table.schema.get_field_index(name)
                field, values = table.schema.field(at), [_of_file(f)[name] for _, f, _ in known]
                table = table.set_column(at, field, pa.array(values, field.type))
            tables.append(table)
        if read:
            schema = _schema(len(read[0][2].vector))
            tables.append(pa.Table.from_pylist([_row(f, p) for _, f, p in read], schema))
        order = np.argsort([at for at, _, _ in [*known, *read]])
        return self._write("items", pa.concat_tables(tables).take(order), "append")

    def delete_items(self, uris: Sequence[str]) -> int:
        """Remove the rows of these uris. Return the table's new version."""
        dataset = self._dataset("items")
        for start in range(0, len(uris), _DELETE_AT_ONCE):
            quoted = ",".join(
                "'" + uri.replace("'", "''") + "'" for uri in uris[start : start + _DELETE_AT_ONCE]
            )
            dataset.delete(f"uri IN ({quoted})")
        return int(dataset.version)

    def read_items(self, version: int, columns: Sequence[str]) -> pa.Table:
        """Return columns of all items, in id order; an empty table for version 0."""
        if not version:
            schema = _schema(1)
            return pa.schema([schema.field(c) for c in columns]).empty_table()
        return self._dataset("items", version).to_table(columns=list(columns))

    def take_items(
        self, version: int, ids: npt.NDArray[np.int64], columns: Sequence[str]
    ) -> pa.Table:
        """Return columns of the items ``ids``, in that order."""
        return self._dataset("items", version).take(ids.tolist(), columns=list(columns))

    def read_vectors(self, version: int) -> Float32Array:
        """Return all vectors, shape (n, d), float32, L2-normalised."""
        if not version:
            return np.zeros((0, 1), np.float32)
        column = self.read_items(version, ["vector"]).column(0).combine_chunks()
        vectors: Float32Array = np.asarray(column.flatten(), np.float32).reshape(len(column), -1)
        vectors = vectors.copy()
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors

    def take_vectors(self, version: int, ids: npt.NDArray[np.int64]) -> Float16Array:
        """Return the vectors of the items ``ids`` as they are stored, shape (len(ids), d)."""
        column = self.take_items(version, ids, ["vector"]).column(0).combine_chunks()
        vectors: Float16Array = np.asarray(column.flatten(), np.float16).reshape(len(ids), -1)
        return vectors

    def read_blur(self, version: int) -> npt.NDArray[np.uint8]:
        """Return all blurs, shape (n, BLUR_BYTES), uint8."""
        joined = b"".join(self.read_items(version, ["blur"]).column(0).to_pylist())
        return np.frombuffer(joined, np.uint8).reshape(-1, BLUR_BYTES)

    def read_names(self, version: int) -> tuple[npt.NDArray[np.int16], Float32Array]:
        """Return the classes of all items and their probabilities, shapes (n, c), best first.

        ``c`` is 0 if the model has no classes.
        """
        table = self.read_items(version, ["names", "name_scores"])
        classes, scores = (table.column(i).combine_chunks().flatten() for i in (0, 1))
        shape = (len(table), len(classes) // max(1, len(table)))
        return (
            np.asarray(classes).reshape(shape),
            np.asarray(scores).astype(np.float32).reshape(shape),
        )

    def compact_items(self) -> int:
        """Join the many small pieces a pass has left, keeping the order. Return the version."""
        if not self._has("items"):
            return 0
        dataset = self._dataset("items")
        if len(dataset.get_fragments()) > _UNBROKEN:
            dataset.optimize.compact_files()
        return self.items_version()


def _schema(dim: int) -> pa.Schema:
    return pa.schema(
        [
            ("uri", pa.string()),
            ("location", pa.binary()),  # a path need not be text
            ("bytes", pa.int64()),
            ("mtime_ns", pa.int64()),
            ("key", pa.string()),
            ("width", pa.int32()),
            ("height", pa.int32()),
            ("taken_at", pa.timestamp("us")),
            ("latitude", pa.float64()),
            ("longitude", pa.float64()),
            ("t32", pa.binary()),
            ("t128", pa.binary()),
            ("blur", pa.binary(BLUR_BYTES)),
            ("phash", pa.uint64()),
            ("brightness", pa.float32()),
            ("contrast", pa.float32()),
            ("sharpness", pa.float32()),
            ("copied", pa.bool_()),
            ("copy", pa.large_binary()),
            ("suffix", pa.string()),
            ("vector", pa.list_(pa.float16(), dim)),
            ("names", pa.list_(pa.int16())),
            ("name_scores", pa.list_(pa.float16())),
        ]
    )


def _row(found: Found, picture: Picture) -> dict[str, Any]:
    of_picture = {name: getattr(picture, name) for name in Picture.__slots__}
    return {**_of_file(found), **of_picture, "copied": picture.copy is not None}


def _of_file(found: Found) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in _OF_FILE}
    return values | {"location": os.fsencode(found.location)}
