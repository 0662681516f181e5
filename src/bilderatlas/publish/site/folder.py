"""The folder a site is written into: files by family, and the swap that publishes them."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import SiteError

__all__ = ["CHUNK", "SiteFolder", "as_json", "chunks"]

CHUNK = 65536
"""Items in a chunk of a column."""


class SiteFolder:
    """A site being written beside the one it will replace.

    Everything goes to a hidden sibling of ``target``; `publish` swaps it in. A run that is killed
    leaves the sibling behind, and the next one clears it away.

    Raises
    ------
    SiteError
        When ``target`` is something else than a site.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(f".{target.name}.new")
        self._replaced = target.with_name(f".{target.name}.old")
        self._hashes: dict[str, blake2b] = {}
        if self._replaced.exists() and not target.exists():  # killed between the two renames
            self._replaced.rename(target)
        if target.exists() and not _is_site(target):
            raise SiteError(
                f"{target} holds other things than a site; name a new folder, or empty this one."
            )
        for leftover in (self.path, self._replaced):
            if leftover.exists():
                shutil.rmtree(leftover)
        self.path.mkdir(parents=True)

    @property
    def hashes(self) -> dict[str, str]:
        """A short hash of the content of each family of files so far."""
        return {family: digest.hexdigest() for family, digest in sorted(self._hashes.items())}

    def write(self, family: str, path: str, data: bytes) -> None:
        """Write one file; the order of the files of a family is part of its hash."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self._hashes.setdefault(family, blake2b(digest_size=6)).update(data)

    def write_compressed(self, family: str, path: str, data: bytes) -> None:
        """Write one gzip stream without name or time."""
        self.write(family, path, zlib.compress(data, wbits=31))

    def write_chunks(self, family: str, stem: str, *values: npt.NDArray[Any]) -> None:
        """Write ``{stem}{chunk}.bin.gz`` of arrays whose first axis is the index.

        In each chunk one array's part stands after the other's.
        """
        for number, chunk in enumerate(chunks(len(values[0]))):
            parts = [part[chunk] for part in values]
            data = b"".join(part.astype(part.dtype.newbyteorder("<")).tobytes() for part in parts)
            self.write_compressed(family, f"{stem}{number}.bin.gz", data)

    def publish(self) -> None:
        """Put the written site in the place of the old one."""
        if self.target.exists():
            self.target.rename(self._replaced)
        self.path.rename(self.target)
        if self._replaced.exists():
            shutil.rmtree(self._replaced)


def chunks(n: int, size: int = CHUNK) -> Iterator[slice]:
    """Cut 0…n-1 into slices of ``size``."""
    return (slice(start, min(n, start + size)) for start in range(0, n, size))


def as_json(value: object) -> bytes:
    """Return compact UTF-8 JSON; NumPy's numbers count as numbers."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_as_python
    ).encode()


def _as_python(value: object) -> object:
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in a site's JSON")


def _is_site(folder: Path) -> bool:
    return folder.is_dir() and ((folder / "manifest.json").is_file() or not any(folder.iterdir()))
