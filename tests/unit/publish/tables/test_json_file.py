"""JSON: facts and tables as data."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from tests.unit.publish.tables.books import URIS, all_neighbours, one_answer

from bilderatlas.publish.tables.book import Book, Section
from bilderatlas.publish.tables.json_file import write_json


def written(book: Book) -> Any:
    file = io.BytesIO()
    write_json(book, file)
    return json.loads(file.getvalue())


def test_an_answer_is_an_object_a_row() -> None:
    said = written(one_answer())
    assert said["facts"]["asked"] == ["out/side.jpg"]
    assert said["tables"]["Similar"][0] == {
        "rank": 1, "id": 1, "uri": URIS[1], "similarity": 1.0, "relation": "exact",
        "label": "attic",
    }  # fmt: skip


def test_all_tables_for_programs_are_there_under_their_names() -> None:
    tables = written(all_neighbours())["tables"]
    assert {name: len(rows) for name, rows in tables.items()} == {
        "Summary": 4, "Label by label": 3, "Neighbours": 10,
    }  # fmt: skip


def test_a_table_without_rows_is_an_empty_list() -> None:
    book = one_answer()
    empty = replace(book.pages[0], sections=(Section("", list),))
    said = written(replace(book, pages=(empty,), records=(empty,)))
    assert said["tables"] == {"Similar": []}
