"""Pictures in a folder and the folders below it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bilderatlas.errors import SourceError
from bilderatlas.ingest.magic import MAGIC_BYTES, looks_like_picture
from bilderatlas.types import Found, Problem

from . import Listing
from .table import join, read_table

__all__ = ["Folder"]

# Also what cannot be decoded: people want to hear that these pictures are missing from the map.
_PICTURE_SUFFIXES = frozenset(
    f".{name}"
    for line in (
        "jpg jpeg jpe jfif pjpeg png apng gif webp avif heic heif hif tif tiff bmp dib ico icns",
        "cur jp2 j2k jpx jpf j2c jxl jxr psd psb xcf svg svgz exr hdr ff qoi tga pcx ppm pgm pbm",
        "pnm pam pfm sgi dds xbm xpm wbmp fits djvu pcd 3fr arw cr2 cr3 crw dcr dng erf iiq kdc",
        "mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f",
    )
    for name in line.split()
)
_SKIPPED_FOLDERS = frozenset(("@eaDir", "node_modules", "__MACOSX"))
_ATLAS_SUFFIX = ".atlas"
_METADATA = "metadata.csv"


@dataclass(frozen=True)
class Folder:
    """A folder on this machine.

    Hidden files and folders, folders that programs make for themselves, and atlases are passed
    over. Links are followed, and a folder that is reached twice is listed once.

    Attributes
    ----------
    root
        The folder.
    metadata
        A table with a ``filename`` column; by default ``metadata.csv`` in the folder, if it is
        there.
    """

    root: Path
    metadata: Path | None = None

    def list(self) -> Listing:
        """Look at the folder, and return what is there now.

        Raises
        ------
        SourceError
            If the folder is missing, or the metadata cannot be used.
        """
        if not self.root.is_dir():
            state = "is a file" if self.root.exists() else "does not exist"
            raise SourceError(f"The folder {self.root} {state}: give a folder with pictures.")
        table_path = self._table_path()
        table = read_table(table_path) if table_path else None
        found: list[Found] = []
        problems: list[Problem] = []
        others = 0
        for entry in _files(self.root, problems):
            if table_path and _is_same(entry, table_path):
                continue
            uri = _uri(self.root, entry.path)
            try:
                if not _is_picture(entry):
                    others += 1
                    continue
                facts = entry.stat()
            except OSError as error:
                problems.append(_problem(uri, "file", error))
                continue
            found.append(Found(uri, entry.path, facts.st_size, facts.st_mtime_ns))
        found.sort(key=lambda one: one.uri)
        metadata, unmatched = join(table, (one.uri for one in found)) if table else ({}, ())
        problems.sort(key=lambda one: one.uri)
        return Listing(
            found=tuple(found),
            others=others,
            problems=(*problems, *unmatched),
            columns=table.columns if table else (),
            metadata=metadata,
        )

    def _table_path(self) -> Path | None:
        if self.metadata is not None:
            return self.metadata
        usual = self.root / _METADATA
        return usual if usual.is_file() else None


def _files(root: Path, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """Yield the files, those in linked folders last, so that each keeps its own path."""
    visited: set[tuple[int, int]] = set()
    folders = [str(root)]
    linked: list[str] = []
    while folders or linked:
        path = folders.pop() if folders else linked.pop(0)
        try:
            facts = Path(path).stat()
            if (facts.st_dev, facts.st_ino) in visited:
                continue
            visited.add((facts.st_dev, facts.st_ino))
            with os.scandir(path) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(_problem(_uri(root, path), "folder", error))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not entry.is_dir():
                yield entry
            elif entry.name not in _SKIPPED_FOLDERS and not entry.name.endswith(_ATLAS_SUFFIX):
                (linked if entry.is_symlink() else folders).append(entry.path)


def _uri(root: Path, path: str) -> str:
    """Return the path below the root, with ``/``; bytes that are no UTF-8 are spelt out."""
    below = Path(path).relative_to(root).as_posix()
    return os.fsencode(below).decode("utf-8", "backslashreplace")


def _is_picture(entry: os.DirEntry[str]) -> bool:
    """Return whether a file says by its name, or else by its first bytes, that it is a picture."""
    if os.path.splitext(entry.name)[1].lower() in _PICTURE_SUFFIXES:  # noqa: PTH122 (many files)
        return True
    if not entry.is_file():  # a device or a pipe would never end
        return False
    with open(entry.path, "rb") as file:  # noqa: PTH123 (many files)
        return looks_like_picture(file.read(MAGIC_BYTES))


def _is_same(entry: os.DirEntry[str], path: Path) -> bool:
    return entry.name == path.name and Path(entry.path).samefile(path)


def _problem(uri: str, kind: str, error: OSError) -> Problem:
    return Problem(uri, "source", f"the {kind} cannot be opened ({error.strerror})")
