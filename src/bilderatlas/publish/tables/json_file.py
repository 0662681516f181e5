"""A book as JSON: its facts and its record tables, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from bilderatlas.publish.tables.book import Book, Sheet

__all__ = ["write_json"]


def write_json(book: Book, file: BinaryIO) -> None:
    """Write one object, a row of a table on each line: pictures are left out.

    ``{"title": …, "facts": {…}, "tables": {NAME: [{COLUMN: value, …}, …], …}}``.
    """
    for part in _parts(book):
        file.write(part.encode())


def _parts(book: Book) -> Iterator[str]:
    yield f'{{\n"title": {_json(book.title)},\n"facts": {_json(dict(book.facts))},\n"tables": {{\n'
    for number, sheet in enumerate(book.records):
        yield f"{',' if number else ''}{_json(sheet.name)}: ["
        for at, row in enumerate(_objects(sheet)):
            yield f"{',' if at else ''}\n{row}"
        yield "\n]\n"
    yield "}\n}\n"


def _objects(sheet: Sheet) -> Iterator[str]:
    shown = [(at, c.name) for at, c in enumerate(sheet.columns) if c.kind != "picture"]
    for row in sheet.rows():
        yield _json({name: row[at] for at, name in shown})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
