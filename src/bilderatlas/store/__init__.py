"""The atlas on disk: Lance tables and JSON. The only module that knows its files.

Each table keeps its old versions until a build has ended. ``atlas.json`` names the version of every
table that belongs to the last good build, and is replaced in one step, so a killed build changes
nothing for a reader; ``pending.json`` remembers how far the killed build had come.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bilderatlas.durable import held_alone, replacing
from bilderatlas.errors import AtlasError
from bilderatlas.record import Record
from bilderatlas.store.classes import ClassFiles
from bilderatlas.store.items import ItemsTable
from bilderatlas.store.results import ResultTables
from bilderatlas.types import Problem

__all__ = ["Store"]

_INDEXES = "index"


class Store(ItemsTable, ResultTables, ClassFiles):
    """The tables and files of one atlas folder, ``NAME.atlas``, which need not exist yet."""

    # --- atlas.json -------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Whether a build has ever ended well here."""
        return (self.folder / "atlas.json").is_file()

    @property
    def built_on(self) -> datetime:
        """When the last good build ended, by the clock and in the zone of this machine."""
        return datetime.fromtimestamp((self.folder / "atlas.json").stat().st_mtime)

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

    def forget_pending(self) -> None:
        """Forget a build that has failed and changed no table of the last good one."""
        (self.folder / "pending.json").unlink(missing_ok=True)

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

    def index(self, fingerprint: str) -> Path:
        """The folder of the saved index that the neighbours stage of this fingerprint has made."""
        return self.folder / _INDEXES / fingerprint

    def sweep(self, record: Record) -> None:
        """Delete what ``record``, the last good build, does not need: old versions and indexes."""
        asked = {f"layout-{name}" for name in record.asked_layouts}
        for path in self.folder.glob("*.lance"):
            if path.stem.startswith("layout-") and path.stem not in asked:
                shutil.rmtree(path)
            elif self._has(path.stem):
                self._dataset(path.stem).cleanup_old_versions(timedelta(0), delete_unverified=True)
        made = record.stages.get("neighbours")
        for path in (self.folder / _INDEXES).glob("*"):
            if made is None or path.name != made.fingerprint:
                shutil.rmtree(path)

    def start_over(self) -> None:
        """Forget everything but the last good site: another model makes other vectors."""
        for path in self.folder.glob("*.lance"):
            shutil.rmtree(path)
        shutil.rmtree(self.folder / _INDEXES, ignore_errors=True)
        self.delete_classifications()
        for name in ("atlas.json", "pending.json", "problems.parquet"):
            (self.folder / name).unlink(missing_ok=True)
