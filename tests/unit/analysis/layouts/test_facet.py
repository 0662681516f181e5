"""A box for each value, with its title and its pictures."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilderatlas.analysis.layouts.facet import Facet
from bilderatlas.errors import LayoutError


def places(n: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)


@settings(max_examples=30)
@given(
    counts=st.lists(st.integers(1, 60), max_size=25),
    missing=st.integers(0, 10),
    aspect=st.floats(0.6, 1.6),
)
def test_each_picture_stands_alone_in_the_box_of_its_value(
    counts: list[int], missing: int, aspect: float
) -> None:
    values = [f"value {i}" for i, count in enumerate(counts) for _ in range(count)]
    given_values = [*values, *[None] * missing]
    layout = Facet(picture_aspect=aspect, missing="unknown")
    positions = layout.fit_transform(given_values, places(len(given_values)))
    lines, texts = layout.backdrop_.lines, layout.backdrop_.texts
    assert len(lines) == len(texts) == len(counts) + bool(missing)
    box_of = {}
    for line, (text, *_) in zip(lines, texts, strict=True):
        low, high = line.min(axis=0), line.max(axis=0)
        inside = (positions > low).all(axis=1) & (positions < high).all(axis=1)
        inside_of = {given_values[item] for item in np.flatnonzero(inside)}
        assert len(inside_of) == 1
        box_of[inside_of.pop()] = text
    assert len(box_of) == len(lines)
    apart = np.abs(positions[:, None] - positions[None]) / (aspect, 1)
    np.fill_diagonal(apart[..., 0], 1)
    assert (apart.max(axis=2) > 0.999).all() if len(positions) else True


def test_the_whole_fills_the_window_and_the_largest_comes_first() -> None:
    values = ["sea"] * 300 + ["land"] * 500 + ["sky"] * 40 + [""] * 60
    layout = Facet(window=1.6)
    layout.fit_transform(values, places(len(values)))
    titles = [text for text, *_ in layout.backdrop_.texts]
    assert titles == ["land · 500", "sea · 300", "no value · 60", "sky · 40"]
    corners = np.vstack(layout.backdrop_.lines)
    width, height = np.ptp(corners, axis=0)
    assert width / height == pytest.approx(1.6, rel=0.25)
    area = sum(float(np.prod(np.ptp(line, axis=0))) for line in layout.backdrop_.lines)
    assert area > 0.85 * width * height


def test_titles_fit_into_their_boxes() -> None:
    values = ["a very long value that nobody can read in so small a box"] + ["x"] * 200
    layout = Facet()
    layout.fit_transform(values, places(201))
    for line, (text, x, y, height) in zip(
        layout.backdrop_.lines, layout.backdrop_.texts, strict=True
    ):
        left, bottom = line.min(axis=0)
        right, top = line.max(axis=0)
        assert 0.5 * len(text) * height <= right - left
        assert left < x < right
        assert bottom < y < top
    assert layout.backdrop_.texts[1][0].endswith("…")


def test_pictures_in_a_box_keep_the_order_of_the_map() -> None:
    order = places(200)
    layout = Facet()
    positions = layout.fit_transform(["one"] * 200, order)
    for axis in (0, 1):
        assert np.corrcoef(order[:, axis], positions[:, axis])[0, 1] > 0.9


def test_boxes_have_no_place_for_more() -> None:
    with pytest.raises(LayoutError, match="lay out all"):
        Facet().transform(["x"])
