"""XML: what spreadsheets open, held to its schema."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.publish.tables.books import URIS, all_neighbours, one_answer

from bilderatlas.publish.tables.book import Book, Column, Section, Sheet
from bilderatlas.publish.tables.xml_file import write_xml

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[4] / "docs" / "similar.xsd")
SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def written(book: Book) -> bytes:
    file = io.BytesIO()
    write_xml(book, file)
    return file.getvalue()


def cells(text: bytes, sheet: str) -> list[list[str | None]]:
    (found,) = [
        page
        for page in ElementTree.fromstring(text).iter(f"{SS}Worksheet")
        if page.get(f"{SS}Name") == sheet
    ]
    return [
        [cell.findtext(f"{SS}Data") for cell in row.iter(f"{SS}Cell")]
        for row in found.iter(f"{SS}Row")
    ]


@pytest.mark.parametrize("book", [one_answer(), one_answer(None), all_neighbours()])
def test_what_is_written_is_what_the_schema_says(book: Book) -> None:
    SCHEMA.validate(written(book).decode())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'ss:Type="Number"', b'ss:Type="Date"'),
        (b'ss:StyleID="similarity"', b'ss:StyleID="closeness"'),
        (b'ss:Name="Similar"', b'ss:Name="a/b"'),
        (b'ss:Name="Similar"', b'ss:Name="About"'),
        (b"<Row>", b"<Row><Picture/>"),
    ],
)
def test_the_schema_refuses_what_is_not_ours(good: bytes, bad: bytes) -> None:
    text = written(one_answer())
    assert good in text
    assert not SCHEMA.is_valid(text.replace(good, bad, 1).decode())


def test_an_answer_can_be_read_back() -> None:
    head, *rows = cells(written(one_answer()), "Similar")
    assert head == ["rank", "id", "uri", "similarity", "relation", "label"]
    assert rows[1] == ["2", "0", URIS[0], "0.9123", "same picture", "attic"]
    assert ["asked", "out/side.jpg"] in cells(written(one_answer()), "About")


def test_the_pictures_page_keeps_what_stands_below_the_pictures() -> None:
    rows = cells(written(all_neighbours()), "Pictures")
    assert rows[1] == ["attic (2)"]
    assert rows[2][2] == '1.0000 · same picture · attic · <b>"&.jpg'


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_written_and_comes_back_but_for_what_xml_cannot_say(text: str) -> None:
    sheet = Sheet("Texts", (Column("text"),), (Section("", lambda: [(text,)]),))
    book = Book(text, {"fact": text}, (), (sheet,), (sheet,), None)
    back = cells(written(book), "Texts")[1][0] or ""
    assert len(back) == len(text)
    assert all(
        a == b or (a == "\ufffd" and not b.isprintable()) for a, b in zip(back, text, strict=True)
    )
