"""The report as a file: whole, alone, and safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from tests.unit.publish.report.conftest import Page

from bilderatlas.errors import ExportError
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.report.document import report
from bilderatlas.publish.report.writing import check_report_path, write_report
from bilderatlas.types import Problem

Made = Callable[..., ReportContent]
SECTIONS = [
    "collection", "map", "clusters", "duplicates", "oddities", "classes", "belief", "making",
]  # fmt: skip
HOSTILE = "<script>alert('\"&')</script>"


def test_every_chapter_is_there_and_in_the_table_of_contents(content: Made) -> None:
    page = Page(report(content()))
    assert page.open == []
    assert [section["id"] for section in page.all("section")] == SECTIONS
    assert [link["href"] for link in page.all("a")] == [f"#{name}" for name in SECTIONS]
    assert len(page.all("h1")) == 1
    assert len(page.all("h2")) == len(SECTIONS)


def test_it_asks_nobody_for_anything(content: Made) -> None:
    text = report(content())
    page = Page(text)
    sources = [image["src"] or "" for image in page.all("img")]
    assert len(sources) > 10
    assert all(source.startswith("data:image/webp;base64,") for source in sources)
    assert not page.all("script") + page.all("link")
    assert not re.search(r"https?:|//[a-z]|url\(|@import", re.sub('src="[^"]*"', "", text))


def test_whoever_cannot_see_it_is_told_what_there_is(content: Made) -> None:
    page = Page(report(content()))
    assert all(image["alt"] for image in page.all("img"))
    assert len(page.all("caption")) == len(page.all("table")) > 0
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    assert page.all("html") == [{"lang": "en"}]


def test_titles_and_names_of_files_cannot_write_into_the_page(content: Made) -> None:
    made = content()
    uris = pa.array([f"a/{HOSTILE}{i}" for i in range(len(made.items))])
    hostile = content(
        title=HOSTILE,
        items=made.items.set_column(0, "uri", uris),
        columns=[HOSTILE],
        problems=[Problem(HOSTILE, "read", HOSTILE)],
    )
    page = Page(report(hostile))
    assert page.all("script") == []
    assert page.open == []
    assert HOSTILE in page.words
    names = {image["alt"] for image in page.all("img")}
    assert HOSTILE.rpartition("/")[2] + "0" in names


def test_a_file_is_whole_or_not_there(content: Made, tmp_path: Path) -> None:
    write_report(content(), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == report(content())

    def gone(item: int, side: int) -> None:
        raise OSError(5, "no such disk")

    with pytest.raises(OSError, match="no such disk"):
        write_report(content(picture=gone), tmp_path / "second.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("report.pdf", "a report is an HTML file: let its name end in .html"),
        ("nowhere/report.html", "there is no folder"),
    ],
)
def test_what_is_no_place_for_a_report_is_said_before_it_is_made(
    tmp_path: Path, name: str, sentence: str
) -> None:
    with pytest.raises(ExportError, match=sentence):
        check_report_path(tmp_path / name)
