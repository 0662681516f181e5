"""Text: aligned tables, and pictures with their words beside them."""

from __future__ import annotations

import io
from dataclasses import replace

from tests.unit.publish.tables.books import all_neighbours, one_answer

from bilderatlas.publish.tables.book import Book, Column, Section, Sheet
from bilderatlas.publish.tables.graphics import ROWS, half_blocks
from bilderatlas.publish.tables.terminal import show_book, write_text


def written(book: Book) -> str:
    file = io.BytesIO()
    write_text(book, file)
    return file.getvalue().decode()


def table(rows: list[tuple[str, int]]) -> Book:
    columns = (Column("name"), Column("n", "count"))
    sheet = Sheet("Names", columns, (Section("", lambda: rows),))
    return Book("names", {}, (), (sheet,), (sheet,), None)


def test_columns_are_aligned_whatever_the_script() -> None:
    assert written(table([("a", 1), ("語", 22), ("e\u0301", 333)])).splitlines() == [
        "name    n",
        "a       1",
        "語     22",
        "e\u0301     333",
    ]


def test_a_name_cannot_send_commands_to_the_terminal() -> None:
    said = written(table([("\x1b[2J", 1), ("a\nb", 2)]))
    assert "\x1b" not in said
    assert len(said.splitlines()) == 3


def test_a_file_or_pipe_gets_whole_names_and_no_colours() -> None:
    name = "a" * 200
    assert name in written(table([(name, 1)]))
    assert "\x1b" not in written(one_answer())
    shown = "\n".join(show_book(table([(name, 1)]), None))
    assert "a" * 60 not in shown
    assert "…" in shown


def test_all_tables_for_programs_are_there_under_their_names() -> None:
    said = written(all_neighbours())
    assert [said.count(f"{name}\n") for name in ("Summary", "Label by label", "Neighbours")] == [
        1
    ] * 3
    assert "50.0%" in said


def test_wide_rows_far_down_do_not_make_the_first_ones_wait_or_break() -> None:
    rows = [("a", 1)] * 1000 + [("b" * 9, 2)]
    lines = written(table(rows)).splitlines()
    assert lines[1] == "a     1"
    assert lines[-1] == "bbbbbbbbb  2"


def test_a_terminal_that_can_shows_the_pictures_beside_their_words() -> None:
    lines = list(show_book(one_answer(), half_blocks))
    assert sum("▀" in line for line in lines) >= 5 * (ROWS - 1)
    assert sum("out/side.jpg" in line or "side.jpg" in line for line in lines) == 1
    assert any("▀" in line and "relation" in line and "exact" in line for line in lines)


def test_a_terminal_that_cannot_shows_the_table() -> None:
    lines = list(show_book(one_answer(), None))
    assert lines[1].split() == ["rank", "id", "uri", "similarity", "relation", "label"]
    assert len(lines) == 5


def test_an_empty_answer_is_a_header_alone() -> None:
    book = one_answer()
    empty = replace(book.pages[0], sections=(Section("", list),))
    said = written(replace(book, pages=(empty,), records=(empty,)))
    assert said.splitlines() == ["rank  id  uri  similarity  relation  label"]
