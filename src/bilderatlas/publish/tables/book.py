"""Tables with pictures in them, before anything is said of how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Book", "Cell", "Column", "Fact", "Kind", "Row", "Section", "Sheet", "Tile"]

Kind = Literal["text", "id", "count", "similarity", "share", "picture"]
"""What a column holds; an id is a whole number, a share is in 0…1, a picture is a `Tile`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture with lines of text below it.

    ``picture`` is its number in the book's thumbnails, ``name`` what it is called. An accent sets
    a tile apart from those beside it.
    """

    picture: int
    name: str
    lines: tuple[str, ...] = ()
    accent: bool = False


Cell = str | int | float | Tile | None
Row = tuple[Cell, ...]
Fact = str | int | Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, as people and programs read it, and what is in its cells.

    Of a row's shaded cells, the larger are the darker.
    """

    name: str
    kind: Kind = "text"
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; an empty heading is not shown. ``rows`` makes them each time."""

    heading: str
    rows: Callable[[], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Its name has at most 31 letters, none of ``[]:*?/\\``, as spreadsheets want it."""

    name: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all sections."""
        for section in self.sections:
            yield from section.rows()

    def tiles(self) -> Iterator[Tile]:
        """Yield every tile in the table."""
        for row in self.rows():
            yield from (cell for cell in row if isinstance(cell, Tile))


@dataclass(frozen=True, slots=True)
class Book:
    """Tables that belong together.

    Attributes
    ----------
    title
        Of the whole.
    facts
        What the tables are about and how they were made, by name.
    asked
        Pictures that stand above the tables: what was asked for.
    pages
        The tables for people to look at.
    records
        The tables for programs, flat and complete; the last is the one that CSV holds. A table may
        be both a page and a record.
    thumbnails
        Gives the JPEG bytes of numbered pictures, in their order; ``None`` where there are too many
        to be shown.
    """

    title: str
    facts: Mapping[str, Fact]
    asked: tuple[Tile, ...]
    pages: tuple[Sheet, ...]
    records: tuple[Sheet, ...]
    thumbnails: Callable[[Sequence[int]], Sequence[bytes]] | None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Pages and records, each once."""
        others = (sheet for sheet in self.records if all(sheet is not page for page in self.pages))
        return (*self.pages, *others)

    def pictures(self, sheets: Sequence[Sheet]) -> dict[int, bytes]:
        """Return the JPEG thumbnails that these sheets and what was asked for show, by number."""
        if self.thumbnails is None:
            return {}
        tiles = [*self.asked, *(tile for sheet in sheets for tile in sheet.tiles())]
        numbers = sorted({tile.picture for tile in tiles})
        return dict(zip(numbers, self.thumbnails(numbers), strict=True))
