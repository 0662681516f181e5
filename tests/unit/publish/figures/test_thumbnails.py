"""A layout as pictures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from tests.unit.publish.figures.conftest import colour_of, text_of, tiles_of

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.colours import PALETTE
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.thumbnails import figure_thumbnails, without_overlap
from bilderatlas.publish.figures.tile import Pictures
from bilderatlas.publish.site.columns import Column
from bilderatlas.types import Backdrop

N = 60
PLACES = np.random.default_rng(1).normal(size=(N, 2)).astype(np.float32)
ASPECTS = np.where(np.arange(N) % 3, 1.5, 0.75)


def overlaps(boxes: np.ndarray) -> np.ndarray:
    """Return which boxes have a common part, shape (m, m), none with itself."""
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    apart = (low[:, None] >= high[None] - 1e-9) | (low[None] >= high[:, None] - 1e-9)
    hit: np.ndarray = ~apart.any(axis=2) & ~np.eye(len(boxes), dtype=bool)
    return hit


@given(
    hnp.arrays(np.float64, st.tuples(st.integers(0, 40), st.just(2)), elements=st.floats(0, 10)),
    hnp.arrays(np.float64, (40, 2), elements=st.floats(0.1, 2)),
)
def test_thinned_boxes_never_overlap_and_none_could_be_added(
    corners: np.ndarray, sides: np.ndarray
) -> None:
    boxes = np.hstack([corners, sides[: len(corners)]])
    kept = without_overlap(boxes)
    assert not overlaps(boxes[kept]).any()
    assert kept.tolist() == sorted(set(kept.tolist()))
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    for out in set(range(len(boxes))) - set(kept.tolist()):
        before = kept[kept < out]
        hit = (low[out] < high[before]) & (low[before] < high[out])
        assert hit.all(axis=1).any()


def test_thinned_pictures_do_not_overlap_and_the_most_typical_are_there(
    pictures: Pictures, paper: Paper
) -> None:
    typical = np.arange(N, dtype=np.float32)
    figure = figure_thumbnails(PLACES, ASPECTS, pictures, paper, typical=typical, thumb_size=1.0)
    tiles = tiles_of(figure)
    assert 5 < len(tiles) < N
    assert not overlaps(np.array([tile.box for tile in tiles])).any()
    assert N - 1 in {tile.item for tile in tiles}
    assert f"{len(tiles)} of 60 pictures; the others would hide" in str(figure.get_label())


def test_all_pictures_are_drawn_the_most_typical_on_top(pictures: Pictures, paper: Paper) -> None:
    typical = np.arange(N, dtype=np.float32)
    figure = figure_thumbnails(
        PLACES, ASPECTS, pictures, paper, overlap="all", typical=typical, thumb_size=1.0
    )
    tiles = tiles_of(figure)
    assert [tile.item for tile in tiles] == list(range(N))
    assert "Rooms: 60 pictures" in text_of(figure)
    sides = np.array([tile.box[2:] for tile in tiles])
    assert sides.max(axis=1) == pytest.approx(1)
    assert sides[:, 0] / sides[:, 1] == pytest.approx(ASPECTS)


def test_pictures_in_a_grid_fill_it_and_do_not_touch(
    pictures: Pictures, paper: Paper, drawn: Callable[[Figure], np.ndarray]
) -> None:
    cells = np.stack(np.divmod(np.arange(N), 6), axis=1).astype(np.float32) * (1.5, 1)
    figure = figure_thumbnails(
        cells.astype(np.float32), ASPECTS, pictures, paper, overlap="all", cell=(1.5, 1.0)
    )
    boxes = np.array([tile.box for tile in tiles_of(figure)])
    assert len(boxes) == N
    assert not overlaps(boxes).any()
    shown = {tuple(dot) for dot in drawn(figure).reshape(-1, 3).tolist()}
    assert {colour_of(item) for item in range(N)} <= shown


def test_one_picture_alone_in_a_grid_is_drawn(
    pictures: Pictures, paper: Paper, drawn: Callable[[Figure], np.ndarray]
) -> None:
    places = np.zeros((1, 2), np.float32)
    figure = figure_thumbnails(places, ASPECTS[:1], pictures, paper, overlap="all", cell=(1.5, 1))
    assert (drawn(figure) == colour_of(0)).all(axis=2).mean() > 0.15


def test_what_lies_under_a_grid_stays_outside_its_pictures(
    pictures: Pictures, paper: Paper
) -> None:
    places = np.array([[x, y] for y in range(6) for x in range(10)], np.float32)
    low = Backdrop((np.array([[-5, -5], [14, -5]], np.float32),))
    figure = figure_thumbnails(places, np.ones(N), pictures, paper, cell=(1, 1), backdrop=low)
    boxes = np.array([tile.box for tile in tiles_of(figure)])
    assert len(boxes) == N
    assert not overlaps(boxes).any()
    (line,) = next(
        c for c in figure.axes[0].collections if isinstance(c, LineCollection)
    ).get_segments()
    assert np.ptp(line[:, 0]) > np.ptp(boxes[:, 0])
    assert line[:, 1].max() < boxes[:, 1].min()


def test_frames_say_the_class_and_the_legend_says_whose_they_are(
    pictures: Pictures, paper: Paper
) -> None:
    column = Column("room", "category", (np.arange(N) % 2).astype(np.uint16), ["bath", "hall"])
    figure = figure_thumbnails(
        PLACES, ASPECTS, pictures, paper, overlap="all", colour=column, only=["hall"]
    )
    tiles = tiles_of(figure)
    assert {tile.item % 2 for tile in tiles} == {1}
    assert {tile.frame for tile in tiles} == {PALETTE[0]}
    assert "hall (30)" in text_of(figure)
    assert "30 of 60 pictures" in text_of(figure)


def test_every_picture_is_within_the_page(pictures: Pictures, paper: Paper) -> None:
    figure = figure_thumbnails(PLACES, ASPECTS, pictures, paper, overlap="all", thumb_size=0.8)
    boxes = np.array([tile.box for tile in tiles_of(figure)])
    width, height = figure.axes[-1].get_xlim()[1], figure.axes[-1].get_ylim()[1]
    assert (boxes[:, :2] >= -1e-6).all()
    assert (boxes[:, :2] + boxes[:, 2:] <= np.array([width, height]) + 1e-6).all()


def test_what_makes_no_sense_is_answered_in_a_sentence(pictures: Pictures, paper: Paper) -> None:
    with pytest.raises(FigureError, match="--overlap none: choose one of thin, all, grid"):
        figure_thumbnails(PLACES, ASPECTS, pictures, paper, overlap="none")
    with pytest.raises(FigureError, match="--thumb-size 0: give inches from"):
        figure_thumbnails(PLACES, ASPECTS, pictures, paper, thumb_size=0)
    numbers = Column("price", "number", np.zeros(N, np.float32))
    with pytest.raises(FigureError, match="--colour price: frames show classes"):
        figure_thumbnails(PLACES, ASPECTS, pictures, paper, colour=numbers)
