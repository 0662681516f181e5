"""Numbers and lists as people write them."""

from __future__ import annotations

import math

import pytest

from bilderatlas.publish.wording import byte_size, duration, listed, number


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 byte"), (999, "999 bytes"), (1_500, "1.5 kB"), (79_600_000, "79.6 MB")],
)
def test_bytes_are_said_in_the_unit_that_suits_them(count: int, said: str) -> None:
    assert byte_size(count) == said


@pytest.mark.parametrize(("seconds", "said"), [(0.04, "0.0 s"), (46, "46 s"), (123, "2 min 3 s")])
def test_long_times_are_said_in_minutes(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_list_of_very_many_ends_with_how_many_more() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([str(i) for i in range(14)]).endswith(", 10 and 3 more")


def test_what_is_not_known_is_no_number() -> None:
    assert number(None) == number(math.nan) == "none"
    assert number(0.314, 0.0123) == "0.31 ± 0.01"
