"""The atlas on disk: Lance tables and JSON. The only module that knows its files.

Each table keeps its old versions until a build has ended. ``atlas.json`` names the version of every
table that belongs to the last good build, and is replaced in one step, so a killed build changes
nothing for a reader; ``pending.json`` remembers how far the killed build had come.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bilderatlas.durable import held_alone, replacing
from bilderatlas.errors import AtlasError
from bilderatlas.record import Record
from bilderatlas.types import (
    BLUR_BYTES,
    Cluster,
    DuplicateGroup,
    Float32Array,
    Found,
    Layout,
    Neighbours,
    Picture,
    Problem,
)

__all__ = ["Store"]

_UNBROKEN = 64  # fragments of the items table above which a scan notices them
_DELETE_AT_ONCE = 500
_ITEM = "bilderatlas:uri"  # no column of a source's is called so
_OF_FILE = ("uri", "location", "bytes", "mtime_ns")

os.environ.setdefault("LANCE_LOG", "error")  # else a warning for each table that is new


class Store:
    """The tables and files of one atlas folder, ``NAME.atlas``, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # --- atlas.json -------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Whether a build has ever ended well here."""
        return (self.folder / "atlas.json").is_file()

    def read_record(self) -> Record:
        """Return the record of the last good build.

        Raises
        ------
        AtlasError
            If the folder is no atlas, or one of another format version.
        """
        if not self.exists:
            raise AtlasError(
                f"{self.folder} is not an atlas: it has no atlas.json; make one with "
                f"'bilderatlas build FOLDER -o {self.folder}'."
            )
        return self._read_json("atlas.json")

    def read_pending(self) -> Record | None:
        """Return the record of a build that was killed, or ``None``."""
        return self._read_json("pending.json") if (self.folder / "pending.json").is_file() else None

    def write_pending(self, record: Record) -> None:
        """Remember how far a running build has come."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with replacing(self.folder / "pending.json") as file:
            file.write(record.to_json().encode())

    def commit(self, record: Record) -> None:
        """Make ``record`` the last good build, in one step."""
        self.write_pending(record)
        (self.folder / "pending.json").replace(self.folder / "atlas.json")

    def _read_json(self, name: str) -> Record:
        path = self.folder / name
        return Record.from_json(path.read_text(encoding="utf-8"), path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second build out while this one runs; the lock dies with the process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with held_alone(self.folder / ".lock"):
                yield
        except BlockingIOError as error:
            raise AtlasError(
                f"{self.folder} is being built by another process: wait for it, or stop it."
            ) from error

    # --- items ------------------------------------------------------------------------------

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

    # --- what is known of the collection ----------------------------------------------------

    def write_metadata(self, uris: Sequence[str], columns: dict[str, list[str | None]]) -> int:
        """Keep the source's columns: a text for each item, in id order. Return the version."""
        texts = {name: pa.array(column, pa.string()) for name, column in columns.items()}
        return self._write("metadata", pa.table({_ITEM: uris, **texts}))

    def read_metadata(self, version: int) -> pa.Table:
        """Return the source's columns, in id order."""
        return self._dataset("metadata", version).to_table().drop_columns([_ITEM])

    def write_neighbours(self, neighbours: Neighbours) -> int:
        """Keep the neighbour graph. Return the table's version."""
        width = neighbours.ids.shape[1]
        columns = {
            "ids": (neighbours.ids, pa.int32()),
            "similarity": (neighbours.similarity, pa.float32()),
        }
        arrays = {
            name: pa.FixedSizeListArray.from_arrays(pa.array(values.ravel(), kind), width)
            if width
            else pa.array([[] for _ in values], pa.list_(kind))
            for name, (values, kind) in columns.items()
        }
        return self._write("neighbours", pa.table(arrays))

    def read_neighbours(self, version: int) -> Neighbours:
        """Return the neighbour graph."""
        table = self._dataset("neighbours", version).to_table()
        n = table.num_rows

        def matrix(name: str) -> npt.NDArray[Any]:
            flat = table.column(name).combine_chunks().flatten()
            return np.asarray(flat).reshape(n, len(flat) // n if n else 0)

        return Neighbours(matrix("ids").astype(np.int32), matrix("similarity").astype(np.float32))

    def write_layouts(self, layouts: Sequence[Layout]) -> int:
        """Keep all layouts, one row each. Return the table's version."""
        rows = [
            {
                "name": layout.name,
                "kind": layout.kind,
                "parameters": json.dumps(dict(layout.parameters)),
                "quality": json.dumps(dict(layout.quality)),
                "x": layout.positions[:, 0],
                "y": layout.positions[:, 1],
                "kept": layout.kept,
            }
            for layout in layouts
        ]
        numbers = pa.list_(pa.float32())
        text = {name: pa.string() for name in ("name", "kind", "parameters", "quality")}
        schema = pa.schema(text | dict.fromkeys(("x", "y", "kept"), numbers))
        return self._write("layouts", pa.Table.from_pylist(rows, schema))

    def read_layouts(self, version: int) -> list[Layout]:
        """Return all layouts."""
        return [
            Layout(
                name=row["name"],
                kind=row["kind"],
                positions=np.array([row["x"], row["y"]], np.float32).reshape(2, -1).T.copy(),
                parameters=json.loads(row["parameters"]),
                quality=json.loads(row["quality"]),
                kept=None if row["kept"] is None else np.array(row["kept"], np.float32),
            )
            for row in self._dataset("layouts", version).to_table().to_pylist()
        ]

    def write_clusters(self, clusters: Sequence[Cluster]) -> int:
        """Keep the clusters, one row each. Return the table's version."""
        members, strength = pa.list_(pa.int32()), pa.list_(pa.float32())
        schema = pa.schema(
            {"name": pa.string(), "exemplar": pa.int32(), "members": members, "strength": strength}
        )
        rows = [{name: getattr(c, name) for name in schema.names} for c in clusters]
        return self._write("clusters", pa.Table.from_pylist(rows, schema))

    def read_clusters(self, version: int) -> list[Cluster]:
        """Return the clusters, in the order of their numbers."""
        return [
            Cluster(
                row["name"],
                row["exemplar"],
                np.array(row["members"], np.int32),
                np.array(row["strength"], np.float32),
            )
            for row in self._dataset("clusters", version).to_table().to_pylist()
        ]

    def write_duplicates(self, groups: Sequence[DuplicateGroup]) -> int:
        """Keep the duplicates, one row a group. Return the table's version."""
        schema = pa.schema({"kind": pa.string(), "members": pa.list_(pa.int32())})
        rows = [{"kind": group.kind, "members": group.members} for group in groups]
        return self._write("duplicates", pa.Table.from_pylist(rows, schema))

    def read_duplicates(self, version: int) -> list[DuplicateGroup]:
        """Return the groups of duplicates."""
        rows = self._dataset("duplicates", version).to_table().to_pylist()
        return [DuplicateGroup(row["kind"], np.array(row["members"], np.int32)) for row in rows]

    # --- problems ---------------------------------------------------------------------------

    def write_problems(self, problems: Sequence[tuple[Problem, int, int]]) -> None:
        """Keep the inputs that could not be used, each with its file's bytes and mtime_ns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        rows = [
            {**asdict(problem), "bytes": size, "mtime_ns": mtime}
            for problem, size, mtime in problems
        ]
        text, number = pa.string(), pa.int64()
        schema = pa.schema(
            {"uri": text, "stage": text, "reason": text, "bytes": number, "mtime_ns": number}
        )
        with replacing(self.folder / "problems.parquet") as file:
            pq.write_table(pa.Table.from_pylist(rows, schema), file)

    def read_problems(self) -> list[tuple[Problem, int, int]]:
        """Return what ``write_problems`` has kept."""
        path = self.folder / "problems.parquet"
        if not path.is_file():
            return []
        return [
            (Problem(row["uri"], row["stage"], row["reason"]), row["bytes"], row["mtime_ns"])
            for row in pq.read_table(path).to_pylist()
        ]

    # --- the folder -------------------------------------------------------------------------

    @property
    def site(self) -> Path:
        """The folder of the published site."""
        return self.folder / "site"

    def sweep(self) -> None:
        """Delete table versions that no good build needs any more."""
        for name in ("items", "metadata", "neighbours", "layouts", "clusters", "duplicates"):
            if self._has(name):
                self._dataset(name).cleanup_old_versions(timedelta(0), delete_unverified=True)

    def start_over(self) -> None:
        """Forget everything but the last good site: another model makes other vectors."""
        for path in self.folder.glob("*.lance"):
            shutil.rmtree(path)
        for name in ("atlas.json", "pending.json", "problems.parquet"):
            (self.folder / name).unlink(missing_ok=True)

    def _has(self, name: str) -> bool:
        return (self.folder / f"{name}.lance" / "_versions").is_dir()

    def _dataset(self, name: str, version: int | None = None) -> Any:
        import lance

        return lance.dataset(str(self.folder / f"{name}.lance"), version=version)

    def _write(self, name: str, table: pa.Table, mode: str = "overwrite") -> int:
        import lance

        self.folder.mkdir(parents=True, exist_ok=True)
        return int(
            lance.write_dataset(table, str(self.folder / f"{name}.lance"), mode=mode).version
        )


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
