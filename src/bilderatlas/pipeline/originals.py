"""The pictures of an atlas at any size: thumbnails, or the files where those are too small."""

from __future__ import annotations

import hashlib
import io
import os
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

from bilderatlas.errors import PictureError
from bilderatlas.store import Store
from bilderatlas.types import THUMBNAIL_SIDES

__all__ = ["Originals"]


class Originals:
    """Random access to the pictures of one version of the items.

    A file that has gone, or is not the one any more that was read, is replaced by its thumbnail.
    """

    def __init__(self, store: Store, version: int) -> None:
        self._store = store
        self._version = version

    def __call__(self, item: int, side: int) -> Image.Image:
        """Return a picture, RGB; its long side has ``side`` pixels or more if it can have them."""
        if side > THUMBNAIL_SIDES[1] and (found := self._decoded(item)) is not None:
            return found
        taken = self._store.take_items(self._version, np.array([item]), ["t128"])
        return Image.open(io.BytesIO(taken.column(0)[0].as_py())).convert("RGB")

    def _decoded(self, item: int) -> Image.Image | None:
        from bilderatlas.ingest.pictures.decode import decode

        location, key, width, height = self._files[item]
        try:
            data = Path(os.fsdecode(location)).read_bytes()
            if hashlib.blake2b(data, digest_size=16).hexdigest() != key:
                return None
            image = decode(data).image
        except (OSError, PictureError):
            return None
        # A very long picture comes squeezed.
        return image.resize((max(1, round(image.height * width / height)), image.height))

    @cached_property
    def _files(self) -> list[tuple[bytes, str, int, int]]:
        names = ["location", "key", "width", "height"]
        columns = self._store.read_items(self._version, names).to_pydict()
        return list(zip(*(columns[name] for name in names), strict=True))
