"""A layout as points."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from tests.unit.publish.figures.conftest import text_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.colours import FAINT, MARKS, MOST_CLASSES, PALETTE, Classes
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.scatter import figure_scatter
from bilderatlas.publish.site.columns import MISSING, Column
from bilderatlas.types import Backdrop

N = 120
PLACES = np.random.default_rng(0).normal(size=(N, 2)).astype(np.float32)


def classes_of(count: int, n: int = N) -> Column:
    codes = (np.arange(n) % count).astype(np.uint16)
    return Column("kind", "category", codes, [f"class {code}" for code in range(count)])


def points_of(figure: Figure) -> dict[str, int]:
    """Return how many points have each colour."""
    found: Counter[str] = Counter()
    for axes in figure.axes:
        for drawn in axes.collections:
            if isinstance(drawn, PathCollection):
                shape = (len(np.asarray(drawn.get_offsets())), 4)
                colours = np.broadcast_to(np.asarray(drawn.get_facecolor()), shape)
                found.update(to_hex(tuple(colour)) for colour in colours.tolist())
    return found


def test_every_item_is_a_point_in_the_colour_of_its_class(paper: Paper) -> None:
    figure = figure_scatter(PLACES, classes_of(4), paper)
    assert points_of(figure) == dict.fromkeys(PALETTE[:4], 30)
    words = text_of(figure)
    assert "Rooms: 120 pictures by kind" in words
    assert all(f">class {code} (30)<" in words and f">class {code}<" in words for code in range(4))
    assert "Said below." in words


def test_without_a_legend_the_map_takes_its_room_and_names_the_classes(paper: Paper) -> None:
    told, untold = (
        figure_scatter(PLACES, classes_of(4), paper, legend=legend) for legend in (True, False)
    )
    assert untold.axes[0].bbox.width > told.axes[0].bbox.width
    words = text_of(untold)
    assert all(f">class {code}<" in words for code in range(4))
    assert "class 0 (30)" not in words


def test_a_legend_is_never_longer_than_the_page(paper: Paper) -> None:
    flat = PLACES * np.array([20, 1], np.float32)
    column = classes_of(20)
    for size in (None, "7x3"):
        figure = figure_scatter(flat, column, replace(paper, size=size))
        figure.draw_without_rendering()
        caption = next(text for text in figure.texts if "Said below" in text.get_text())
        (legend,) = figure.legends
        assert legend.get_window_extent().y0 > caption.get_window_extent().y1
        assert legend.get_window_extent().y1 < figure.bbox.height
    assert "other (" in text_of(figure)


def test_no_name_of_a_class_leaves_the_page_or_lies_on_another(paper: Paper) -> None:
    column = classes_of(20)
    column = replace(
        column, categories=[f"{name}, {'and so on ' * 30}" for name in column.categories]
    )
    figure = figure_scatter(PLACES, column, paper)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert 2 <= len(boxes) < 20
    page = figure.bbox
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 for box in boxes)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_middles_are_not_named_where_the_order_is_not_by_likeness(paper: Paper) -> None:
    line = Backdrop((np.array([[-9, -9], [9, 9]], np.float32),))
    assert not figure_scatter(PLACES, classes_of(4), paper, backdrop=line).axes[0].texts
    untold = figure_scatter(PLACES, classes_of(4), paper, backdrop=line, legend=False)
    assert len(untold.axes[0].texts) == 4


def test_distances_on_paper_are_those_of_the_layout(paper: Paper) -> None:
    figure = figure_scatter(PLACES, None, paper)
    drawn = [np.asarray(c.get_offsets()) for c in figure.axes[0].collections]
    places = figure.axes[0].transData.transform(max(drawn, key=len))
    scale = np.ptp(places, axis=0) / np.ptp(PLACES, axis=0)
    assert scale[0] == pytest.approx(scale[1], rel=1e-4)
    assert figure.axes[0].bbox.contains(*places.min(axis=0))
    assert figure.axes[0].bbox.contains(*places.max(axis=0))


def test_other_classes_are_grey_or_left_out(paper: Paper) -> None:
    column = classes_of(4)
    grey = figure_scatter(PLACES, column, paper, only=["class 1", "class 3"])
    assert points_of(grey) == {PALETTE[0]: 30, PALETTE[1]: 30, FAINT: 60}
    assert "60 of 120 pictures by kind" in text_of(grey)
    assert "others (60)" in text_of(grey)
    out = figure_scatter(PLACES, column, paper, only=["class 1"], hide_others=True)
    assert points_of(out) == {PALETTE[0]: 30}


def test_beyond_eight_classes_marks_tell_them_apart_and_beyond_24_the_rare_are_one() -> None:
    column = classes_of(30, 300)
    found = Classes.of(column, np.ones(300, bool))
    assert found.names[-1] == "7 other"
    looks = {(found.colour(code), found.mark(code)) for code in range(MOST_CLASSES)}
    assert len(looks) == MOST_CLASSES
    assert {mark for _, mark in looks} == set(MARKS[:3])
    assert np.bincount(found.codes).tolist() == [10] * 23 + [70]


def test_items_without_a_value_or_a_place_are_told(paper: Paper) -> None:
    column = classes_of(3)
    column.values[:10] = MISSING
    places = PLACES.copy()
    places[-20:] = np.nan
    figure = figure_scatter(places, column, paper)
    assert sum(points_of(figure).values()) == 100
    assert points_of(figure)[FAINT] == 10
    words = text_of(figure)
    assert "100 of 120 pictures" in words
    assert "no value (10)" in words


def test_numbers_get_a_bar_that_says_what_the_colours_mean(paper: Paper) -> None:
    values = np.arange(N, dtype=np.float32) * 1e4
    values[:5] = math.nan
    figure = figure_scatter(PLACES, Column("price", "number", values), paper)
    found = points_of(figure)
    assert found[FAINT] == 5
    assert len(found) > 80
    assert ">price<" in text_of(figure)
    assert ">600,000<" in text_of(figure)


def test_dates_are_written_as_dates(paper: Paper) -> None:
    seconds = np.linspace(0, 40 * 365.25 * 86_400, N)
    words = text_of(figure_scatter(PLACES, Column("taken_at", "date", seconds), paper))
    assert ">1990<" in words


def test_a_measure_that_is_one_number_everywhere_is_drawn(paper: Paper) -> None:
    figure = figure_scatter(PLACES, Column("floor", "number", np.ones(N, np.float32)), paper)
    assert sum(points_of(figure).values()) == N


def test_what_lies_under_a_layout_is_drawn_at_its_place(paper: Paper) -> None:
    line = np.array([[-9, -9], [9, 9]], np.float32)
    figure = figure_scatter(PLACES, None, paper, backdrop=Backdrop((line,), (("here", 9, -9, 1),)))
    assert ">here<" in text_of(figure)


def test_a_class_that_is_not_there_is_answered_with_those_that_are(paper: Paper) -> None:
    with pytest.raises(FigureError, match="--only attic: kind has no 'attic'; choose from class 0"):
        figure_scatter(PLACES, classes_of(2), paper, only=["attic"])
    with pytest.raises(FigureError, match="--only attic: there are no classes to choose from"):
        figure_scatter(PLACES, None, paper, only=["attic"])


def test_pictures_without_any_place_are_no_figure(paper: Paper) -> None:
    with pytest.raises(FigureError, match="has a place"):
        figure_scatter(np.full((3, 2), np.nan, np.float32), None, paper)


def test_one_picture_is_a_figure(paper: Paper) -> None:
    figure = figure_scatter(np.zeros((1, 2), np.float32), classes_of(1, 1), paper)
    assert points_of(figure) == {PALETTE[0]: 1}
