"""What an atlas holds, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bilderatlas.errors import AtlasError
from bilderatlas.record import Record
from bilderatlas.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

    from bilderatlas.types import (
        Cluster,
        DuplicateGroup,
        Float32Array,
        Layout,
        LookAlikes,
        Neighbours,
        Oddities,
        Problem,
    )

__all__ = ["Contents"]

_SHOWN = (
    "uri", "key", "width", "height", "bytes", "taken_at", "latitude", "longitude",
)  # fmt: skip


class Contents:
    """What the last good build of one collection holds.

    Arrays are read when first asked for, and in id order: row i is item i everywhere.
    """

    def __init__(self, folder: str | Path) -> None:
        self._store = Store(Path(folder))
        self._record = self._store.read_record()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r}, {len(self)} items)"

    def __len__(self) -> int:
        return self._record.counts["items"]

    @property
    def folder(self) -> Path:
        """The folder ``NAME.atlas``."""
        return self._store.folder

    @property
    def site(self) -> Path:
        """The folder of the published site.

        Raises
        ------
        AtlasError
            If it is not there.
        """
        if not (self._store.site / "index.html").is_file():
            raise AtlasError(
                f"{self.folder} has no site: run 'bilderatlas build' on its pictures again."
            )
        return self._store.site

    @property
    def record(self) -> Record:
        """What ``atlas.json`` says: source, model, parameters, versions, counts and timings."""
        return self._record

    @cached_property
    def items(self) -> pa.Table:
        """One row an item: ``uri``, ``key``, what the picture says, then the source's columns."""
        table = self._store.read_items(self._version("items"), _SHOWN)
        said = self._store.read_metadata(self._version("metadata"))
        for name in said.column_names:
            free = name if name not in _SHOWN else f"{name} (metadata)"
            table = table.append_column(free, said.column(name))
        return table

    @cached_property
    def vectors(self) -> Float32Array:
        """Shape (n, d), float32, L2-normalised."""
        return self._store.read_vectors(self._version("items"))

    @cached_property
    def neighbours(self) -> Neighbours:
        """The nearest items of each item, in vector space."""
        return self._store.read_neighbours(self._version("neighbours"))

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        """The layouts by name, the first one being the site's."""
        from bilderatlas.pipeline.arranging import read_layouts

        return {layout.name: layout for layout in read_layouts(self._store, self._record)}

    @cached_property
    def clusters(self) -> Sequence[Cluster]:
        """The clusters, in the order of their numbers."""
        return self._store.read_clusters(self._version("clusters"))

    @cached_property
    def duplicates(self) -> Sequence[DuplicateGroup]:
        """The groups of items that show the same picture."""
        return self._store.read_duplicates(self._version("duplicates"))

    @cached_property
    def look_alikes(self) -> LookAlikes:
        """The pairs of different pictures that show the same thing."""
        return self._store.read_look_alikes(self._version("duplicates"))

    @cached_property
    def oddities(self) -> Oddities:
        """What is unusual about each item."""
        return self._store.read_oddities(self._version("oddities"))

    @cached_property
    def problems(self) -> Sequence[Problem]:
        """The inputs that could not be used, and why."""
        return [problem for problem, _, _ in self._store.read_problems()]

    def _reread(self) -> None:
        self._record = self._store.read_record()
        self.__dict__.pop("layouts", None)

    def _version(self, stage: str) -> int:
        return self._record.stages[stage].version
