"""Which items may be answers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from bilderatlas.errors import QueryError
from bilderatlas.pipeline.asking import Asked
from bilderatlas.pipeline.narrowing import narrow

METADATA = pa.table(
    {"room": ["bath", "bath", "hall", None, "a=b"], "year": ["1", "2", "1", "1", "3"]}
)


def asked(*items: int) -> list[Asked]:
    return [Asked(f"{i}.jpg", i, i >= 0, np.ones(2, np.float32)) for i in items]


@pytest.mark.parametrize(
    ("items", "same", "other", "expected"),
    [
        ([0], None, None, [0, 1, 2, 3, 4]),
        ([0], "room", None, [0, 1]),
        ([0, 2], "room", None, [0, 1, 2]),
        ([0], None, "room", [2, 4]),  # one without a room might be another bath
        ([0], "year", "room", [2]),
        ([-1], "room=hall", None, [2]),
        ([0], "room=a=b", None, [4]),
        ([0], None, "room=hall", [0, 1, 4]),
        ([3], "year", None, [0, 2, 3]),
    ],
)
def test_conditions_leave_the_items_they_name(
    items: list[int], same: str | None, other: str | None, expected: list[int]
) -> None:
    may = narrow(METADATA, asked(*items), same=same, other=other)
    assert np.flatnonzero(may).tolist() == expected


@pytest.mark.parametrize(
    ("items", "same", "sentence"),
    [
        ([0], "rom", "--same rom: the metadata has no such column; it has room, year"),
        ([0], "room=barth", "--same room=barth: no picture has it; room is one of bath, hall, a=b"),
        ([3], "room", "--same room: 3.jpg has no room of its own; give one, as in --same room="),
        ([-1], "room", "--same room: -1.jpg has no room of its own"),
    ],
)
def test_a_condition_that_cannot_be_met_says_what_there_is(
    items: list[int], same: str, sentence: str
) -> None:
    with pytest.raises(QueryError) as raised:
        narrow(METADATA, asked(*items), same=same, other=None)
    assert sentence in str(raised.value)


def test_without_metadata_no_column_is_offered() -> None:
    with pytest.raises(QueryError, match="--other room: the metadata has no such column; it has n"):
        narrow(pa.table({}), asked(0), same=None, other="room")
