"""CSV: the rows for programs."""

from __future__ import annotations

import csv
import io

from tests.unit.publish.tables.books import URIS, all_neighbours, one_answer

from bilderatlas.publish.tables.csv_file import write_csv


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def test_names_with_commas_quotes_and_line_breaks_survive() -> None:
    file = io.BytesIO()
    write_csv(all_neighbours(), file)
    assert [row["uri"] for row in rows(file.getvalue())[::2]] == URIS
    assert not file.closed


def test_there_is_a_row_an_answer_and_no_column_of_pictures() -> None:
    file = io.BytesIO()
    write_csv(one_answer(), file)
    assert rows(file.getvalue())[1] == {
        "rank": "2", "id": "0", "uri": URIS[0], "similarity": "0.9123", "relation": "same picture",
        "label": "attic",
    }  # fmt: skip
