"""The tables of duplicates and, never on the same page, of look-alikes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bilderatlas.publish.tables.book import Book, Column, Row, Section, Sheet, Tile
from bilderatlas.types import DuplicateGroup, LookAlikes

__all__ = ["Copies", "duplicates_book", "look_alikes_book"]

_KINDS = {"exact": "same bytes", "same": "same picture"}


@dataclass(frozen=True, slots=True)
class Copies:
    """What the tables say of pictures, each known by its number.

    Attributes
    ----------
    title
        Of the collection.
    uris, widths, heights, sizes
        By number; pixels of the upright picture, bytes of the file.
    thumbnails
        As in `Book`.
    """

    title: str
    uris: Sequence[str]
    widths: Sequence[int]
    heights: Sequence[int]
    sizes: Sequence[int]
    thumbnails: Callable[[Sequence[int]], Sequence[bytes]] | None


def duplicates_book(copies: Copies, groups: Sequence[DuplicateGroup]) -> Book:
    """Return a row a picture, its group's best copy first."""
    columns = (
        Column("picture", "picture"),
        Column("group", "count"),
        Column("kind"),
        Column("best"),
        Column("edit"),
        Column("id", "id"),
        Column("uri"),
        *_SIZE,
    )

    def rows_of(number: int, group: DuplicateGroup) -> Iterator[Row]:
        edits = group.edits or ("",) * len(group.members)
        for place, (item, edit) in enumerate(zip(group.members.tolist(), edits, strict=True)):
            best = "best" if place == 0 else ""
            tile = Tile(item, copies.uris[item], accent=place == 0)
            said = (number, _KINDS[group.kind], best, edit, item, copies.uris[item])
            yield (tile, *said, *_size(copies, item))

    def heading(number: int, group: DuplicateGroup) -> str:
        return f"Group {number}: {_KINDS[group.kind]}, {len(group.members)} copies"

    def section(number: int, group: DuplicateGroup) -> Section:
        return Section(heading(number, group), lambda: rows_of(number, group))

    sections = tuple(section(number, group) for number, group in enumerate(groups, 1))
    sheet = Sheet("Duplicates", columns, sections)
    pictures = sum(len(group.members) for group in groups)
    return Book(
        title=f"{copies.title}: duplicates",
        facts={"groups": len(groups), "pictures": pictures, "could go": pictures - len(groups)},
        asked=(),
        pages=(sheet,),
        records=(sheet,),
        thumbnails=copies.thumbnails,
    )


def look_alikes_book(copies: Copies, look_alikes: LookAlikes) -> Book:
    """Return a row a pair, the most alike first."""
    columns = (
        Column("picture", "picture"),
        Column("looks like", "picture"),
        Column("similarity", "similarity"),
        Column("id", "id"),
        Column("uri"),
        Column("other_id", "id"),
        Column("other_uri"),
    )

    def rows() -> Iterator[Row]:
        for (one, two), similarity in zip(
            look_alikes.pairs.tolist(), look_alikes.similarity.tolist(), strict=True
        ):
            uris = copies.uris[one], copies.uris[two]
            tiles = Tile(one, uris[0]), Tile(two, uris[1])
            yield (*tiles, round(similarity, 4), one, uris[0], two, uris[1])

    sheet = Sheet("Look-alikes", columns, (Section("", rows),))
    return Book(
        title=f"{copies.title}: look-alikes",
        facts={"pairs": len(look_alikes.pairs)},
        asked=(),
        pages=(sheet,),
        records=(sheet,),
        thumbnails=copies.thumbnails,
    )


_SIZE = (Column("width", "count"), Column("height", "count"), Column("bytes", "count"))


def _size(copies: Copies, item: int) -> Row:
    return copies.widths[item], copies.heights[item], copies.sizes[item]
