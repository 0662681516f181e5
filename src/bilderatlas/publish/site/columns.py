"""Columns to colour and filter by: what a text column means, and its arrays on the site."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.publish.site.content import SiteContent
from bilderatlas.publish.site.folder import SiteFolder, as_json
from bilderatlas.types import BoolArray, Cluster, Float32Array, Layout, Oddities

__all__ = [
    "MISSING",
    "RESERVED",
    "Column",
    "infer_column",
    "item_columns",
    "site_columns",
    "write_columns",
]

MISSING = 65535
"""Code of an item without a category."""

MOST_CATEGORIES = 4096
RESERVED = ("cluster", "taken_at")
"""Names of automatic columns; a metadata column of such a name, or of that of an oddity, is told
apart by a suffix."""

FLAGS = ("misplaced",)
"""Measures of layouts that an item has or has not."""

LARGEST = float(np.finfo(np.float32).max)
NUMBER = re.compile(r"[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
DATE = re.compile(
    r"""(\d{4}) [-:] (\d{2}) (?: [-:] (\d{2}) (?:
    [T\ ] (\d{2}:\d{2} (?: :\d{2} (?: \.\d{1,6} )? )? ) ( Z | [+-]\d{2}:?\d{2} )? )? )?""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the site, its values in the order of the rows it was made from.

    Attributes
    ----------
    values
        ``category``: uint16 codes into ``categories``; ``number``: float32; ``date``: float64
        seconds since 1970-01-01 UTC.
    categories
        The words that the codes stand for; empty for other kinds.
    label
        Whether this is the class of the items.
    oddity
        Whether this says what is unusual about them.
    measure
        If this says how true a layout is at each item: the layout's name and the measure's.
    """

    name: str
    kind: Literal["category", "number", "date"]
    values: npt.NDArray[Any]
    categories: Sequence[str] = ()
    label: bool = False
    oddity: bool = False
    measure: tuple[str, str] | None = None


def site_columns(content: SiteContent, items: pa.Table, metadata: pa.Table) -> list[Column]:
    """Return the columns of a site.

    ``items`` and ``metadata`` are those of ``content`` in the order wanted.
    """
    columns = item_columns(
        items, metadata, content.label, clusters=content.clusters, oddities=content.oddities
    )
    return columns + _measures(content.layouts, items["id"].to_numpy())


def item_columns(
    items: pa.Table,
    metadata: pa.Table,
    label: str | None,
    *,
    clusters: Sequence[Cluster],
    oddities: Oddities | None,
) -> list[Column]:
    """Return the columns of items: class, cluster, those of the metadata, date taken, oddities.

    ``items`` and ``metadata`` are as in `SiteContent`, in the order wanted; ``label`` names the
    class's column of the metadata.
    """
    automatic: list[Column] = []
    if clusters:
        automatic.append(_clusters(clusters, items["id"].to_numpy()))
    odd = [] if oddities is None else _oddities(oddities, items)
    reserved = {*RESERVED, *(column.name for column in odd)}
    inferred: list[Column] = []
    for name in metadata.column_names:
        own = _label(name, metadata[name]) if name == label else None
        column = own or infer_column(name, metadata[name])
        if column is not None:
            free = f"{name} (metadata)" if name in reserved else name
            (automatic if own else inferred).append(replace(column, name=free))
    automatic.sort(key=lambda column: not column.label)
    taken = _taken_at(items["taken_at"])
    if not np.isnan(taken).all():
        inferred.append(Column("taken_at", "date", taken))
    return automatic + inferred + odd


def infer_column(name: str, texts: pa.ChunkedArray) -> Column | None:
    """Read a text column as dates, numbers or categories; ``None`` if it is none of these.

    A text counts as a number without thousands separators or leading zeros (``007`` is a name),
    and as a date from ``1924-05`` to ``1924-05-01T12:00:00+02:00``. Categories are few (at
    most 4,096) and recur (no more of them than a quarter of the items, or 64).
    """
    codes, words = _encoded(texts)
    if not words:
        return None
    for kind, parse, dtype in (("number", _number, np.float32), ("date", _seconds, np.float64)):
        parsed = [parse(word) for word in words]
        if None not in parsed:
            known = np.array([*parsed, math.nan], dtype)
            return Column(name, kind, known[codes])  # type: ignore[arg-type]
    if len(words) > min(MOST_CATEGORIES, max(64, len(texts) // 4)):
        return None
    return _category(name, codes, words)


def write_columns(
    folder: SiteFolder, columns: Sequence[Column], keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Write the columns and the keys, and return what the manifest says about the columns."""
    entries = []
    for number, column in enumerate(columns):
        slug = f"c{number}"
        family = f"columns/{slug}"
        folder.write_chunks(family, f"{family}.", column.values)
        entry: dict[str, Any] = {"slug": slug, "name": column.name, "kind": column.kind}
        if column.kind == "category":
            folder.write(family, f"{family}.values.json", as_json(list(column.categories)))
            entry["count"] = len(column.categories)
        else:
            entry["min"] = _short(float(np.nanmin(column.values)))
            entry["max"] = _short(float(np.nanmax(column.values)))
        if column.label:
            entry["label"] = True
        if column.measure:
            entry["layout"], entry["measure"] = column.measure
        if column.oddity:
            entry["oddity"] = True
        if column.kind == "category" and (column.oddity or column.measure):
            entry["items"] = int(np.count_nonzero(column.values != MISSING))
        entries.append(entry)
    starts = np.array([int(key[:8], 16) for key in keys], np.uint32)
    folder.write_chunks("columns/key", "columns/key.", starts)
    return entries


def _encoded(texts: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return a code for each text and the distinct words; -1 stands for null and blank."""
    encoded = texts.combine_chunks().dictionary_encode()
    distinct = [word.strip() for word in encoded.dictionary.to_pylist()]
    words = sorted(set(distinct) - {""})
    place = {word: code for code, word in enumerate(words)}
    lookup = np.array([*(place.get(word, -1) for word in distinct), -1], np.int64)
    return lookup[encoded.indices.fill_null(len(distinct)).to_numpy()], words


def _label(name: str, texts: pa.ChunkedArray) -> Column | None:
    """Read the class column as categories, whatever the words look like."""
    codes, words = _encoded(texts)
    if not 0 < len(words) <= MISSING:
        return None
    return _category(name, codes, words, label=True)


def _category(
    name: str, codes: npt.NDArray[np.int64], words: Sequence[str], *, label: bool = False
) -> Column:
    """Number the categories from the most frequent to the rarest, of equals by the alphabet."""
    count = np.bincount(codes[codes >= 0], minlength=len(words))
    by_count = np.argsort(-count, kind="stable")
    renumbered = np.full(len(words) + 1, MISSING, np.uint16)
    renumbered[by_count] = np.arange(len(words))
    categories = [words[code] for code in by_count]
    return Column(name, "category", renumbered[codes], categories, label)


def _clusters(clusters: Sequence[Cluster], order: npt.NDArray[np.int32]) -> Column:
    codes = np.full(len(order), MISSING, np.uint16)
    for number, cluster in enumerate(clusters):
        codes[cluster.members] = number
    names = [cluster.name for cluster in clusters]
    return Column("cluster", "category", codes[order], names)


def _oddities(oddities: Oddities, items: pa.Table) -> list[Column]:
    """Return a column of each flag and of each score."""
    order = items["id"].to_numpy()
    flags = [_flag(name, flag[order]) for name, flag in oddities.flags.items()]
    scores = {"outlier_factor": oddities.outlier[order]}
    scores |= {name: items[name].to_numpy() for name in ("brightness", "contrast", "sharpness")}
    numbers = [Column(name, "number", values) for name, values in scores.items()]
    return [replace(column, oddity=True) for column in flags + numbers]


def _measures(layouts: Sequence[Layout], order: npt.NDArray[np.int32]) -> list[Column]:
    """Return a column of each measure of each layout that any item has."""
    return [
        _measure(layout.name, measure, of_items[order])
        for layout in layouts
        for measure, of_items in layout.of_items.items()
        if not np.isnan(of_items).all()
    ]


def _measure(layout: str, measure: str, values: Float32Array) -> Column:
    name, origin = f"{measure} ({layout})", (layout, measure)
    if measure in FLAGS:
        return replace(_flag(name, values == 1), measure=origin)
    return Column(name, "number", values, measure=origin)


def _flag(name: str, flag: BoolArray) -> Column:
    return Column(name, "category", np.where(flag, 0, MISSING).astype(np.uint16), ("yes",))


def _taken_at(times: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    seconds = [
        math.nan if time is None else time.replace(tzinfo=UTC).timestamp()
        for time in times.to_pylist()
    ]
    return np.array(seconds, np.float64)


def _number(word: str) -> float | None:
    if not NUMBER.fullmatch(word):
        return None
    value = float(word)
    return value if abs(value) <= LARGEST else None


def _seconds(word: str) -> float | None:
    match = DATE.fullmatch(word)
    if not match:
        return None
    year, month, day, clock, zone = match.groups()
    try:
        time = datetime.fromisoformat(
            f"{year}-{month}-{day or '01'}T{clock or '00:00'}{zone or ''}"
        )
    except ValueError:
        return None
    return (time if zone else time.replace(tzinfo=UTC)).timestamp()


def _short(value: float) -> float | int:
    return int(value) if value.is_integer() else value
