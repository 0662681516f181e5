"""Which format a file gets, and that it is written whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.unit.publish.tables.books import one_answer

from bilderatlas.errors import TableError
from bilderatlas.publish.tables import writing
from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.writing import FORMATS, format_of, save_book, write_book


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", "csv"), ("a.JSON", "json"), ("a.b.xlsx", "xlsx"), ("a.xml", "xml"),
        ("a.html", "html"), ("a.htm", "html"), ("a.txt", "table"),
    ],
)  # fmt: skip
def test_the_suffix_of_a_file_says_its_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a.pdf", "a", ".csv"])
def test_an_unknown_suffix_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(TableError, match=r"--format.*\.txt.*\.xlsx"):
        format_of(Path(name))


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_a_stream_would(form: str, tmp_path: Path) -> None:
    path = tmp_path / "table"
    save_book(one_answer(), path, form)
    stream = io.BytesIO()
    write_book(one_answer(), form, stream)
    assert abs(path.stat().st_size - len(stream.getvalue())) <= 2  # xlsx holds the time
    assert path.read_bytes()[:100] == stream.getvalue()[:100] or form == "xlsx"
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_that_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(book: Book, file: BinaryIO) -> None:
        file.write(b"half of it")
        raise TableError("no more")

    monkeypatch.setitem(writing.FORMATS, "csv", torn)
    path = tmp_path / "table.csv"
    path.write_text("the old one")
    with pytest.raises(TableError):
        save_book(one_answer(), path)
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]
