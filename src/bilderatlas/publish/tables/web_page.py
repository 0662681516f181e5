"""A book as one HTML file that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from html import escape
from typing import BinaryIO

from bilderatlas.publish.tables.book import Book, Cell, Column, Fact, Row, Sheet, Tile

__all__ = ["write_html"]

_NUMBERS = {"id": "d", "count": ",", "similarity": ".3f", "share": ".1%"}

_STYLE = """
:root { color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #17181a); --ink: light-dark(#1d1d1f, #e9e7e2);
  --quiet: light-dark(#6a675f, #9b978d); --line: light-dark(#dfdbd1, #34353a);
  --panel: light-dark(#fff, #1f2023); --accent: light-dark(#2f7d4f, #74c794);
  --shade: light-dark(#3a78b5, #5a9bd8); }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3.5rem) 4rem; max-width: 110rem;
  background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em }
h2 { font-size: 1.15rem; margin: 2.6rem 0 .7rem }
dl { display: flex; flex-wrap: wrap; gap: .15rem 1.6rem; margin: 0; color: var(--quiet) }
dl div { display: flex; gap: .4rem } dt::after { content: ":" }
dd { margin: 0; color: var(--ink); overflow-wrap: anywhere }
.asked { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.6rem 0 1.2rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word }
thead th { font-weight: 600; color: var(--quiet); vertical-align: bottom }
thead .shaded { writing-mode: sideways-lr; white-space: nowrap; text-align: left;
  padding: .5rem .2rem }
tbody th { font-size: 1.05rem; font-weight: 600; padding: 1.6rem .7rem .5rem;
  border-bottom: 2px solid var(--ink) }
.number { text-align: right } td.number { white-space: nowrap }
td.shaded { padding-inline: .4rem; print-color-adjust: exact; -webkit-print-color-adjust: exact;
  background: color-mix(in oklab, var(--shade) calc(var(--part) * 85%), transparent) }
figure { margin: 0; width: 7.5rem }
figure i { display: block; width: 7.5rem; height: 6.25rem; border-radius: 4px;
  background: var(--panel) center / contain no-repeat; print-color-adjust: exact;
  -webkit-print-color-adjust: exact }
figcaption { font-size: .78rem; line-height: 1.35; margin-top: .25rem; color: var(--quiet);
  overflow-wrap: anywhere }
figcaption :first-child { color: var(--ink) } figcaption span { display: block }
.accent i { outline: 2px solid var(--accent); outline-offset: 1px }
td:has(figure) { padding: .5rem .45rem } tr:not(:has(figcaption)) td { vertical-align: middle }
@media print { @page { size: A4 landscape; margin: 11mm }
  :root { color-scheme: only light }
  body { padding: 0; max-width: none; font-size: 9pt } h2 { break-after: avoid }
  tr, figure { break-inside: avoid } tr:has(th[scope=rowgroup]) { break-after: avoid }
  .wide { overflow: visible }
  figure, figure i { width: 24mm } figure i { height: 20mm } td:has(figure) { padding: 1.5mm 1mm } }
"""


def write_html(book: Book, file: BinaryIO) -> None:
    """Write the pages. Each thumbnail is there once, however often it is shown."""
    for part in _parts(book):
        file.write(part.encode())


def _parts(book: Book) -> Iterator[str]:
    title = escape(book.title)
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}"
    yield from _pictures(book.pictures(book.pages))
    yield f"</style>\n<h1>{title}</h1>\n{_facts(book.facts)}\n"
    if book.asked:
        tiles = "".join(_figure(tile) for tile in book.asked)
        yield f'<div class="asked">{tiles}</div>\n'
    for sheet in book.pages:
        yield from _table(sheet, named=len(book.pages) > 1)
    yield "</html>\n"


def _pictures(pictures: Mapping[int, bytes]) -> Iterator[str]:
    """Yield a rule for each picture, which any number of elements may show."""
    for number, data in pictures.items():
        code = base64.b64encode(data).decode("ascii")
        yield f".p{number}{{background-image:url(data:image/jpeg;base64,{code})}}\n"


def _facts(facts: Mapping[str, Fact]) -> str:
    lines = (
        f"<div><dt>{escape(name)}</dt><dd>"
        f"{escape(str(fact) if isinstance(fact, str | int) else ', '.join(fact))}</dd></div>"
        for name, fact in facts.items()
    )
    return f"<dl>{''.join(lines)}</dl>"


def _table(sheet: Sheet, *, named: bool) -> Iterator[str]:
    if named:
        yield f"<h2>{escape(sheet.name)}</h2>\n"
    head = "".join(
        f'<th scope="col"{_class(column)}>{escape(column.name)}</th>' for column in sheet.columns
    )
    yield f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n'
    for section in sheet.sections:
        yield "<tbody>\n"
        if section.heading:
            span = len(sheet.columns)
            heading = escape(section.heading)
            yield f'<tr><th scope="rowgroup" colspan="{span}">{heading}</th></tr>\n'
        for row in section.rows():
            largest = _largest_shaded(row, sheet.columns)
            cells = (
                _cell(cell, column, largest)
                for cell, column in zip(row, sheet.columns, strict=True)
            )
            yield f"<tr>{''.join(cells)}</tr>\n"
        yield "</tbody>\n"
    yield "</table></div>\n"


def _largest_shaded(row: Row, columns: tuple[Column, ...]) -> float:
    shaded = (cell for cell, column in zip(row, columns, strict=True) if column.shaded)
    return max((cell for cell in shaded if isinstance(cell, int | float)), default=0)


def _cell(cell: Cell, column: Column, largest: float) -> str:
    if cell is None:
        return "<td></td>"
    if isinstance(cell, Tile):
        return f"<td>{_figure(cell)}</td>"
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    text = format(cell, _NUMBERS[column.kind])
    if column.shaded and largest:
        part = cell / largest
        return f'<td class="number shaded" style="--part:{part:.3f}">{text}</td>'
    return f'<td class="number">{text}</td>'


def _class(column: Column) -> str:
    if column.shaded:
        return ' class="shaded"'
    return ' class="number"' if column.kind in _NUMBERS else ""


def _figure(tile: Tile) -> str:
    lines = "".join(f"<span>{escape(line)}</span>" for line in tile.lines)
    caption = f"<figcaption>{lines}</figcaption>" if lines else ""
    name = escape(tile.name)
    picture = f'<i class="p{tile.picture}" role="img" aria-label="{name}" title="{name}"></i>'
    return f"<figure{' class=accent' if tile.accent else ''}>{picture}{caption}</figure>"
