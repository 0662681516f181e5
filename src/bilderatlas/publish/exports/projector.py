"""The files of TensorFlow's Embedding Projector: vectors, facts, and all pictures in one."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from PIL import Image

from bilderatlas.types import Float32Array

__all__ = ["SPRITE_SIDE", "sprite_slot", "write_projector"]

SPRITE_SIDE = 8192
"""Pixels of the largest texture that the projector's WebGL takes."""

_SLOTS = (64, 32)
_BLOCK = 1024
"""Items written at a time."""

_BREAKS = str.maketrans("\t\r\n", "   ")


def write_projector(
    folder: Path,
    name: str,
    items: pa.Table,
    vectors: Float32Array,
    thumbnails: Callable[[npt.NDArray[np.int64]], Sequence[bytes]],
) -> None:
    """Write ``vectors.tsv``, ``metadata.tsv``, ``sprite.png`` and ``projector_config.pbtxt``.

    ``tensorboard --logdir FOLDER`` shows all of it. The page projector.tensorflow.org loads the two
    tables, but no pictures from a visitor's disk.

    Parameters
    ----------
    folder
        It exists, and is empty.
    name
        Of the collection.
    items
        Two columns or more, in id order; the projector writes the first beside a point.
    vectors
        Shape (n, d).
    thumbnails
        The encoded thumbnails of items by id, long side 64 or more.
    """
    _write_vectors(folder / "vectors.tsv", vectors)
    _write_facts(folder / "metadata.tsv", items)
    slot = sprite_slot(len(vectors))
    if slot:
        _draw_sprite(len(vectors), slot, thumbnails).save(folder / "sprite.png")
    lines = [
        "embeddings {",
        f"  tensor_name: {json.dumps(name)}",
        *(f"  tensor_shape: {side}" for side in vectors.shape),
        '  tensor_path: "vectors.tsv"',
        '  metadata_path: "metadata.tsv"',
        *(['  sprite {\n    image_path: "sprite.png"'] if slot else []),
        *([f"    single_image_dim: {slot}"] * 2 + ["  }"] if slot else []),
        "}",
    ]
    (folder / "projector_config.pbtxt").write_text("\n".join(lines) + "\n", "utf-8")


def sprite_slot(n: int) -> int:
    """Return the side of a picture in the sprite of ``n``: 64 or 32 pixels.

    More than 65,536 do not fit even so; it is 0 for them, and for none.
    """
    across = math.ceil(math.sqrt(n))
    return next((slot for slot in _SLOTS if 0 < across * slot <= SPRITE_SIDE), 0)


def _write_vectors(path: Path, vectors: Float32Array) -> None:
    from pyarrow import csv

    form = csv.WriteOptions(include_header=False, delimiter="\t")
    schema = pa.schema([(str(number), pa.float32()) for number in range(vectors.shape[1])])
    with csv.CSVWriter(path, schema, write_options=form) as file:
        for start in range(0, len(vectors), _BLOCK):
            block = np.round(vectors[start : start + _BLOCK], 6)
            file.write(pa.table([column.copy() for column in block.T], schema))


def _write_facts(path: Path, items: pa.Table) -> None:
    """Write a head line and a row an item."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_line(items.column_names))
        for batch in items.to_batches(_BLOCK):
            columns = (column.to_pylist() for column in batch.columns)
            file.writelines(_line(row) for row in zip(*columns, strict=True))


def _line(cells: Iterable[object]) -> str:
    texts = ("" if cell is None else str(cell).translate(_BREAKS) for cell in cells)
    return "\t".join(texts) + "\n"


def _draw_sprite(
    n: int, slot: int, thumbnails: Callable[[npt.NDArray[np.int64]], Sequence[bytes]]
) -> Image.Image:
    """Put the pictures row by row into a square, each in the middle of its slot."""
    across = math.ceil(math.sqrt(n))
    sprite = Image.new("RGB", (across * slot, across * slot), "white")
    for start in range(0, n, _BLOCK):
        ids = np.arange(start, min(n, start + _BLOCK))
        for place, data in enumerate(thumbnails(ids), start):
            picture = Image.open(io.BytesIO(data))
            picture.thumbnail((slot, slot))
            top, left = divmod(place, across)
            sprite.paste(
                picture,
                (
                    left * slot + (slot - picture.width) // 2,
                    top * slot + (slot - picture.height) // 2,
                ),
            )
    return sprite
