"""The tables of similar pictures: the answer to one question, and all neighbours of everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilderatlas.publish.tables.book import Book, Column, Fact, Row, Section, Sheet, Tile
from bilderatlas.types import Int32Array, Neighbours

__all__ = ["AskedFor", "Collection", "neighbours_book", "similar_book"]

_DECIMALS = 4  # of a similarity: vectors are kept with 11 bits
_OTHERS = "all other labels"
_UNLABELLED = "no label"

Thumbnails = Callable[[Sequence[int]], Sequence[bytes]]
Group = tuple[str | None, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """What tables say of pictures, each known by its number.

    Attributes
    ----------
    title
        Of the collection.
    uris
        By number.
    label, labels
        What the class is called, and the class of each picture by number, ``None`` for a picture
        without one; both ``None`` if there are no classes.
    thumbnails
        As in `Book`.
    """

    title: str
    uris: Sequence[str]
    label: str | None
    labels: Sequence[str | None] | None
    thumbnails: Thumbnails | None


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A picture that was asked for; its number counts on where those of the collection end."""

    picture: int
    name: str
    without: bool


def similar_book(
    collection: Collection,
    asked: Sequence[AskedFor],
    answers: Neighbours,
    relations: Sequence[str],
    facts: Mapping[str, Fact],
) -> Book:
    """Return the answer to one question as a table.

    Parameters
    ----------
    asked
        What was asked for.
    answers
        One row, nearest first.
    relations
        Of each answer: ``exact``, ``same picture`` or nothing.
    facts
        How the answers were found.
    """
    ids, similarity = answers.ids[0].tolist(), answers.similarity[0].tolist()
    labels = collection.labels
    columns = (
        Column("picture", "picture"),
        Column("rank", "count"),
        Column("id", "id"),
        Column("uri"),
        Column("similarity", "similarity"),
        Column("relation"),
        *((Column("label"),) if labels is not None else ()),
    )

    def rows() -> Iterator[Row]:
        found = zip(ids, similarity, relations, strict=True)
        for rank, (item, value, relation) in enumerate(found, 1):
            uri = collection.uris[item]
            row = (Tile(item, uri), rank, item, uri, _rounded(value), relation)
            yield row if labels is None else (*row, labels[item])

    sheet = Sheet("Similar", columns, (Section("", rows),))
    positive = [one.name for one in asked if not one.without]
    negative = [one.name for one in asked if one.without]
    return Book(
        title=f"{collection.title}: similar pictures",
        facts={"asked": positive, **({"not": negative} if negative else {}), **facts},
        asked=tuple(
            Tile(one.picture, one.name, ("not" if one.without else "asked for", _short(one.name)))
            for one in asked
        ),
        pages=(sheet,),
        records=(sheet,),
        thumbnails=collection.thumbnails,
    )


def neighbours_book(
    collection: Collection,
    neighbours: Neighbours,
    relations: npt.NDArray[np.str_],
    facts: Mapping[str, Fact],
    *,
    shared: Int32Array,
    between: npt.NDArray[np.int64],
    classes: Sequence[str],
) -> Book:
    """Return the nearest neighbours of every picture, under the headings of their labels.

    Parameters
    ----------
    relations
        Shape of ``neighbours.ids``: ``exact``, ``same picture`` or nothing.
    shared
        Shape (n,), int32: how many of an item's neighbours have its label.
    between
        Shape (c + 1, c + 1), int64: how many neighbours the items of a label (row) have of a label
        (column); the last row and column are those of the items without a label. With fewer rows,
        the last but one stands for all labels that have none of their own.
    classes
        The c labels, in the order of ``between``.

    Without classes, ``shared``, ``between`` and ``classes`` are not looked at.
    """
    groups = _groups(collection, classes)
    table = _Neighbourhoods(collection, neighbours, relations, shared, groups)
    pages: tuple[Sheet, ...] = (table.gallery(),)
    records: tuple[Sheet, ...] = (table.records(),)
    if collection.labels is not None:
        tallies = (
            _summary(groups, shared, neighbours.ids.shape[1]),
            _label_by_label(between, classes),
        )
        pages, records = (*tallies, *pages), (*tallies, *records)
    return Book(
        title=f"{collection.title}: nearest neighbours",
        facts=facts,
        asked=(),
        pages=pages,
        records=records,
        thumbnails=collection.thumbnails,
    )


class _Neighbourhoods:
    """The neighbours of all pictures, as a gallery for people and as rows for programs."""

    def __init__(
        self,
        collection: Collection,
        neighbours: Neighbours,
        relations: npt.NDArray[np.str_],
        shared: Int32Array,
        groups: Sequence[Group],
    ) -> None:
        self.of = collection
        self.neighbours = neighbours
        self.relations = relations
        self.shared = shared
        self.groups = groups

    @property
    def k(self) -> int:
        return int(self.neighbours.ids.shape[1])

    def gallery(self) -> Sheet:
        """Return a row a picture: the picture, then its neighbours, nearest first."""
        labelled = self.of.labels is not None
        columns = (
            Column("picture", "picture"),
            *((Column(f"same {self.of.label}", "count"),) if labelled else ()),
            *(Column(f"neighbour {rank}", "picture") for rank in range(1, self.k + 1)),
        )
        sections = (
            Section(_heading(name, len(items)) if labelled else "", self._strips(items))
            for name, items in self.groups
        )
        return Sheet("Pictures", columns, tuple(sections))

    def _strips(self, items: Sequence[int]) -> Callable[[], Iterator[Row]]:
        def rows() -> Iterator[Row]:
            labels = self.of.labels
            for item in items:
                uri = self.of.uris[item]
                tiles = (self._tile(item, rank) for rank in range(self.k))
                picture = Tile(item, uri, (_short(uri),))
                yield (picture, *tiles) if labels is None else (picture, self._shared(item), *tiles)

        return rows

    def _shared(self, item: int) -> int | None:
        assert self.of.labels is not None, "without labels, none is shared"
        return None if self.of.labels[item] is None else int(self.shared[item])

    def _tile(self, item: int, rank: int) -> Tile:
        near = int(self.neighbours.ids[item, rank])
        similarity = f"{_rounded(float(self.neighbours.similarity[item, rank])):.{_DECIMALS}f}"
        relation = str(self.relations[item, rank])
        uri, labels = self.of.uris[near], self.of.labels
        first = " · ".join(filter(None, (similarity, relation)))
        if labels is None:
            return Tile(near, uri, (first, _short(uri)))
        same = labels[near] is not None and labels[near] == labels[item]
        return Tile(near, uri, (first, labels[near] or _UNLABELLED, _short(uri)), accent=same)

    def records(self) -> Sheet:
        """Return a row a neighbour."""
        labelled = self.of.labels is not None
        columns = (
            *((Column("label"),) if labelled else ()),
            Column("id", "id"),
            Column("uri"),
            *((Column("neighbours_of_same_label", "count"),) if labelled else ()),
            Column("rank", "count"),
            Column("neighbour_id", "id"),
            Column("neighbour_uri"),
            *((Column("neighbour_label"),) if labelled else ()),
            Column("similarity", "similarity"),
            Column("relation"),
        )
        return Sheet("Neighbours", columns, (Section("", self._pairs),))

    def _pairs(self) -> Iterator[Row]:
        uris, labels = self.of.uris, self.of.labels
        for _, items in self.groups:
            for item in items:
                near = zip(
                    self.neighbours.ids[item].tolist(),
                    self.neighbours.similarity[item].tolist(),
                    self.relations[item].tolist(),
                    strict=True,
                )
                for rank, (other, value, relation) in enumerate(near, 1):
                    found = (_rounded(value), relation)
                    if labels is None:
                        yield (item, uris[item], rank, other, uris[other], *found)
                    else:
                        mine = (labels[item], item, uris[item], self._shared(item))
                        yield (*mine, rank, other, uris[other], labels[other], *found)


def _groups(collection: Collection, classes: Sequence[str]) -> list[Group]:
    """Return each label with its items, and at last ``None`` with those that have no label."""
    if collection.labels is None:
        return [(None, range(len(collection.uris)))]
    members: dict[str | None, list[int]] = {name: [] for name in (*classes, None)}
    for item, label in enumerate(collection.labels):
        members[label].append(item)
    return [(name, items) for name, items in members.items() if items]


def _heading(name: str | None, size: int) -> str:
    return f"{_UNLABELLED if name is None else name} ({size:,})"


def _summary(groups: Sequence[Group], shared: Int32Array, k: int) -> Sheet:
    """Return how well each label holds together: a row a label, then all labelled pictures."""
    columns = (
        Column("label"),
        Column("pictures", "count"),
        Column("neighbours", "count"),
        Column("of same label", "count"),
        Column("share", "share"),
    )

    def row(name: str, items: Sequence[int]) -> Row:
        same, total = int(shared[items].sum()), len(items) * k
        return (name, len(items), total, same, same / total if total else None)

    def rows() -> Iterator[Row]:
        everyone: list[int] = []
        for name, items in groups:
            if name is None:
                yield (_UNLABELLED, len(items), len(items) * k, None, None)
            else:
                everyone += items
                yield row(name, items)
        yield row("all labels", everyone)

    return Sheet("Summary", columns, (Section("", rows),))


def _label_by_label(between: npt.NDArray[np.int64], classes: Sequence[str]) -> Sheet:
    """Return how many neighbours the pictures of a label (row) have of each label (column)."""
    names = list(classes)
    if len(names) >= len(between):
        names = [*names[: len(between) - 2], _OTHERS]
    names.append(_UNLABELLED)
    if not between[-1].any():
        names.pop()
        between = between[:-1, :-1]
    columns = (Column("label"), *(Column(name, "count", shaded=True) for name in names))

    def rows() -> Iterator[Row]:
        for name, counts in zip(names, between.tolist(), strict=True):
            yield (name, *counts)

    return Sheet("Label by label", columns, (Section("", rows),))


def _short(uri: str) -> str:
    return uri.rpartition("/")[2]


def _rounded(similarity: float) -> float:
    return round(similarity, _DECIMALS) + 0.0  # there is no minus nought
