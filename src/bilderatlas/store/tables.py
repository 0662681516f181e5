"""A folder of Lance tables, each keeping its versions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa

__all__ = ["Tables"]

os.environ.setdefault("LANCE_LOG", "error")  # else a warning for each table that is new


class Tables:
    """The tables of one folder, ``NAME.lance`` each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _has(self, name: str) -> bool:
        return (self.folder / f"{name}.lance" / "_versions").is_dir()

    def _dataset(self, name: str, version: int | None = None) -> Any:
        import lance

        return lance.dataset(str(self.folder / f"{name}.lance"), version=version)

    def _write(self, name: str, table: pa.Table, mode: str = "overwrite") -> int:
        import lance

        self.folder.mkdir(parents=True, exist_ok=True)
        return int(
            lance.write_dataset(table, str(self.folder / f"{name}.lance"), mode=mode).version
        )
