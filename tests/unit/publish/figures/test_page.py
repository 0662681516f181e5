"""Paper: its sizes, its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import Page, Paper, shortened


@pytest.mark.parametrize(
    ("size", "aspect", "inches"),
    [
        ("A4", 1.5, (11.7, 8.28)),
        ("a4", 0.7, (8.28, 11.7)),
        ("A0", 0.7, (33.11, 46.81)),
        ("7x5", 0.1, (7, 5)),
        ("3.5 x 2.25", 1, (3.5, 2.25)),
    ],
)
def test_paper_has_the_size_that_was_asked_for_and_lies_as_suits(
    size: str, aspect: float, inches: tuple[float, float]
) -> None:
    assert Paper("x", size=size).inches(aspect) == pytest.approx(inches, abs=0.01)


@pytest.mark.parametrize("size", ["A5", "large", "1x1", "7", "0x0", "900x900", "7x5cm"])
def test_a_size_that_is_none_is_answered_with_those_there_are(size: str) -> None:
    with pytest.raises(FigureError, match=f"--size {size}: give A4, A3"):
        Paper("x", size=size).inches(1)


@pytest.mark.parametrize("dpi", [0, -1, 100_000])
def test_dots_that_nobody_prints_are_refused(dpi: int) -> None:
    with pytest.raises(FigureError, match="--dpi"):
        Paper("x", dpi=dpi)


def test_a_page_without_room_is_refused_with_the_flag() -> None:
    with pytest.raises(FigureError, match="--size 2x2: beside title and caption"):
        Page(Paper("x", "A long caption. " * 30, size="2x2"), "title", 2, 2)


def test_a_page_is_as_high_as_its_drawing_needs() -> None:
    low, high = (Page(Paper("x"), "title", 7.5, room=room) for room in (2, 5))
    assert low.height == pytest.approx(2)
    assert high.figure.get_figheight() - low.figure.get_figheight() == pytest.approx(3)


def test_letters_grow_with_the_paper() -> None:
    assert Page(Paper("x"), "t", 33.1, 46.8).text == pytest.approx(4 * 7.5, rel=0.01)


@given(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=80),
    st.floats(0.1, 5),
)
def test_a_shortened_text_keeps_its_ends_and_fits(text: str, inches: float) -> None:
    short = shortened(text, inches, 8)
    room = max(3, inches * 72 / (8 * 0.57))
    assert short == text or (len(short) <= room and short[0] == text[0] and short[-1] == text[-1])


def test_tabs_and_line_breaks_of_a_file_name_are_blanks() -> None:
    assert shortened("two\nlines\tand more", 9, 8) == "two lines and more"
