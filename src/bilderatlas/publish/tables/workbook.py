"""A book as XLSX: a worksheet a table, the thumbnails in its cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, BinaryIO

from PIL import Image

from bilderatlas.errors import TableError
from bilderatlas.publish.tables.book import Book, Cell, Column, Kind, Sheet, Tile
from bilderatlas.publish.tables.xml_letters import xml_letters

__all__ = ["write_xlsx"]

_MOST_ROWS = 1_048_576
_BOX = (96, 80)
"""Room for a thumbnail in its cell, pixels."""
_MARGIN = 4  # pixels
_POINTS = 0.75  # a pixel has, at the 96 to an inch that spreadsheets reckon with
_LINE = 11.5  # points
_WIDTHS: dict[Kind, float] = {
    "text": 32, "id": 11, "count": 11, "similarity": 11, "share": 9, "picture": 14.2,
}  # fmt: skip
"""Digits of the default font."""

_NARROW = 6.5  # digits, of a shaded column, its name on end
_HEADER = 32  # points
_HEADER_ON_END = 110  # points

_NUMBERS: dict[Kind, str] = {"id": "0", "count": "#,##0", "similarity": "0.000", "share": "0.0%"}
_ACCENT = "#DCEFD9"
_SHADE = "#8DB4E2"


def write_xlsx(book: Book, file: BinaryIO) -> None:
    """Write all tables and then the facts, laid out to be printed on lying pages.

    Pictures are laid over their cells and move with them, which LibreOffice shows as Excel does;
    of the newer kind, which is a cell's value, it shows nothing. Each is stored once.

    Raises
    ------
    TableError
        If a table has more rows than a worksheet.
    """
    import xlsxwriter

    pictures = book.pictures(book.sheets)
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    writer = _Writer(workbook, pictures)
    for place, sheet in enumerate(book.sheets):
        writer.add_sheet(sheet, book if place == 0 else None)
    writer.add_facts(book)
    workbook.set_properties({"title": xml_letters(book.title)})
    workbook.close()


class _Writer:
    def __init__(self, workbook: Any, pictures: Mapping[int, bytes]) -> None:
        self.workbook = workbook
        self.pictures = {number: (data, _scale(data)) for number, data in pictures.items()}
        top = {"valign": "top"}
        self.formats: dict[str, Any] = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "header": workbook.add_format(
                {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
            ),
            "on end": workbook.add_format(
                {"bold": True, "rotation": 60, "valign": "bottom", "bottom": 1}
            ),
            "heading": workbook.add_format({"bold": True, "font_size": 13, "valign": "bottom"}),
            "text": workbook.add_format({**top, "text_wrap": True}),
            "tile": workbook.add_format({"valign": "bottom", "text_wrap": True, "font_size": 8}),
            "accent": workbook.add_format(
                {"valign": "bottom", "text_wrap": True, "font_size": 8, "bg_color": _ACCENT}
            ),
            **{kind: workbook.add_format({**top, "num_format": n}) for kind, n in _NUMBERS.items()},
        }

    def add_sheet(self, sheet: Sheet, opening: Book | None) -> None:
        """Add a table, under the book's title and what was asked for if it opens the book."""
        page = self.workbook.add_worksheet(sheet.name)
        header = self._opening(page, opening) if opening is not None else 0
        asked = len(opening.asked) if opening is not None else 0
        for at, column in enumerate(sheet.columns):
            width = _NARROW if column.shaded else _WIDTHS[column.kind]
            page.set_column(at, at, max(width, _WIDTHS["picture"]) if at < asked else width)
            style = self.formats["on end" if column.shaded else "header"]
            page.write_string(header, at, column.name, style)
        shaded = any(column.shaded for column in sheet.columns)
        page.set_row(header, _HEADER_ON_END if shaded else _HEADER)
        row = header + 1
        for section in sheet.sections:
            if section.heading:
                page.set_row(row, 24)
                page.write_string(row, 0, section.heading, self.formats["heading"])
                row += 1
            for cells in section.rows():
                if row >= _MOST_ROWS:
                    raise TableError(
                        f"The table {sheet.name!r} has more than the {_MOST_ROWS:,} rows that "
                        "XLSX can hold: use --format csv."
                    )
                self._row(page, row, cells, sheet.columns)
                row += 1
        self._shade(page, sheet, header + 1, row)
        if all(not section.heading for section in sheet.sections) and row > header + 1:
            page.autofilter(header, 0, row - 1, len(sheet.columns) - 1)
        page.freeze_panes(header + 1, 0)
        page.repeat_rows(header)
        _set_paper(page)

    def add_facts(self, book: Book) -> None:
        """Add a last worksheet with what the tables are about."""
        page = self.workbook.add_worksheet("About")
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 70)
        page.write_string(0, 0, book.title, self.formats["title"])
        for row, (name, fact) in enumerate(book.facts.items(), 1):
            page.write_string(row, 0, name, self.formats["text"])
            words = str(fact) if isinstance(fact, str | int) else ", ".join(fact)
            page.write_string(row, 1, words, self.formats["text"])
        _set_paper(page)

    def _opening(self, page: Any, book: Book) -> int:
        page.write_string(0, 0, book.title, self.formats["title"])
        if book.asked:
            columns = tuple(Column("", "picture") for _ in book.asked)
            self._row(page, 1, book.asked, columns)
        return 2 if book.asked else 1

    def _row(
        self, page: Any, row: int, cells: tuple[Cell, ...], columns: tuple[Column, ...]
    ) -> None:
        tiles = [cell for cell in cells if isinstance(cell, Tile)]
        if tiles:
            lines = max(_lines(tile) for tile in tiles)
            picture = (_BOX[1] + 2 * _MARGIN) * _POINTS if self.pictures else 0
            page.set_row(row, picture + _LINE * lines + 2)
        for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if isinstance(cell, Tile):
                self._tile(page, row, at, cell)
            elif isinstance(cell, str):
                page.write_string(row, at, cell, self.formats["text"])
            elif cell is not None:
                page.write_number(row, at, cell, self.formats[column.kind])

    def _tile(self, page: Any, row: int, at: int, tile: Tile) -> None:
        style = self.formats["accent" if tile.accent else "tile"]
        if tile.lines:
            page.write_string(row, at, "\n".join(tile.lines), style)
        if tile.picture in self.pictures:
            data, (scale, width) = self.pictures[tile.picture]
            options = {
                "image_data": io.BytesIO(data),
                "x_scale": scale,
                "y_scale": scale,
                "x_offset": _MARGIN + (_BOX[0] - width) // 2,
                "y_offset": _MARGIN,
                "object_position": 1,
                "description": xml_letters(tile.name),
            }
            page.insert_image(row, at, f"{tile.picture}.jpg", options)

    def _shade(self, page: Any, sheet: Sheet, first: int, end: int) -> None:
        """Colour shaded cells by their part of the row's largest."""
        shaded = [at for at, column in enumerate(sheet.columns) if column.shaded]
        if shaded:
            scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0}
            colours = {"min_color": "#FFFFFF", "max_color": _SHADE}
            for row in range(first, end):
                page.conditional_format(row, shaded[0], row, shaded[-1], scale | colours)


def _lines(tile: Tile) -> int:
    """Return how many lines the text of a tile takes in its narrow cell."""
    letters = 17  # of the small font, in the width of a picture's column
    return sum(-(-len(line) // letters) for line in tile.lines)


def _scale(data: bytes) -> tuple[float, int]:
    """Return by how much a thumbnail is to be scaled into its box, and its width then, pixels."""
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    scale = min(_BOX[0] / width, _BOX[1] / height)
    return scale, round(width * scale)


def _set_paper(page: Any) -> None:
    """Print lying on A4, one page wide."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")
