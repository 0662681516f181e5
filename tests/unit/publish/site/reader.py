"""Reads a site by docs/format.md and by nothing else."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image


@cache
def pixels(path: Path) -> npt.NDArray[np.uint8]:
    """Decode a page."""
    with Image.open(path) as page:
        return np.asarray(page.convert("RGB"))


@dataclass(frozen=True)
class SiteReader:
    """What a viewer can know of a site."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        return loaded

    def bytes_of(self, stem: str) -> list[bytes]:
        count = -(-self.manifest["n"] // self.manifest["chunk"])
        files = [self.folder / f"{stem}{number}.bin.gz" for number in range(count)]
        return [gzip.decompress(file.read_bytes()) for file in files]

    def values(self, stem: str, dtype: str) -> npt.NDArray[Any]:
        return np.frombuffer(b"".join(self.bytes_of(stem)), dtype)

    def points(self, layout: str) -> npt.NDArray[Any]:
        chunks = [
            np.frombuffer(c, "<u2").reshape(2, -1) for c in self.bytes_of(f"layouts/{layout}/pos.")
        ]
        return np.concatenate(chunks, axis=1).T.astype(int)

    def blur(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        blocks, aspects = [], []
        for chunk in self.bytes_of("blur/"):
            n = len(chunk) // 9
            blocks.append(np.frombuffer(chunk[: 8 * n], np.uint8).reshape(n, 8))
            aspects.append(np.frombuffer(chunk[8 * n :], np.uint8))
        return np.concatenate(blocks), np.concatenate(aspects)

    def slot(self, pages: str, side: int, across: int, place: int, aspect: int) -> npt.NDArray[Any]:
        number, within = divmod(place, across**2)
        page = pixels(self.folder / f"{pages}/{number >> 8}/{number}.webp")
        assert page.shape == (side * across, side * across, 3)
        row, column = divmod(within, across)
        ratio = 2 ** ((aspect - 128) / 32)
        width = side if aspect >= 128 else max(1, int(side * ratio + 0.5))
        height = max(1, int(side / ratio + 0.5)) if aspect >= 128 else side
        return page[row * side : row * side + height, column * side : column * side + width]

    def column(self, name: str) -> dict[str, Any]:
        return next(c for c in self.manifest["columns"] if c["name"] == name)

    def categories(self, name: str) -> list[str | None]:
        slug = self.column(name)["slug"]
        words = json.loads((self.folder / f"columns/{slug}.values.json").read_text("utf-8"))
        codes = self.values(f"columns/{slug}.", "<u2")
        return [None if code == 65535 else words[code] for code in codes]

    def facts(self, index: int) -> dict[str, Any]:
        page, place = divmod(index, 256)
        data = json.loads(
            gzip.decompress((self.folder / f"facts/{page >> 8}/{page}.json.gz").read_bytes())
        )
        metadata = {name: texts[place] for name, texts in data.pop("metadata").items()}
        return {**{name: values[place] for name, values in data.items()}, "metadata": metadata}

    def neighbours(self, index: int) -> tuple[list[int], list[int]]:
        page, place = divmod(index, 256)
        k = self.manifest["neighbours"]["k"]
        data = (self.folder / f"neighbours/{page >> 8}/{page}.bin").read_bytes()
        assert len(data) == 256 * k * 5
        ids = np.frombuffer(data[: 256 * k * 4], "<u4").reshape(256, k)
        similarity = np.frombuffer(data[256 * k * 4 :], np.uint8).reshape(256, k)
        return ids[place].tolist(), similarity[place].tolist()

    def compressed(self, path: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = json.loads(gzip.decompress((self.folder / path).read_bytes()))
        return found

    def duplicates(self) -> dict[str, list[Any]]:
        return self.compressed("duplicates.json.gz")
