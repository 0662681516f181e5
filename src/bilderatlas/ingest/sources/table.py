"""Metadata in a table, and which row belongs to which picture."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bilderatlas.errors import SourceError
from bilderatlas.types import Problem

__all__ = ["Table", "join", "read_table"]

_KEY = "filename"
_DELIMITERS = ",;\t"
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; each has the file name it belongs to, and its cells by column."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str, str]], ...]


def read_table(path: Path) -> Table:
    """Read a CSV file with a ``filename`` column: comma, semicolon or tab; UTF-8 or Windows.

    Raises
    ------
    SourceError
        If the file cannot be read, or has no such column.
    """
    try:
        text = _text(path.read_bytes())
    except OSError as error:
        raise SourceError(
            f"The metadata {path} cannot be opened ({error.strerror}): check --metadata."
        ) from error
    try:
        header, *lines = list(_cells(text)) or [[]]
    except csv.Error as error:
        raise SourceError(f"The metadata {path} is no CSV file ({error}): save it anew.") from error
    columns = [name.strip() for name in header]
    try:
        key = [name.casefold() for name in columns].index(_KEY)
    except ValueError:
        raise SourceError(
            f"The metadata {path} has no column {_KEY!r} in its first line: name the column that "
            "holds the pictures' file names so."
        ) from None
    others = {name: place for place, name in enumerate(columns) if name and place != key}
    rows = []
    for line in lines:
        if len(line) <= key or not (filename := line[key].strip()):
            continue
        cells = {name: line[place].strip() for name, place in others.items() if place < len(line)}
        rows.append((filename, {name: cell for name, cell in cells.items() if cell}))
    return Table(path, tuple(others), tuple(rows))


def join(
    table: Table, uris: Iterable[str]
) -> tuple[dict[str, Mapping[str, str]], tuple[Problem, ...]]:
    """Find the picture of each row: by its path below the source, else by its bare file name.

    A bare name finds a picture only if it is the only one of that name. Of several rows for one
    picture the first counts.

    Returns
    -------
    metadata
        uri → column → text.
    problems
        At most one for the rows without a picture, and one for the rows too many.
    """
    exact = set(uris)
    by_path = {_normal(uri): uri for uri in sorted(exact)}
    names = Counter(PurePosixPath(path).name for path in by_path)
    by_name = {
        name: uri for path, uri in by_path.items() if names[name := PurePosixPath(path).name] == 1
    }
    metadata: dict[str, Mapping[str, str]] = {}
    unmatched, repeated = [], []
    for filename, cells in table.rows:
        path = _normal(filename)
        uri = (
            filename
            if filename in exact
            else by_path.get(path) or by_name.get(PurePosixPath(path).name)
        )
        if uri is None:
            unmatched.append(filename)
        elif uri in metadata:
            repeated.append(filename)
        else:
            metadata[uri] = cells
    problems = tuple(
        Problem(table.path.name, "source", reason)
        for names_of_rows, reason in (
            (unmatched, f"{_count(unmatched)} no picture, or several: {_some(unmatched)}"),
            (
                repeated,
                f"{_count(repeated)} a picture that an earlier row names: {_some(repeated)}",
            ),
        )
        if names_of_rows
    )
    return metadata, problems


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what Excel calls Unicode text
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cells(text: str) -> Iterable[list[str]]:
    """Split into rows of cells, by the delimiter that makes the most of the first line."""
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _normal(path: str) -> str:
    """Return one spelling for all ways to write a path: Windows', macOS's, with and without ./"""
    return str(PurePosixPath(unicodedata.normalize("NFC", path.replace("\\", "/"))))


def _count(filenames: list[str]) -> str:
    return "1 row names" if len(filenames) == 1 else f"{len(filenames):,} rows name"


def _some(filenames: list[str]) -> str:
    shown = ", ".join(filenames[:_EXAMPLES])
    return shown if len(filenames) <= _EXAMPLES else f"{shown}, …"
