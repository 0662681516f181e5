"""The collection as data, for everyone else's tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.types import Cluster, Layout, Oddities

__all__ = ["flattened", "items_table", "write_tables"]


def items_table(
    items: pa.Table,
    metadata: pa.Table,
    layouts: Sequence[Layout],
    clusters: Sequence[Cluster],
    pictures: Sequence[str | None] | None,
    oddities: Oddities | None,
) -> pa.Table:
    """Return a row an item: its facts, its places, its cluster, its oddities and its metadata.

    Parameters
    ----------
    items, metadata, pictures
        In the order wanted; ``items`` has the ids. Without ``pictures`` there is no such column.
    layouts, clusters, oddities
        By id. The columns ``{layout}_x`` and ``{layout}_y`` are positions as computed, y upwards;
        ``oddities`` lists the flags of an item.

    A metadata column whose name is taken is called ``NAME (metadata)``.
    """
    order = items["id"].to_numpy()
    table = items.drop_columns(["suffix"])
    if pictures is not None:
        table = table.append_column("picture", pa.array(pictures, pa.string()))
    names = np.full(len(order), None, dtype=object)
    for cluster in clusters:
        names[cluster.members] = cluster.name
    table = table.append_column("cluster", pa.array(names[order], pa.string()))
    for layout in layouts:
        for axis, letter in enumerate("xy"):
            places = np.ascontiguousarray(layout.positions[order, axis])
            known = pa.array(places, from_pandas=True)  # where there is no place, null
            table = table.append_column(f"{layout.name}_{letter}", known)
    if oddities is not None:
        table = table.append_column("outlier_factor", pa.array(oddities.outlier[order]))
        table = table.append_column("oddities", _flags(oddities, order))
    for name in metadata.column_names:
        free = f"{name} (metadata)" if name in table.column_names else name
        table = table.append_column(free, metadata[name])
    return table


def _flags(oddities: Oddities, order: npt.NDArray[np.int32]) -> pa.Array:
    """Return the names of the flags of each item, as a list."""
    if not oddities.flags:
        return pa.array([[] for _ in order], pa.list_(pa.string()))
    raised = np.stack([flag[order] for flag in oddities.flags.values()], axis=1)
    ends = np.concatenate([[0], np.cumsum(raised.sum(axis=1))]).astype(np.int32)
    words = pa.array(list(oddities.flags), pa.string()).take(pa.array(np.nonzero(raised)[1]))
    return pa.ListArray.from_arrays(pa.array(ends), words)


def write_tables(folder: Path, table: pa.Table) -> None:
    """Write ``items.parquet``, and ``items.csv`` with lists as ``a|b|c``."""
    from pyarrow import csv, parquet

    parquet.write_table(table, folder / "items.parquet", compression="zstd")
    csv.write_csv(flattened(table), folder / "items.csv")


def flattened(table: pa.Table) -> pa.Table:
    """Return the table with its lists as texts, ``a|b|c``."""
    import pyarrow.compute as pc

    for place, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            words = pc.binary_join(table[field.name].cast(pa.list_(pa.string())), "|")
            table = table.set_column(place, field.name, words)
    return table
