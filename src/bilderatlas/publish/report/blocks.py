"""What a report is made of: words, facts, tables, pictures, drawings. Each writes its own HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

__all__ = [
    "Block",
    "Drawing",
    "Drawings",
    "Facts",
    "Galleries",
    "Gallery",
    "Heading",
    "Points",
    "Section",
    "Table",
    "Text",
    "Tile",
]

_ACROSS = 6  # pictures side by side, as in style.css


class Block(Protocol):
    """One thing below another in a section."""

    def html(self) -> str:
        """Return its markup; all words from outside are escaped."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``role`` is ``verdict`` for what must be read, ``note`` for small print."""

    words: str
    role: str = ""

    def html(self) -> str:
        role = f' class="{self.role}"' if self.role else ""
        return f"<p{role}>{escape(self.words)}</p>\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of a section."""

    words: str

    def html(self) -> str:
        return f"<h3>{escape(self.words)}</h3>\n"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, and what is the case: name, value, what it means (may be empty)."""

    rows: Sequence[tuple[str, str, str]]

    def html(self) -> str:
        lines = (
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}"
            f"{f' <small>{escape(meaning)}</small>' if meaning else ''}</dd></div>"
            for name, value, meaning in self.rows
        )
        return f'<dl class="facts">{"".join(lines)}</dl>\n'


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; the first column names the row.

    ``numbers``: the places of the columns that are set to the right.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()

    def html(self) -> str:
        head = "".join(
            f'<th scope="col"{self._set(place)}>{escape(name)}</th>'
            for place, name in enumerate(self.head)
        )
        rows = "".join(
            "<tr>{}</tr>\n".format(
                "".join(
                    f"<td{self._set(place)}>{escape(cell)}</td>"
                    if place
                    else f'<th scope="row">{escape(cell)}</th>'
                    for place, cell in enumerate(row)
                )
            )
            for row in self.rows
        )
        return (
            f'<div class="wide"><table><caption>{escape(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
        )

    def _set(self, place: int) -> str:
        return ' class="number"' if place in self.numbers else ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture of the collection and what is said below it.

    ``source`` is a data: address; ``name`` stands for the picture where it cannot be seen.
    """

    source: str
    width: int
    height: int
    name: str
    lines: Sequence[str] = ()
    marked: bool = False

    def html(self) -> str:
        lines = "".join(f"<span>{escape(line)}</span>" for line in self.lines)
        caption = f"<figcaption>{lines}</figcaption>" if lines else ""
        marked = " class=marked" if self.marked else ""
        return (
            f'<figure{marked}><div><img src="{self.source}" width="{self.width}" '
            f'height="{self.height}" alt="{escape(self.name)}"></div>{caption}</figure>'
        )


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures beside each other, a title above them, a sentence below.

    ``led``: the first is larger.
    """

    tiles: Sequence[Tile]
    title: str = ""
    said: str = ""
    led: bool = False

    def html(self) -> str:
        title = f"<h4>{escape(self.title)}</h4>" if self.title else ""
        tiles = "".join(tile.html() for tile in self.tiles)
        said = f"<p>{escape(self.said)}</p>" if self.said else ""
        kind = "gallery led" if self.led else "gallery"
        wide = min(_ACROSS, max(2, len(self.tiles)))
        return (
            f'<div class="group" style="--wide:{wide}">{title}<div class="{kind}">{tiles}</div>'
            f"{said}</div>\n"
        )


@dataclass(frozen=True, slots=True)
class Galleries:
    """Small galleries, as many in a row as fit."""

    galleries: Sequence[Gallery]

    def html(self) -> str:
        return f'<div class="groups">{"".join(each.html() for each in self.galleries)}</div>\n'


@dataclass(frozen=True, slots=True)
class Points:
    """Short sentences, one below the other."""

    sentences: Sequence[str]

    def html(self) -> str:
        points = "".join(f"<li>{escape(sentence)}</li>" for sentence in self.sentences)
        return f"<ul>{points}</ul>\n" if points else ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its address, its size in CSS pixels, what it shows, and what to see in it."""

    source: str
    width: int
    height: int
    name: str
    caption: str

    def html(self) -> str:
        return (
            f'<figure class="drawing"><img src="{self.source}" width="{self.width}" '
            f'height="{self.height}" alt="{escape(self.name)}">'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>\n"
        )


@dataclass(frozen=True, slots=True)
class Drawings:
    """Small figures, two in a row."""

    drawings: Sequence[Drawing]

    def html(self) -> str:
        return f'<div class="drawings">{"".join(each.html() for each in self.drawings)}</div>\n'


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: ``name`` is its address in the page."""

    name: str
    title: str
    blocks: Sequence[Block]

    def html(self) -> str:
        blocks = "".join(block.html() for block in self.blocks)
        return (
            f'<section id="{self.name}" aria-labelledby="{self.name}-title">\n'
            f'<h2 id="{self.name}-title">{escape(self.title)}</h2>\n{blocks}</section>\n'
        )
