"""What a text column is taken for."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from tests.unit.publish.site.collection import make_content

from bilderatlas.publish.site.columns import MISSING, Column, infer_column, site_columns
from bilderatlas.types import Oddities


def inferred(texts: Sequence[str | None], name: str = "a") -> Column | None:
    return infer_column(name, pa.chunked_array([pa.array(texts, pa.string())]))


@pytest.mark.parametrize("text", ["12", "-0.5", "+3", "1e6", ".5", "4.", " 7 ", "0"])
def test_numbers_are_read_as_numbers(text: str) -> None:
    column = inferred([text, None, "", "1"])
    assert column is not None
    assert column.kind == "number"
    assert column.values.dtype == np.float32
    assert column.values[0] == np.float32(text)
    assert np.isnan(column.values[1:3]).all()


@pytest.mark.parametrize("text", ["007", "1,200", "1_000", "nan", "inf", "12 m", "1e99", "٣"])
def test_what_only_looks_like_a_number_is_a_word(text: str) -> None:
    column = inferred([text, "1"])
    assert column is not None
    assert column.kind == "category"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01", 0),
        ("1970-01-02", 86400),
        ("1970-01-01T00:01", 60),
        ("1970-01-01 00:00:01.5", 1.5),
        ("1970-01-01T02:00:00+02:00", 0),
        ("1970-01-01T02:00:00Z", 7200),
        ("1969:12:31 23:59:59", -1),
        ("1505-06-15", -14659747200),
    ],
)
def test_dates_are_read_as_seconds(text: str, seconds: float) -> None:
    column = inferred([text, None])
    assert column is not None
    assert column.kind == "date"
    assert column.values[0] == seconds
    assert math.isnan(column.values[1])


@pytest.mark.parametrize("text", ["1970-13-01", "1970-02-30", "01.02.1970", "0000-01-01"])
def test_a_day_that_never_was_makes_the_column_words(text: str) -> None:
    column = inferred([text, "1970-01-01"])
    assert column is not None
    assert column.kind == "category"


def test_categories_are_numbered_from_the_most_frequent() -> None:
    column = inferred(["oil", "ink", None, "oil ", " ", "chalk", "oil"])
    assert column is not None
    assert list(column.categories) == ["oil", "chalk", "ink"]
    assert column.values.tolist() == [0, 2, MISSING, 0, MISSING, 1, 0]


def test_words_that_hardly_recur_are_no_categories() -> None:
    assert inferred([f"title {i}" for i in range(65)]) is None
    assert inferred([f"title {i % 50}" for i in range(200)]) is not None
    assert inferred([f"title {i % 51}" for i in range(204)] + ["x"]) is not None
    assert inferred([f"title {i}" for i in range(4097)] * 5) is None


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert inferred([None, "", "  "]) is None
    assert inferred([]) is None


def test_the_class_is_a_category_first_of_all_even_when_it_is_a_number() -> None:
    content = make_content(
        100,
        metadata=pa.table({"year": ["1900"] * 100, "class": [str(i) for i in range(100)]}),
        label="class",
    )
    columns = site_columns(content, content.items, content.metadata)
    assert [(column.name, column.kind, column.label) for column in columns] == [
        ("class", "category", True),
        ("cluster", "category", False),
        ("year", "number", False),
        ("taken_at", "date", False),
    ]


def test_an_own_column_named_like_an_automatic_one_keeps_its_own_name_apart() -> None:
    content = make_content(3, metadata=pa.table({"cluster": ["a", "b", "b"]}), label=None)
    names = [column.name for column in site_columns(content, content.items, content.metadata)]
    assert names == ["cluster", "cluster (metadata)", "taken_at"]


def test_oddities_are_marked_and_keep_their_names() -> None:
    oddities = Oddities(
        np.array([1, 2, 1], np.float32),
        {"very dark": np.array([True, False, True]), "tiny": np.zeros(3, np.bool_)},
    )
    own = pa.table({"tiny": ["a", "b", "b"], "contrast": ["1", "2", "3"]})
    content = make_content(3, metadata=own, label="tiny", oddities=oddities)
    columns = site_columns(content, content.items.take([2, 1, 0]), own.take([2, 1, 0]))
    assert [column.name for column in columns if not column.oddity] == [
        *("tiny (metadata)", "cluster", "contrast (metadata)", "taken_at")
    ]
    odd = {column.name: column for column in columns if column.oddity}
    assert odd["very dark"].values.tolist() == [0, MISSING, 0]
    assert (odd["very dark"].kind, odd["very dark"].categories) == ("category", ("yes",))
    assert odd["tiny"].values.tolist() == [MISSING] * 3
    assert odd["outlier_factor"].values.tolist() == [1, 2, 1]
    assert odd["brightness"].values.tolist() == [0.5, 0.25, 0]
    assert {"contrast", "sharpness"} < set(odd)
