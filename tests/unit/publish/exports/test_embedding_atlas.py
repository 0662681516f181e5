"""The columns that Embedding Atlas asks for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from pyarrow import parquet

from bilderatlas.publish.exports import embedding_atlas
from bilderatlas.publish.exports.embedding_atlas import write_embedding_atlas
from bilderatlas.types import Neighbours

N = 5


def written(path: Path, items: pa.Table, neighbours: Neighbours) -> pa.Table:
    def thumbnails(ids: npt.NDArray[np.int64]) -> list[bytes]:
        return [f"picture {item}".encode() for item in ids]

    positions = np.arange(2 * len(items), dtype=np.float32).reshape(-1, 2)
    write_embedding_atlas(path / "atlas.parquet", items, positions, neighbours, thumbnails)
    return parquet.read_table(path / "atlas.parquet")


@pytest.mark.parametrize("block", [2, 4096])
def test_each_row_has_its_picture_its_place_and_its_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(embedding_atlas, "_BLOCK", block)
    ids = np.array([[(row + 1) % N, (row + 2) % N] for row in range(N)], np.int32)
    neighbours = Neighbours(ids, np.tile(np.array([0.75, 0.5], np.float32), (N, 1)))
    items = pa.table({"uri": [f"{row}.jpg" for row in range(N)], "neighbors": ["many"] * N})
    table = written(tmp_path, items, neighbours)
    assert table.column_names == ["image", "uri", "projection_x", "projection_y", "neighbors"]
    assert table.slice(3, 1).to_pylist() == [
        {
            "image": {"bytes": b"picture 3", "path": None},
            "uri": "3.jpg",
            "projection_x": 6,
            "projection_y": 7,
            "neighbors": {"ids": [4, 0], "distances": [0.25, 0.5]},
        }
    ]


def test_all_rows_have_as_many_neighbours(tmp_path: Path) -> None:
    neighbours = Neighbours(
        np.array([[1, -1], [-1, -1]], np.int32), np.array([[0.75, -1], [-1, -1]], np.float32)
    )
    table = written(tmp_path, pa.table({"uri": ["a", "b"]}), neighbours)
    assert table["neighbors"].to_pylist() == [
        {"ids": [1, 0], "distances": [0.25, 0]},
        {"ids": [1, 1], "distances": [0, 0]},
    ]


def test_nothing_is_a_file_too(tmp_path: Path) -> None:
    nobody = Neighbours(np.zeros((0, 0), np.int32), np.zeros((0, 0), np.float32))
    assert len(written(tmp_path, pa.table({"uri": pa.array([], pa.string())}), nobody)) == 0
