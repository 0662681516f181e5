"""The tables of duplicates and of look-alikes."""

from __future__ import annotations

import io

import numpy as np

from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.duplicates import Copies, duplicates_book, look_alikes_book
from bilderatlas.publish.tables.writing import write_book
from bilderatlas.types import DuplicateGroup, LookAlikes

COPIES = Copies(
    title="sea",
    uris=["a.jpg", "b.jpg", "c.jpg", "d.jpg"],
    widths=[800, 400, 800, 300],
    heights=[600, 300, 600, 300],
    sizes=[90_000, 30_000, 90_000, 10_000],
    thumbnails=None,
)
GROUPS = [
    DuplicateGroup("same", np.array([0, 1], np.int32), ("", "mirrored, smaller")),
    DuplicateGroup("exact", np.array([2, 3], np.int32)),
]


def written(book: Book) -> list[str]:
    file = io.BytesIO()
    write_book(book, "csv", file)
    return file.getvalue().decode("utf-8-sig").splitlines()


def test_each_copy_has_a_row_and_the_best_is_the_first_of_its_group() -> None:
    rows = written(duplicates_book(COPIES, GROUPS))
    assert rows[0] == "group,kind,best,edit,id,uri,width,height,bytes"
    assert rows[1] == "1,same picture,best,,0,a.jpg,800,600,90000"
    assert rows[2] == '1,same picture,,"mirrored, smaller",1,b.jpg,400,300,30000'
    assert rows[3:] == [
        "2,same bytes,best,,2,c.jpg,800,600,90000",
        "2,same bytes,,,3,d.jpg,300,300,10000",
    ]


def test_the_facts_count_what_could_go() -> None:
    assert duplicates_book(COPIES, GROUPS).facts == {"groups": 2, "pictures": 4, "could go": 2}


def test_look_alikes_have_a_table_of_their_own() -> None:
    pairs = LookAlikes(np.array([[0, 3]], np.int32), np.array([0.91], np.float32))
    book = look_alikes_book(COPIES, pairs)
    assert written(book) == [
        "similarity,id,uri,other_id,other_uri",
        "0.91,0,a.jpg,3,d.jpg",
    ]
    assert "Duplicates" not in [sheet.name for sheet in book.sheets]
