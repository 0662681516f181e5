"""XLSX: tables with the thumbnails in their cells."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.unit.publish.tables.books import URIS, all_neighbours, one_answer, thumbnail

from bilderatlas.errors import TableError
from bilderatlas.publish.tables import workbook
from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.workbook import write_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def unpacked(book: Book) -> dict[str, bytes]:
    file = io.BytesIO()
    write_xlsx(book, file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def names(files: dict[str, bytes]) -> list[str]:
    return re.findall(r'<sheet name="([^"]*)"', files["xl/workbook.xml"].decode())


def anchors(files: dict[str, bytes], drawing: int) -> list[tuple[int, int]]:
    """Return the row and column of the upper left corner of each picture."""
    root = ElementTree.fromstring(files[f"xl/drawings/drawing{drawing}.xml"])
    corners = [anchor.find(f"{DRAWN}from") for anchor in root]
    return [
        (int(corner.findtext(f"{DRAWN}row", "")), int(corner.findtext(f"{DRAWN}col", "")))
        for corner in corners
        if corner is not None
    ]


def test_each_answer_has_its_thumbnail_in_the_first_cell_of_its_row() -> None:
    files = unpacked(one_answer())
    assert names(files) == ["Similar", "About"]
    # The title, what was asked for, the header, then the answers.
    assert sorted(anchors(files, 1)) == [(1, 0), (1, 1), (3, 0), (4, 0), (5, 0)]


def test_a_thumbnail_is_stored_once_however_often_it_is_shown() -> None:
    files = unpacked(all_neighbours())
    media = [data for name, data in files.items() if name.startswith("xl/media/")]
    assert sorted(media) == sorted(thumbnail(number) for number in range(5))
    assert len(anchors(files, 1)) == 15


def test_no_name_of_a_file_becomes_a_formula_or_a_link() -> None:
    files = unpacked(all_neighbours())
    sheets = [data for name, data in files.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 5
    assert not any(b"<f>" in data or b"<hyperlink" in data for data in sheets)
    assert URIS[0].encode() in files["xl/sharedStrings.xml"]


def test_the_header_stays_in_sight_and_the_page_is_printed_lying_on_one_width() -> None:
    sheet = ElementTree.fromstring(unpacked(all_neighbours())["xl/worksheets/sheet3.xml"])
    pane = sheet.find(f".//{MAIN}pane")
    setup = sheet.find(f"{MAIN}pageSetup")
    assert pane is not None
    assert setup is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert (setup.get("orientation"), setup.get("fitToHeight")) == ("landscape", "0")


def test_flat_tables_can_be_filtered() -> None:
    files = unpacked(all_neighbours())
    assert b'<autoFilter ref="A1:J11"' in files["xl/worksheets/sheet4.xml"]
    assert b"<autoFilter" not in files["xl/worksheets/sheet3.xml"]


def test_a_book_without_thumbnails_keeps_its_words() -> None:
    files = unpacked(replace(all_neighbours(), thumbnails=None))
    assert not any(name.startswith("xl/media/") for name in files)
    assert "1.0000 · same picture".encode() in files["xl/sharedStrings.xml"]


def test_more_rows_than_a_worksheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 9)
    with pytest.raises(TableError, match=r"'Neighbours' has more than the 9 rows.*--format csv"):
        write_xlsx(all_neighbours(), io.BytesIO())
