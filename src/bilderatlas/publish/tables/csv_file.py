"""A book as CSV: its last record table, for programs."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from bilderatlas.publish.tables.book import Book

__all__ = ["write_csv"]


def write_csv(book: Book, file: BinaryIO) -> None:
    """Write the last record table as UTF-8 CSV (RFC 4180), without its pictures."""
    sheet = book.records[-1]
    shown = [at for at, column in enumerate(sheet.columns) if column.kind != "picture"]
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([sheet.columns[at].name for at in shown])
    writer.writerows([row[at] for at in shown] for row in sheet.rows())
    text.detach()
