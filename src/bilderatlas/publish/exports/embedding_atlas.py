"""A Parquet file that Apple's Embedding Atlas opens with its map, pictures and neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.types import Float32Array, Neighbours

__all__ = ["write_embedding_atlas"]

_BLOCK = 4096
"""Items written at a time."""

_OWN = ("image", "projection_x", "projection_y", "neighbors")


def write_embedding_atlas(
    path: Path,
    items: pa.Table,
    positions: Float32Array,
    neighbours: Neighbours,
    thumbnails: Callable[[npt.NDArray[np.int64]], Sequence[bytes]],
) -> None:
    """Write the columns that Embedding Atlas asks for beside those of ``items``.

    ``image``, a struct of ``bytes`` and ``path``; ``projection_x`` and ``projection_y``;
    ``neighbors``, a struct of ``ids`` (row numbers) and ``distances`` (1 - similarity). To be
    opened, if its name ends in ``.parquet``, with ``embedding-atlas FILE.parquet --x projection_x
    --y projection_y --neighbors neighbors --image image``.

    Parameters
    ----------
    items
        In id order; a column that is called like one of these four is left out.
    positions
        Shape (n, 2).
    neighbours
        Where an id is -1, the item itself stands in, at distance 0: rows must be of one length.
    thumbnails
        The encoded thumbnails of items by id.
    """
    from pyarrow import parquet

    items = items.select([name for name in items.column_names if name not in _OWN])
    writer = None
    try:
        # At least one block, so that an empty collection is a file too.
        for start in range(0, max(1, len(items)), _BLOCK):
            ids = np.arange(start, min(len(items), start + _BLOCK))
            pictures = pa.StructArray.from_arrays(
                [
                    pa.array(thumbnails(ids) if len(ids) else [], pa.binary()),
                    pa.nulls(len(ids), pa.string()),
                ],
                ["bytes", "path"],
            )
            own = (pictures, *positions[ids].T.copy(), _struct(neighbours, ids))
            table = items.slice(start, _BLOCK)
            for name, column in zip(_OWN, own, strict=True):
                at = 0 if name == "image" else table.num_columns
                table = table.add_column(at, name, pa.array(column))
            if writer is None:
                writer = parquet.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def _struct(neighbours: Neighbours, rows: npt.NDArray[np.int64]) -> pa.StructArray:
    ids, similarity = neighbours.ids[rows], neighbours.similarity[rows]
    there = ids >= 0
    values = (
        np.where(there, ids, rows[:, None]).astype(np.int32),
        np.where(there, np.maximum(0, 1 - similarity), 0).astype(np.float32),
    )
    ends = np.arange(len(rows) + 1, dtype=np.int32) * ids.shape[1]
    lists = [pa.ListArray.from_arrays(pa.array(ends), pa.array(v.ravel())) for v in values]
    return pa.StructArray.from_arrays(lists, ["ids", "distances"])
