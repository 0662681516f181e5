"""The tables of similar pictures, before they are written."""

from __future__ import annotations

import numpy as np
from tests.unit.publish.tables.books import URIS, all_neighbours, collection, one_answer

from bilderatlas.publish.tables.book import Sheet, Tile
from bilderatlas.publish.tables.similar import neighbours_book
from bilderatlas.types import Neighbours


def sheet(sheets: tuple[Sheet, ...], name: str) -> Sheet:
    return next(sheet for sheet in sheets if sheet.name == name)


def test_an_answer_is_a_row_for_each_similar_picture_with_what_it_is_to_the_asked() -> None:
    book = one_answer()
    rows = [row[1:] for row in book.records[-1].rows()]
    assert rows == [
        (1, 1, URIS[1], 1.0, "exact", "attic"),
        (2, 0, URIS[0], 0.9123, "same picture", "attic"),
        (3, 3, URIS[3], -0.5, "", "cellar"),
    ]
    assert book.facts == {"asked": ["out/side.jpg"], "not": [URIS[4]], "similarity": "cosine"}
    assert [(tile.picture, tile.lines[0]) for tile in book.asked] == [(5, "asked for"), (4, "not")]


def test_without_classes_no_table_speaks_of_labels() -> None:
    names = [c.name for s in one_answer(None).sheets for c in s.columns]
    names += [c.name for s in all_neighbours(None).sheets for c in s.columns]
    assert [name for name in names if "label" in name or "room" in name] == []
    assert [s.name for s in all_neighbours(None).sheets] == ["Pictures", "Neighbours"]


def test_the_neighbours_of_all_stand_under_their_labels_and_the_unlabelled_come_last() -> None:
    gallery = sheet(all_neighbours().pages, "Pictures")
    assert [section.heading for section in gallery.sections] == [
        "attic (2)", "cellar (2)", "no label (1)",
    ]  # fmt: skip
    first, shared, *near = next(iter(gallery.rows()))
    assert (first, shared) == (Tile(0, URIS[0], ("=1+1.jpg",)), 1)
    assert near == [
        Tile(1, URIS[1], ("1.0000 · same picture", "attic", '<b>"&.jpg'), accent=True),
        Tile(2, URIS[2], ("0.5000", "cellar", "ö, \n.jpg")),
    ]


def test_every_neighbour_is_a_row_for_programs() -> None:
    rows = list(sheet(all_neighbours().records, "Neighbours").rows())
    assert len(rows) == 10
    assert rows[0] == (
        "attic", 0, URIS[0], 1, 1, 1, URIS[1], "attic", 1.0, "same picture",
    )  # fmt: skip
    assert rows[-1] == (None, 4, URIS[4], None, 2, 1, URIS[1], "attic", 0.5, "")


def test_the_summary_counts_how_many_neighbours_share_the_label() -> None:
    assert list(sheet(all_neighbours().pages, "Summary").rows()) == [
        ("attic", 2, 4, 2, 0.5),
        ("cellar", 2, 4, 2, 0.5),
        ("no label", 1, 2, None, None),
        ("all labels", 4, 8, 4, 0.5),
    ]


def test_neighbours_are_counted_from_label_to_label() -> None:
    table = sheet(all_neighbours().pages, "Label by label")
    assert [column.name for column in table.columns] == ["label", "attic", "cellar", "no label"]
    assert list(table.rows()) == [("attic", 2, 2, 0), ("cellar", 1, 2, 1), ("no label", 2, 0, 0)]


def test_labels_without_a_row_of_their_own_stand_together() -> None:
    book = neighbours_book(
        collection(["a", "b", "c", "d", "d"]),
        Neighbours(np.zeros((5, 1), np.int32), np.ones((5, 1), np.float32)),
        np.full((5, 1), ""),
        {},
        shared=np.zeros(5, np.int32),
        between=np.array([[3, 1, 0], [1, 0, 0], [0, 0, 0]], np.int64),
        classes=["d", "a", "b", "c"],
    )
    rows = list(sheet(book.pages, "Label by label").rows())
    assert rows == [("d", 3, 1), ("all other labels", 1, 0)]


def test_a_table_that_is_page_and_record_is_there_once() -> None:
    assert [s.name for s in one_answer().sheets] == ["Similar"]
    assert [s.name for s in all_neighbours().sheets] == [
        "Summary", "Label by label", "Pictures", "Neighbours",
    ]  # fmt: skip
