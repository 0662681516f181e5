"""A book as XML that spreadsheets open: SpreadsheetML 2003, held to ``docs/similar.xsd``.

LibreOffice and Excel open an XML file as a table only if it is one of the dialects they know, and
this is the plain one of these: rows of cells of text and numbers. It cannot hold pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape

from bilderatlas.publish.tables.book import Book, Cell, Column, Kind, Sheet, Tile
from bilderatlas.publish.tables.xml_letters import xml_letters

__all__ = ["write_xml"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles>
<Style ss:ID="text"><Alignment ss:Vertical="Top" ss:WrapText="1"/></Style>
<Style ss:ID="id"><Alignment ss:Vertical="Top"/><NumberFormat ss:Format="0"/></Style>
<Style ss:ID="count"><Alignment ss:Vertical="Top"/><NumberFormat ss:Format="0"/></Style>
<Style ss:ID="similarity"><Alignment ss:Vertical="Top"/><NumberFormat ss:Format="0.000"/></Style>
<Style ss:ID="share"><Alignment ss:Vertical="Top"/><NumberFormat ss:Format="0.0%"/></Style>
<Style ss:ID="header"><Alignment ss:Vertical="Bottom" ss:WrapText="1"/><Font ss:Bold="1"/>\
<Interior ss:Color="#E8E8E8" ss:Pattern="Solid"/></Style>
<Style ss:ID="heading"><Font ss:Bold="1" ss:Size="13"/></Style>
</Styles>
"""
_WIDTHS: dict[Kind, int] = {
    "text": 190, "id": 70, "count": 70, "similarity": 70, "share": 60, "picture": 220,
}  # fmt: skip

_LETTER = 8
"""Points. LibreOffice breaks no lines here, so that a name needs its whole width."""


def write_xml(book: Book, file: BinaryIO) -> None:
    """Write all tables, a worksheet each, then one with the facts; of a tile, only the text."""
    file.write(_HEAD.encode())
    for sheet in book.sheets:
        for part in _worksheet(sheet):
            file.write(part.encode())
    for part in _about(book):
        file.write(part.encode())
    file.write(b"</Workbook>\n")


def _worksheet(sheet: Sheet) -> Iterator[str]:
    # Pictures without words leave nothing to be written.
    shown = [at for at, column in enumerate(sheet.columns) if _speaks(sheet, at, column)]
    columns = [sheet.columns[at] for at in shown]
    yield _opening(sheet.name, [max(_WIDTHS[c.kind], _LETTER * len(c.name)) for c in columns])
    yield _row(_string(column.name, "header") for column in columns)
    for section in sheet.sections:
        if section.heading:
            yield _row([_string(section.heading, "heading")])
        for row in section.rows():
            yield _row(_cell(row[at], column) for at, column in zip(shown, columns, strict=True))
    yield _closing()


def _speaks(sheet: Sheet, at: int, column: Column) -> bool:
    if column.kind != "picture":
        return True
    return any(isinstance(row[at], Tile) and row[at].lines for row in sheet.rows())  # type: ignore[union-attr]


def _about(book: Book) -> Iterator[str]:
    yield _opening("About", [150, 420])
    yield _row([_string(book.title, "header")])
    for name, fact in book.facts.items():
        words = ", ".join(fact) if not isinstance(fact, str | int) else str(fact)
        yield _row([_string(name, "text"), _string(words, "text")])
    yield _closing()


def _opening(name: str, widths: list[int]) -> str:
    # LibreOffice counts the columns on from the sheet before, unless they are numbered.
    columns = "".join(
        f'<Column ss:Index="{number}" ss:Width="{width}"/>'
        for number, width in enumerate(widths, 1)
    )
    return f'<Worksheet ss:Name="{_text(name)}">\n<Table>\n{columns}\n'


def _closing() -> str:
    """End the worksheet: one page wide, lying, its first row always in sight."""
    return (
        "</Table>\n"
        '<x:WorksheetOptions><x:PageSetup><x:Layout x:Orientation="Landscape"/></x:PageSetup>'
        "<x:FitToPage/><x:Print><x:FitHeight>0</x:FitHeight></x:Print>"
        "<x:FreezePanes/><x:FrozenNoSplit/><x:SplitHorizontal>1</x:SplitHorizontal>"
        "<x:TopRowBottomPane>1</x:TopRowBottomPane><x:ActivePane>2</x:ActivePane>"
        "</x:WorksheetOptions>\n</Worksheet>\n"
    )


def _row(cells: Iterator[str] | list[str]) -> str:
    return f"<Row>{''.join(cells)}</Row>\n"


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return "<Cell/>"
    if isinstance(cell, Tile):
        return _string(" · ".join(cell.lines), "text")
    if isinstance(cell, str):
        return _string(cell, "text")
    return f'<Cell ss:StyleID="{column.kind}"><Data ss:Type="Number">{cell}</Data></Cell>'


def _string(text: str, style: str) -> str:
    return f'<Cell ss:StyleID="{style}"><Data ss:Type="String">{_text(text)}</Data></Cell>'


def _text(text: str) -> str:
    """Return text as XML holds it; a line break, by its number, stays what it is."""
    return escape(xml_letters(text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;"})
