"""Every kind of layout by one call."""

import json
from datetime import UTC, datetime, timedelta, timezone
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from bilderatlas.analysis.layouts import LAYOUTS, Given, make_layout
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.errors import LayoutError

N = 60
OPTIONS: dict[str, dict[str, Any]] = {"facet": {"by": "kind"}, "xy": {"x": "price", "y": "age"}}
EXTRAS = {"umap": "umap", "pacmap": "pacmap"}


@pytest.fixture(scope="module")
def given_all() -> Given:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(N, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Given(
        vectors=vectors,
        neighbours=nearest(vectors, 30),
        positions={"first": random.normal(size=(N, 2)).astype(np.float32)},
        columns={
            "kind": [["cat", "dog", None, " "][i % 4] for i in range(N)],
            "price": [str(i) if i % 5 else "unknown" for i in range(N)],
            "age": [float(i) for i in range(N)],
            "made": [f"{1900 + i}" if i % 5 else "" for i in range(N)],
        },
        taken_at=[datetime(2000 + i % 20, 5, 1) if i % 3 else None for i in range(N)],
        latitude=np.where(np.arange(N) % 2, 48.0, np.nan),
        longitude=np.linspace(-10, 10, N),
        picture_aspect=1.5,
    )


@pytest.mark.parametrize("kind", LAYOUTS)
def test_each_kind_places_every_picture_and_tells_how(kind: str, given_all: Given) -> None:
    if kind in EXTRAS and find_spec(EXTRAS[kind]) is None:
        pytest.skip(f"{kind} is an extra that is not installed")
    layout = make_layout(kind, given_all, **OPTIONS.get(kind, {}))
    assert (layout.name, layout.kind) == (kind, kind)
    assert layout.positions.shape == (N, 2)
    assert layout.positions.dtype == np.float32
    assert np.isfinite(layout.positions).all()
    assert json.loads(json.dumps(dict(layout.parameters))) == layout.parameters
    assert layout.parameters
    again = make_layout(kind, given_all, **OPTIONS.get(kind, {}))
    np.testing.assert_array_equal(again.positions, layout.positions)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_each_kind_says_what_it_takes(kind: str) -> None:
    chosen = LAYOUTS[kind]
    assert chosen.title
    assert chosen.purpose
    assert set(OPTIONS.get(kind, {})) <= set(chosen.parameters)
    assert "picture_aspect" not in chosen.parameters
    assert hasattr(chosen.layout, "transform")


def test_a_layout_may_have_a_name_of_its_own_and_another_to_build_on(given_all: Given) -> None:
    layout = make_layout("grid", given_all, name="wall", base="first", window=1.0)
    assert layout.name == "wall"
    assert layout.parameters["base"] == "first"
    assert layout.parameters["window"] == 1.0


def test_what_is_drawn_and_what_was_moved_comes_along(given_all: Given) -> None:
    assert len(make_layout("facet", given_all, by="kind").backdrop.lines) == 3
    moved = make_layout("apart", given_all).quality
    assert 0 < moved["displacement_median"] <= moved["displacement_max"]


def test_labels_from_a_column_draw_the_map(given_all: Given) -> None:
    layout = make_layout("tsne", given_all, perplexity=5, supervised="kind")
    assert layout.parameters["supervised"] == "kind"
    assert layout.parameters["label_weight"] == 0.2
    assert "supervised" not in make_layout("tsne", given_all, perplexity=5).parameters


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("star", {}, "choose one of tsne"),
        ("grid", {"perplexity": 3}, "it takes base, window"),
        ("grid", {"base": "second"}, "only 'first'"),
        ("facet", {}, "needs 'by'"),
        ("facet", {"by": "colour"}, "choose one of 'kind', 'price'"),
        ("time", {"by": "kind"}, "the column 'kind'"),
        ("map", {"latitude": "age"}, "both 'latitude' and 'longitude'"),
        ("xy", {"x": "kind", "y": "age"}, "columns of numbers"),
    ],
)
def test_a_wish_that_cannot_be_met_is_answered_with_what_can(
    given_all: Given, kind: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(LayoutError, match=said):
        make_layout(kind, given_all, **options)


def test_without_dates_places_or_layouts_it_is_said() -> None:
    vectors = np.eye(3, dtype=np.float32)
    bare = Given(vectors, nearest(vectors, 2))
    for kind, said in (("time", "date in its file"), ("map", "coordinates"), ("grid", "none")):
        with pytest.raises(LayoutError, match=said):
            make_layout(kind, bare)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1924", "1924-01-01"),
        (1924.0, "1924-01-01"),
        ("812", "0812-01-01"),
        ("-500", "-0499-01-01"),
        ("1924-05", "1924-05-01"),
        ("1924:05:07 08:09:10", "1924-05-07T08:09:10"),
        ("1924-05-07", "1924-05-07"),
        ("2004-02-03T04:05:06+02:00", "2004-02-03T02:05:06"),
        (datetime(2004, 2, 3, tzinfo=timezone(timedelta(hours=1))), "2004-02-02T23:00"),
        (datetime(2004, 2, 3, tzinfo=UTC), "2004-02-03"),
        ("long ago", "NaT"),
        ("1924-13", "NaT"),
        (None, "NaT"),
    ],
)
def test_dates_are_read_as_people_write_them(text: Any, moment: str) -> None:
    vectors = np.ones((1, 2), np.float32)
    given_one = Given(vectors, nearest(vectors, 1), columns={"made": [text]})
    np.testing.assert_array_equal(given_one.times("made"), np.array([moment], "datetime64[s]"))
