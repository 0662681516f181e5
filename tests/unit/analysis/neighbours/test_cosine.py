"""Vectors of length 1, and similarities that are the same for copies."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilderatlas.analysis.neighbours.cosine import rank, unit


def test_every_half_is_read_as_the_number_that_it_is() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    one = np.full_like(halves, 1)
    found = unit(np.stack([halves, one], axis=1))
    numbers = np.stack([halves, one], axis=1).astype(np.float32)
    np.testing.assert_array_equal(found, unit(numbers))
    assert len(found) == 63_488


@given(arrays(np.float16, (5, 4), elements=st.floats(-100, 100, width=16)))
def test_rows_have_length_one_unless_they_are_zero(vectors: npt.NDArray[Any]) -> None:
    for given_as in (vectors, vectors.astype(np.float64), np.asfortranarray(vectors)):
        length = np.linalg.norm(unit(given_as), axis=1)
        np.testing.assert_allclose(length, vectors.any(axis=1), atol=1e-5)


def test_what_is_given_is_not_changed() -> None:
    for dtype in (np.float16, np.float32, np.float64):
        vectors = np.full((2, 3), 2, dtype)
        unit(vectors)
        assert (vectors == 2).all()


def test_rows_that_are_not_there_are_refused() -> None:
    rows, ids = unit(np.eye(3)), np.array([[0, 1]])
    with pytest.raises(ValueError, match="outside the 3 rows"):
        rank(rows[:1], ids, rows, ids + 2)
    with pytest.raises(ValueError, match="queries have 2 dimensions, vectors 3"):
        rank(rows[:1, :2], ids, rows, ids)
