"""From the store to files for other tools: gathers what the publish wing writes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.errors import ExportError
from bilderatlas.pipeline.arranging import read_layouts
from bilderatlas.pipeline.publication import described_items
from bilderatlas.publish.exports.embedding_atlas import write_embedding_atlas
from bilderatlas.publish.exports.graph import write_edges, write_graphml
from bilderatlas.publish.exports.projector import write_projector
from bilderatlas.publish.site.tables import flattened, items_table
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Layout, Neighbours

__all__ = ["export"]


def export(store: Store, record: Record, kind: str, path: Path, *, k: int | None = None) -> None:
    """Write an export to ``path``, whole or not at all.

    Parameters
    ----------
    kind
        A key of `_WRITERS`.
    k
        Neighbours of each item in what has neighbours; by default all that the atlas keeps.

    Raises
    ------
    ExportError
        If there is no such kind, ``path`` is there already, the atlas has no site, or not so many
        neighbours.
    """
    if kind not in _WRITERS:
        raise ExportError(f"There is no export {kind!r}; choose one of {', '.join(_WRITERS)}.")
    if path.exists():
        raise ExportError(f"{path} exists already; name another, or delete it first.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    _remove(part)  # of a run that was killed
    try:
        _WRITERS[kind](_Export(store, record, k), part)
        part.rename(path)
    finally:
        _remove(part)


@dataclass(frozen=True)
class _Export:
    """What an atlas holds, read when it is asked for."""

    store: Store
    record: Record
    k: int | None

    @property
    def layouts(self) -> Sequence[Layout]:
        return read_layouts(self.store, self.record)

    @cached_property
    def items(self) -> pa.Table:
        """All that is known of each item, in id order."""
        return items_table(
            described_items(self.store, self.record),
            self.store.read_metadata(self._version("metadata")),
            self.layouts,
            self.store.read_clusters(self._version("clusters")),
            None,
            self.store.read_oddities(self._version("oddities")),
        )

    @property
    def facts(self) -> pa.Table:
        """The items for those who number them by themselves, and look for names first."""
        others = [name for name in self.items.column_names if name not in ("id", "uri")]
        return self.items.select(["uri", *others])

    @property
    def neighbours(self) -> Neighbours:
        graph = self.store.read_neighbours(self._version("neighbours"))
        n, most = graph.ids.shape
        if self.k is not None and min(self.k, n - 1) > most:
            raise ExportError(
                f"-k {self.k}: the atlas keeps {most} neighbours of each; ask for fewer, or build "
                "it with a higher --perplexity."
            )
        return Neighbours(graph.ids[:, : self.k], graph.similarity[:, : self.k])

    def thumbnails(self, ids: npt.NDArray[np.int64]) -> list[bytes]:
        version = self._version("items")
        found: list[bytes] = self.store.take_items(version, ids, ["t128"]).column(0).to_pylist()
        return found

    def _version(self, stage: str) -> int:
        return self.record.stages[stage].version

    # --- the kinds ----------------------------------------------------------------------------

    def write_site(self, folder: Path) -> None:
        if not (self.store.site / "index.html").is_file():
            raise ExportError(
                f"{self.store.folder} has no site; run 'bilderatlas build' on its pictures again."
            )
        shutil.copytree(self.store.site, folder)

    def write_csv(self, file: Path) -> None:
        from pyarrow import csv

        csv.write_csv(flattened(self.items), file)

    def write_parquet(self, file: Path) -> None:
        from pyarrow import parquet

        parquet.write_table(self.items, file, compression="zstd")

    def write_edges(self, file: Path) -> None:
        write_edges(file, self.items["uri"], self.neighbours)

    def write_graphml(self, file: Path) -> None:
        x, y = self.layouts[0].positions.T.copy()
        nodes = flattened(self.facts)
        for name, places in (("x", x), ("y", y)):
            if name not in nodes.column_names:
                nodes = nodes.append_column(name, pa.array(places))
        write_graphml(file, nodes, self.neighbours)

    def write_embedding_atlas(self, file: Path) -> None:
        write_embedding_atlas(
            file, self.facts, self.layouts[0].positions, self.neighbours, self.thumbnails
        )

    def write_projector(self, folder: Path) -> None:
        folder.mkdir()
        vectors = self.store.read_vectors(self._version("items"))
        write_projector(folder, self.record.name, flattened(self.facts), vectors, self.thumbnails)


_WRITERS = {
    "site": _Export.write_site,
    "csv": _Export.write_csv,
    "parquet": _Export.write_parquet,
    "graph": _Export.write_edges,
    "graphml": _Export.write_graphml,
    "embedding-atlas": _Export.write_embedding_atlas,
    "projector": _Export.write_projector,
}


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
