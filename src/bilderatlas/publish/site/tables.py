"""The collection as data, for everyone else's tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from bilderatlas.types import Cluster, Layout

__all__ = ["items_table", "write_tables"]


def items_table(
    items: pa.Table,
    metadata: pa.Table,
    layouts: Sequence[Layout],
    clusters: Sequence[Cluster],
    pictures: Sequence[str | None],
) -> pa.Table:
    """Return a row an item: its facts, its places, its cluster and its metadata.

    Parameters
    ----------
    items, metadata, pictures
        In the order wanted; ``items`` has the ids.
    layouts, clusters
        By id. The columns ``{layout}_x`` and ``{layout}_y`` are positions as computed, y upwards.

    A metadata column whose name is taken is called ``NAME (metadata)``.
    """
    order = items["id"].to_numpy()
    table = items.drop_columns(["suffix"])
    table = table.append_column("picture", pa.array(pictures, pa.string()))
    names = np.full(len(order), None, dtype=object)
    for cluster in clusters:
        names[cluster.members] = cluster.name
    table = table.append_column("cluster", pa.array(names[order], pa.string()))
    for layout in layouts:
        for axis, letter in enumerate("xy"):
            places = np.ascontiguousarray(layout.positions[order, axis])
            table = table.append_column(f"{layout.name}_{letter}", pa.array(places))
    for name in metadata.column_names:
        free = f"{name} (metadata)" if name in table.column_names else name
        table = table.append_column(free, metadata[name])
    return table


def write_tables(folder: Path, table: pa.Table) -> None:
    """Write ``items.parquet``, and ``items.csv`` with lists as ``a|b|c``."""
    import pyarrow.compute as pc
    from pyarrow import csv, parquet

    parquet.write_table(table, folder / "items.parquet", compression="zstd")
    for place, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            words = pc.binary_join(table[field.name].cast(pa.list_(pa.string())), "|")
            table = table.set_column(place, field.name, words)
    csv.write_csv(table, folder / "items.csv")
