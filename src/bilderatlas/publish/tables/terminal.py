"""A book as text: a table for files and pipes, pictures with their text beside them for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from bilderatlas.publish.tables.book import Book, Cell, Column, Sheet, Tile
from bilderatlas.publish.tables.graphics import COLUMNS, ROWS, Drawing

__all__ = ["show_book", "write_text"]

_WIDEST = 60  # columns of one cell on a terminal
_AT_ONCE = 1000  # rows that are measured together, so that long tables begin at once
_BOLD, _QUIET, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def write_text(book: Book, file: BinaryIO) -> None:
    """Write the record tables as plain UTF-8 text, aligned, nothing cut off."""
    for sheet in book.records:
        if len(book.records) > 1:
            file.write(f"{sheet.name}\n".encode())
        for line in _lines(sheet):
            file.write(f"{line}\n".encode())
        if sheet is not book.records[-1]:
            file.write(b"\n")


def show_book(book: Book, drawing: Drawing | None) -> Iterator[str]:
    """Yield the lines for a person at a terminal, with pictures if it can draw them."""
    yield f"{_BOLD}{book.title}{_PLAIN}"
    sheets = [*book.records]
    for sheet in sheets:
        if len(sheets) > 1:
            yield ""
            yield f"{_BOLD}{sheet.name}{_PLAIN}"
        if drawing is not None and any(column.kind == "picture" for column in sheet.columns):
            yield from _gallery(book, sheet, drawing)
        else:
            yield from _lines(sheet, widest=_WIDEST)


def _gallery(book: Book, sheet: Sheet, drawing: Drawing) -> Iterator[str]:
    pictures = book.pictures([sheet])
    for tile in book.asked:
        yield from _beside(drawing, pictures.get(tile.picture), list(tile.lines))
    for row in sheet.rows():
        picture = next((cell for cell in row if isinstance(cell, Tile)), None)
        said = [
            f"{_QUIET}{column.name:>10}{_PLAIN}  {_text(cell, column)}"
            for cell, column in zip(row, sheet.columns, strict=True)
            if column.kind != "picture" and cell not in (None, "")
        ]
        yield from _beside(drawing, pictures.get(picture.picture) if picture else None, said)


def _beside(drawing: Drawing, picture: bytes | None, said: list[str]) -> Iterator[str]:
    drawn = [" " * COLUMNS] * ROWS if picture is None else drawing(picture)
    said += [""] * (ROWS - len(said))
    yield ""
    yield from (f"{left}  {right}" for left, right in zip(drawn, said, strict=True))


def _lines(sheet: Sheet, widest: int | None = None) -> Iterator[str]:
    shown = [at for at, column in enumerate(sheet.columns) if column.kind != "picture"]
    columns = [sheet.columns[at] for at in shown]
    rows = sheet.rows()
    head = [column.name for column in columns]
    widths = [_width(name) for name in head]
    while block := list(islice(rows, _AT_ONCE)):
        cells = [[_cut(_text(row[at], sheet.columns[at]), widest) for at in shown] for row in block]
        widths = [
            max(width, *(_width(row[at]) for row in cells)) for at, width in enumerate(widths)
        ]
        if head:
            yield _line(head, columns, widths)
            head = []
        yield from (_line(row, columns, widths) for row in cells)
    if head:
        yield _line(head, columns, widths)


def _line(cells: list[str], columns: list[Column], widths: list[int]) -> str:
    padded = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        space = " " * (width - _width(cell))
        padded.append(cell + space if column.kind == "text" else space + cell)
    return "  ".join(padded).rstrip()


def _text(cell: Cell, column: Column) -> str:
    if cell is None or isinstance(cell, Tile):
        return ""
    if isinstance(cell, str):
        return "".join(letter if letter.isprintable() else "\ufffd" for letter in cell)
    if column.kind == "similarity":
        return f"{cell:.3f}"
    return f"{cell:.1%}" if column.kind == "share" else str(cell)


def _cut(text: str, widest: int | None) -> str:
    """Leave out the middle of what is too wide: of a path, both ends say most."""
    if widest is None or len(text) <= widest:
        return text
    return f"{text[: widest // 3]}…{text[len(text) - widest + widest // 3 + 1 :]}"


def _width(text: str) -> int:
    """Return how many columns a terminal gives to a text."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)
