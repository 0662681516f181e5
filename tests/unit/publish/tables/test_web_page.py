"""HTML: one file that needs nothing else."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser

from tests.unit.publish.tables.books import URIS, all_neighbours, one_answer, thumbnail

from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.web_page import write_html


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def written(book: Book) -> str:
    file = io.BytesIO()
    write_html(book, file)
    return file.getvalue().decode()


def test_the_page_asks_for_no_other_file_and_runs_no_script() -> None:
    text = written(all_neighbours())
    page = Page(text)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not {"src", "href"} & {name for name, _ in page.attributes}
    assert set(re.findall(r"url\((.{5})", text)) == {"data:"}


def test_each_thumbnail_is_there_once_and_every_picture_shows_its_own() -> None:
    text = written(all_neighbours())
    for number in range(5):
        code = base64.b64encode(thumbnail(number)).decode()
        assert text.count(f".p{number}{{background-image:url(data:image/jpeg;base64,{code})}}") == 1
    assert len(re.findall(r'<i class="p\d+" role="img"', text)) == 15


def test_names_are_text_and_never_markup() -> None:
    page = Page(written(one_answer()))
    assert page.open == []
    assert "b" not in page.tags
    assert ("aria-label", URIS[1]) in page.attributes
    assert URIS[1] in page.text


def test_groups_have_headings_and_shared_labels_are_marked() -> None:
    text = written(all_neighbours())
    assert re.findall(r'<th scope="rowgroup" colspan="4">([^<]*)', text) == [
        "attic (2)", "cellar (2)", "no label (1)",
    ]  # fmt: skip
    assert text.count("<figure class=accent>") == 4
    assert "Neighbours" not in re.findall("<h2>(.*)</h2>", text)  # that is for programs
