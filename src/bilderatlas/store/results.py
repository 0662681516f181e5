"""The tables of what is known of the collection as a whole, one a stage."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.store.tables import Tables
from bilderatlas.types import (
    Backdrop,
    Cluster,
    DuplicateGroup,
    Layout,
    LookAlikes,
    Neighbours,
    Oddities,
)

__all__ = ["ResultTables"]

_LOOK_ALIKE = "look-alike"
_OUTLIER = "local outlier factor"
_ITEM = "bilderatlas:uri"  # no column of a source's is called so


class ResultTables(Tables):
    """What the stages after the pass have made; each write replaces what was there."""

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

    def write_layouts(self, layouts: Sequence[Layout], table: str = "layouts") -> int:
        """Keep layouts, one row each. Return the table's version."""
        rows = [
            {
                "name": layout.name,
                "kind": layout.kind,
                "parameters": json.dumps(dict(layout.parameters)),
                "quality": json.dumps(dict(layout.quality)),
                "x": layout.positions[:, 0],
                "y": layout.positions[:, 1],
                "of_items": [
                    {"measure": name, "values": values} for name, values in layout.of_items.items()
                ],
                "lines": [line.ravel() for line in layout.backdrop.lines],
                "texts": json.dumps(layout.backdrop.texts),
            }
            for layout in layouts
        ]
        numbers = pa.list_(pa.float32())
        schema = pa.schema(
            {
                "name": pa.string(),
                "kind": pa.string(),
                "parameters": pa.string(),
                "quality": pa.string(),
                "x": numbers,
                "y": numbers,
                "of_items": pa.list_(pa.struct({"measure": pa.string(), "values": numbers})),
                "lines": pa.list_(numbers),
                "texts": pa.string(),
            }
        )
        return self._write(table, pa.Table.from_pylist(rows, schema))

    def read_layouts(self, version: int, table: str = "layouts") -> list[Layout]:
        """Return the layouts of a table."""
        return [
            Layout(
                name=row["name"],
                kind=row["kind"],
                positions=np.array([row["x"], row["y"]], np.float32).reshape(2, -1).T.copy(),
                parameters=json.loads(row["parameters"]),
                quality=json.loads(row["quality"]),
                of_items={
                    each["measure"]: np.array(each["values"], np.float32)
                    for each in row["of_items"]
                },
                backdrop=Backdrop(
                    tuple(np.array(line, np.float32).reshape(-1, 2) for line in row["lines"]),
                    tuple((text, x, y, size) for text, x, y, size in json.loads(row["texts"])),
                ),
            )
            for row in self._dataset(table, version).to_table().to_pylist()
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

    def write_duplicates(self, groups: Sequence[DuplicateGroup], look_alikes: LookAlikes) -> int:
        """Keep the duplicates and, as rows of another kind, the look-alikes. Return the version."""
        members, edits = pa.list_(pa.int32()), pa.list_(pa.string())
        schema = pa.schema(
            {"kind": pa.string(), "members": members, "edits": edits, "similarity": pa.float32()}
        )
        rows = [
            {"kind": group.kind, "members": group.members, "edits": group.edits} for group in groups
        ] + [
            {"kind": _LOOK_ALIKE, "members": pair, "similarity": similarity}
            for pair, similarity in zip(look_alikes.pairs, look_alikes.similarity, strict=True)
        ]
        return self._write("duplicates", pa.Table.from_pylist(rows, schema))

    def read_duplicates(self, version: int) -> list[DuplicateGroup]:
        """Return the groups of duplicates."""
        table = self._dataset("duplicates", version).to_table(filter=f"kind != '{_LOOK_ALIKE}'")
        return [
            DuplicateGroup(row["kind"], np.array(row["members"], np.int32), tuple(row["edits"]))
            for row in table.to_pylist()
        ]

    def read_look_alikes(self, version: int) -> LookAlikes:
        """Return the pairs that look alike and are no duplicates."""
        table = self._dataset("duplicates", version).to_table(filter=f"kind = '{_LOOK_ALIKE}'")
        pairs = table.column("members").combine_chunks().flatten()
        return LookAlikes(
            np.asarray(pairs, np.int32).reshape(-1, 2),
            np.asarray(table.column("similarity"), np.float32),
        )

    def write_oddities(self, oddities: Oddities) -> int:
        """Keep what is unusual about each item. Return the table's version."""
        return self._write(
            "oddities", pa.table({_OUTLIER: oddities.outlier, **dict(oddities.flags)})
        )

    def read_oddities(self, version: int) -> Oddities:
        """Return what is unusual about each item."""
        table = self._dataset("oddities", version).to_table()
        columns = {name: table.column(name).to_numpy() for name in table.column_names}
        return Oddities(columns.pop(_OUTLIER), columns)
