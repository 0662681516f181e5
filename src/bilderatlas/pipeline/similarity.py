"""What is like what: the answer to one question, and the neighbours of all pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.errors import QueryError
from bilderatlas.pipeline.asking import Asked, ask
from bilderatlas.pipeline.labelling import class_column
from bilderatlas.pipeline.lookup import Lookup, Name
from bilderatlas.pipeline.narrowing import find_column, narrow
from bilderatlas.pipeline.relations import Relations
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Float32Array, Int32Array, Neighbours

if TYPE_CHECKING:
    from bilderatlas.analysis.neighbours import Index
    from bilderatlas.publish.tables.book import Book, Fact
    from bilderatlas.publish.tables.similar import Collection

__all__ = ["Answer", "Similarity", "open_index"]

_OF_THE_GRAPH = "cosine"
"""What is the similarity in the atlas's own graph."""

_MOST_PICTURES = 5_000
"""Items above which the table of all has no thumbnails: it would be too large to be opened."""


def open_index(store: Store, record: Record) -> Index:
    """Return the index that answers for the items of the last good build."""
    from bilderatlas.analysis.neighbours import INDEXES, Exact

    version = record.stages["items"].version
    kind = record.measured["neighbours"]["index"]
    if kind == "exact":
        return Exact.build(store.read_vectors(version))
    folder = store.index(record.stages["neighbours"].fingerprint)
    return INDEXES[kind].load(folder, lambda ids: store.take_vectors(version, ids))


@dataclass(frozen=True, slots=True)
class Answer:
    """The items that are near what was asked for.

    ``found`` has one row, nearest first; ``relations``, shape (k,), says which of them are the
    picture that was asked for once more: ``exact``, ``same picture`` or nothing; ``facts`` how they
    were found.
    """

    asked: tuple[Asked, ...]
    without: tuple[Asked, ...]
    found: Neighbours
    relations: npt.NDArray[np.str_]
    facts: Mapping[str, Fact]


class Similarity:
    """Answers for the last good build of one atlas; what it has read, it keeps."""

    def __init__(self, store: Store, record: Record) -> None:
        self._store = store
        self._record = record
        self._items = record.stages["items"].version
        self._lookup = Lookup(store, self._items)

    # --- one question -----------------------------------------------------------------------

    def answer(
        self,
        pictures: Name | Sequence[Name],
        *,
        k: int,
        without: Name | Sequence[Name] = (),
        same: str | None = None,
        other: str | None = None,
        index: str | None = None,
        **parameters: Any,
    ) -> Answer:
        """Return the ``k`` items that are most like the pictures, and unlike those ``without``.

        What is searched for is the mean of the pictures' vectors, less the mean of the others'.
        Items that are named are not among the answers; all other items may be, copies as well.

        Parameters
        ----------
        pictures, without
            Names of items, or files outside the atlas.
        k
            Number of answers; fewer if not so many items may be answers.
        same, other
            As in `narrow`.
        index
            The kind of index to build for this, with its ``parameters``; by default the one that
            the atlas has.

        Raises
        ------
        QueryError
            If a name, a column or an index is not there, or the vectors cancel each other out.
        PictureError
            If a file outside the atlas cannot be used.
        ModelError, MissingExtraError
            If the atlas's model is not there, or not what it was when the atlas was built.
        """
        _check(k)
        asked, against = (
            ask(self._store, self._record, self._lookup, _listed(names))
            for names in (pictures, without)
        )
        if not asked:
            raise QueryError("No picture to search for was named: name at least one.")
        searched = self._search(index, parameters)
        named = [one.item for one in (*asked, *against) if one.inside]
        # Who may answer is said only where it must be: an index of everyone answers faster.
        may = None
        if same is not None or other is not None:
            may = narrow(self._metadata, asked, same=same, other=other)
        found = searched.query(_goal(asked, against)[None], k + len(named), among=may)
        there = np.flatnonzero((found.ids[0] >= 0) & ~np.isin(found.ids[0], named))[:k]
        ids, similarity = found.ids[0, there], found.similarity[0, there]
        return Answer(
            asked,
            against,
            Neighbours(ids[None], similarity[None]),
            self._related(asked, ids),
            self._facts(searched.measure, index, parameters),
        )

    def table(self, answer: Answer) -> pa.Table:
        """Return an answer as ``rank``, ``id``, ``uri``, ``similarity``, ``relation``, ``label``.

        The last is there if the atlas has a class column.
        """
        ids = answer.found.ids[0]
        columns = {
            "rank": pa.array(np.arange(1, len(ids) + 1, dtype=np.int32)),
            "id": pa.array(ids),
            "uri": pa.array([self._lookup.uris[item] for item in ids], pa.string()),
            "similarity": pa.array(answer.found.similarity[0]),
            "relation": pa.array(answer.relations.tolist(), pa.string()),
        }
        if (label := self._label(None)) is not None:
            columns["label"] = self._metadata.column(label).take(pa.array(ids))
        return pa.table(columns)

    def book(self, answer: Answer) -> Book:
        """Return an answer as a table with pictures, to be written in any format."""
        from bilderatlas.publish.tables.similar import AskedFor, similar_book

        n = len(self._lookup.uris)
        extra = [one.thumbnail for one in (*answer.asked, *answer.without) if one.item < 0]
        numbers = iter(range(n, n + len(extra)))
        shown = [
            AskedFor(next(numbers) if one.item < 0 else one.item, one.name, without)
            for pictures, without in ((answer.asked, False), (answer.without, True))
            for one in pictures
        ]
        return similar_book(
            self._collection(self._label(None), extra),
            shown,
            answer.found,
            answer.relations.tolist(),
            answer.facts,
        )

    # --- all pictures -----------------------------------------------------------------------

    def all_book(
        self, *, k: int, label: str | None = None, index: str | None = None, **parameters: Any
    ) -> Book:
        """Return the ``k`` neighbours of every item, under their labels.

        Parameters
        ----------
        k
            Neighbours of each item; fewer only if the atlas has fewer items.
        label
            The metadata column that holds the class; by default the one that was built with.
        index
            The kind of index to find them with, built for this with its ``parameters``; by default
            they are those of the atlas's graph.

        Raises
        ------
        QueryError
            If the graph has fewer than ``k`` neighbours, or there is no such column or index.
        """
        from bilderatlas.analysis.agreement import count_between, count_shared
        from bilderatlas.analysis.neighbours import nearest
        from bilderatlas.publish.tables.similar import neighbours_book

        _check(k)
        if index is None:
            neighbours, facts = self._graph(k), self._facts(_OF_THE_GRAPH, index, parameters)
        else:
            searched = self._search(index, parameters)
            neighbours = nearest(self._vectors, k, index=searched)
            facts = self._facts(searched.measure, index, parameters)
        collection = self._collection(self._label(label))
        if len(neighbours.ids) > _MOST_PICTURES:
            collection = replace(collection, thumbnails=None)
            facts["pictures"] = f"left out, being more than {_MOST_PICTURES:,}"
        classes, codes = _coded(collection.labels or [None] * len(self._lookup.uris))
        items = np.arange(len(codes), dtype=np.int32)[:, None]
        return neighbours_book(
            collection,
            neighbours,
            self._relations.between(items, neighbours.ids),
            facts,
            shared=count_shared(neighbours, codes),
            between=count_between(neighbours, codes),
            classes=classes,
        )

    def all_table(
        self, *, k: int, label: str | None = None, index: str | None = None, **parameters: Any
    ) -> pa.Table:
        """Return the rows of :meth:`all_book`, one a neighbour, without the pictures."""
        sheet = self.all_book(k=k, label=label, index=index, **parameters).records[-1]
        rows = list(sheet.rows())
        return pa.table({c.name: [row[at] for row in rows] for at, c in enumerate(sheet.columns)})

    def _graph(self, k: int) -> Neighbours:
        graph = self._store.read_neighbours(self._record.stages["neighbours"].version)
        kept, n = graph.ids.shape[1], len(graph.ids)
        if k > kept and kept < n - 1:
            raise QueryError(
                f"-k {k}: the atlas keeps the {kept} nearest neighbours of each picture; ask for "
                "at most as many, or build it with a higher --perplexity."
            )
        return Neighbours(graph.ids[:, :k], graph.similarity[:, :k])

    # --- what it stands on ------------------------------------------------------------------

    @cached_property
    def _index(self) -> Index:
        return open_index(self._store, self._record)

    @cached_property
    def _vectors(self) -> Float32Array:
        return self._store.read_vectors(self._items)

    @cached_property
    def _metadata(self) -> pa.Table:
        return self._store.read_metadata(self._record.stages["metadata"].version)

    @cached_property
    def _relations(self) -> Relations:
        groups = self._store.read_duplicates(self._record.stages["duplicates"].version)
        return Relations(self._lookup.keys, self._lookup.id_of_key, groups)

    def _related(self, asked: Sequence[Asked], ids: Int32Array) -> npt.NDArray[np.str_]:
        """Return of each item what it is to the first of the asked that it is a copy of."""
        names = np.full(len(ids), "", "U12")
        for one in asked:
            if one.item >= 0:
                between = self._relations.between(np.array([one.item]), ids)
                names = np.where(names == "", between, names)
        return names

    def _label(self, asked: str | None) -> str | None:
        if asked is not None:
            return find_column(self._metadata, "--label", asked)
        return class_column(self._record, self._metadata.column_names)

    def _collection(self, label: str | None, extra: Sequence[bytes] = ()) -> Collection:
        """Return what tables say of the items; the thumbnails after theirs are ``extra``."""
        from bilderatlas.publish.tables.similar import Collection

        n = len(self._lookup.uris)

        def thumbnails(numbers: Sequence[int]) -> list[bytes]:
            ids = np.array([number for number in numbers if number < n], np.int64)
            taken = self._store.take_items(self._items, ids, ["t128"]).column(0).to_pylist()
            own = dict(zip(ids.tolist(), taken, strict=True))
            return [own[number] if number < n else extra[number - n] for number in numbers]

        return Collection(
            title=self._record.name,
            uris=self._lookup.uris,
            label=label,
            labels=None if label is None else self._metadata.column(label).to_pylist(),
            thumbnails=thumbnails,
        )

    def _search(self, kind: str | None, parameters: Mapping[str, Any]) -> Index:
        from bilderatlas.analysis.neighbours import INDEXES

        if kind is None:
            return self._index
        if kind not in INDEXES:
            raise QueryError(f"--index {kind}: there is none; choose one of {', '.join(INDEXES)}.")
        return INDEXES[kind].build(self._vectors, **parameters)

    def _facts(
        self, measure: str, kind: str | None, parameters: Mapping[str, Any]
    ) -> dict[str, Fact]:
        kind = kind or self._record.measured["neighbours"]["index"]
        said = [f"{name} {value}" for name, value in parameters.items()]
        return {
            "similarity": f"minus the {measure}" if "distance" in measure else measure,
            "index": f"{kind} ({', '.join(said)})" if said else kind,
            "model": self._record.model["name"],
        }


def _check(k: int) -> None:
    if k < 1:
        raise QueryError(f"-k {k}: ask for at least one picture.")


def _listed(names: Name | Sequence[Name]) -> Sequence[Name]:
    return names if isinstance(names, Sequence) and not isinstance(names, str) else [names]


def _goal(asked: Sequence[Asked], against: Sequence[Asked]) -> Float32Array:
    """Return the unit vector that is searched for, shape (d,)."""
    goal = np.mean([one.vector for one in asked], axis=0)
    if against:
        goal = goal - np.mean([one.vector for one in against], axis=0)
    length = float(np.linalg.norm(goal))
    if length < 1e-3:
        raise QueryError("--not takes away all that was asked for: name other pictures.")
    unit: Float32Array = (goal / length).astype(np.float32)
    return unit


def _coded(labels: Sequence[str | None]) -> tuple[list[str], Int32Array]:
    """Return the labels, the most frequent first, and each item's number among them, or -1."""
    frequent = Counter(label for label in labels if label is not None)
    classes = sorted(frequent, key=lambda name: (-frequent[name], name))
    number = {name: code for code, name in enumerate(classes)}
    return classes, np.array([-1 if label is None else number[label] for label in labels], np.int32)
