"""How a book is written: the formats by name, and which one a file's name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from bilderatlas.errors import TableError
from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.csv_file import write_csv
from bilderatlas.publish.tables.json_file import write_json
from bilderatlas.publish.tables.terminal import write_text
from bilderatlas.publish.tables.web_page import write_html
from bilderatlas.publish.tables.workbook import write_xlsx
from bilderatlas.publish.tables.xml_file import write_xml

__all__ = ["FORMATS", "format_of", "save_book", "write_book"]

FORMATS: dict[str, Callable[[Book, BinaryIO], None]] = {
    "table": write_text,
    "json": write_json,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "xml": write_xml,
    "html": write_html,
}
"""What writes each format."""

_SUFFIXES = {".txt": "table", ".htm": "html"} | {
    f".{name}": name for name in FORMATS if name != "table"
}


def format_of(path: Path) -> str:
    """Return the format that a file's name asks for.

    Raises
    ------
    TableError
        If its suffix is that of none.
    """
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise TableError(
            f"{path}: no format has this suffix; give --format, or one of {', '.join(_SUFFIXES)}."
        ) from None


def write_book(book: Book, format: str, file: BinaryIO) -> None:
    """Write ``book`` in a format, a key of `FORMATS`, to an open file."""
    FORMATS[format](book, file)


def save_book(book: Book, path: Path, format: str | None = None) -> None:
    """Write ``book`` to a file, by default in the format of its suffix; all of it, or nothing.

    Raises
    ------
    TableError
        If the suffix is that of no format, or the format cannot hold the book.
    OSError
        If the file cannot be written.
    """
    write = FORMATS[format or format_of(path)]
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            write(book, file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
