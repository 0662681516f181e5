"""The pictures of a question: items of the atlas, or files outside it that its model looks at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bilderatlas.errors import ModelError, PictureError
from bilderatlas.pipeline.lookup import Lookup, Name
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Float32Array, Found, Picture

__all__ = ["Asked", "ask"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture of a question.

    Attributes
    ----------
    name
        Its uri, or the path it was given by.
    item
        The item with its bytes, -1 if there is none.
    inside
        Whether it was named as that item, and not as a file outside the atlas.
    vector
        Shape (d,), float32, of length 1.
    thumbnail
        JPEG, of a picture that is no item; else empty.
    """

    name: str
    item: int
    inside: bool
    vector: Float32Array
    thumbnail: bytes = b""


def ask(store: Store, record: Record, lookup: Lookup, names: Sequence[Name]) -> tuple[Asked, ...]:
    """Return the pictures of these names, in their order.

    Raises
    ------
    QueryError
        If a name is that of no picture.
    PictureError
        If a file outside the atlas cannot be used.
    ModelError, MissingExtraError
        If the atlas's model is not there, or not what it was when the atlas was built.
    """
    found = [lookup.find(name) for name in names]
    files = [file for file in found if isinstance(file, Path)]
    read = _read(store, record, lookup, files) if files else iter(())
    return tuple(
        _item(store, record, lookup.uris[one], one) if isinstance(one, int) else next(read)
        for one in found
    )


def _item(store: Store, record: Record, name: str, item: int, *, inside: bool = True) -> Asked:
    version = record.stages["items"].version
    row = store.take_items(version, np.array([item]), ["vector"])
    vector = np.asarray(row.column(0).combine_chunks().flatten(), np.float32)
    return Asked(name, item, inside, _unit(vector))


def _read(store: Store, record: Record, lookup: Lookup, files: Sequence[Path]) -> Iterator[Asked]:
    """Read files as the build has read the atlas's own; bytes that it knows are not decoded."""
    from bilderatlas.ingest.models.loader import model_fingerprint
    from bilderatlas.ingest.reader import Known, Reader

    model = record.model["name"]
    if model_fingerprint(model) != record.model["fingerprint"]:
        raise ModelError(
            f"The model {model} makes other vectors than when {store.folder} was built: build it "
            "again to compare files outside the atlas with it."
        )
    reader = Reader.open(
        model,
        known=lookup.id_of_key.__contains__,
        max_pixels=record.parameters["items"]["max_pixels"],
    )
    for path in files:
        name = os.fsencode(path).decode(errors="replace")
        facts = path.stat()
        (result,) = reader([Found(name, str(path), facts.st_size, facts.st_mtime_ns)])
        if isinstance(result, Known):
            yield _item(store, record, name, lookup.id_of_key[result.key], inside=False)
        elif isinstance(result, Picture):
            vector = _unit(result.vector.astype(np.float32))
            yield Asked(name, -1, False, vector, result.t128)
        else:
            raise PictureError(f"{name} cannot be searched for: {result.reason}.")


def _unit(vector: Float32Array) -> Float32Array:
    unit: Float32Array = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit
