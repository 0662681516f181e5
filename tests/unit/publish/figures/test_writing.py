"""Figures as files, opened again."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import Page, Paper, house_style
from bilderatlas.publish.figures.writing import save_figure


@pytest.fixture
def figure() -> Figure:
    with house_style():
        page = Page(Paper("Häuser $5 & $6", "below", dpi=120), "three pictures", 5, 4)
        page.axes(0, 0, 2, 2).text(1, 1, "flat")
    return page.figure


def test_a_png_has_the_asked_size_and_says_its_dots_per_inch(
    figure: Figure, tmp_path: Path
) -> None:
    save_figure(figure, tmp_path / "f.png")
    with Image.open(tmp_path / "f.png") as image:
        assert image.size == (600, 480)
        assert image.info["dpi"] == pytest.approx((120, 120), abs=0.1)
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_letters_that_no_font_has_are_told_and_no_warning(figure: Figure, tmp_path: Path) -> None:
    figure.text(0, 0, "a\U0001f3a8b")
    assert save_figure(figure, tmp_path / "f.pdf") == save_figure(figure, tmp_path / "f.png")
    assert save_figure(figure, tmp_path / "f.png") in ("", "\U0001f3a8")  # some machine has it
    assert save_figure(figure, tmp_path / "f.svg") == ""
    figure.text(0, 0, "\U000f0000")  # nobody has
    assert "\U000f0000" in save_figure(figure, tmp_path / "f.png")


def test_an_svg_holds_its_words_as_words(figure: Figure, tmp_path: Path) -> None:
    save_figure(figure, tmp_path / "f.svg")
    text = (tmp_path / "f.svg").read_text("utf-8")
    assert ">flat</text>" in text
    assert "Häuser $5 &amp; $6: three pictures</text>" in text
    assert 'width="360pt" height="288pt"' in text


def test_a_pdf_embeds_its_letters_as_truetype_and_has_the_asked_size(
    figure: Figure, tmp_path: Path
) -> None:
    save_figure(figure, tmp_path / "f.PDF")
    data = (tmp_path / "f.PDF").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"/FontFile2" in data
    assert b"/Type3" not in data
    assert b"/MediaBox [ 0 0 360 288 ]" in data


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_figure_is_the_same_file(figure: Figure, tmp_path: Path, suffix: str) -> None:
    files = [tmp_path / f"{number}{suffix}" for number in (1, 2)]
    for file in files:
        save_figure(figure, file)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("name", ["f.jpg", "f", "f.pdf.zip"])
def test_a_suffix_of_no_format_is_answered_with_those_there_are(
    figure: Figure, tmp_path: Path, name: str
) -> None:
    with pytest.raises(FigureError, match=r"a figure is written as \.svg, \.pdf, \.png"):
        save_figure(figure, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_leaves_nothing_behind(figure: Figure, tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"there is no folder .*no: make it"):
        save_figure(figure, tmp_path / "no" / "f.png")
    assert list(tmp_path.iterdir()) == []
