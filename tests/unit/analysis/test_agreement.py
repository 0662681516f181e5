"""How many neighbours share a label."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilderatlas.analysis.agreement import count_between, count_shared
from bilderatlas.types import Int32Array, Neighbours

codes_of_some = st.integers(1, 30).flatmap(
    lambda n: arrays(np.int32, n, elements=st.integers(-1, 5))
)


def graph(n: int, k: int) -> Neighbours:
    ids = np.random.default_rng(n).integers(0, n, (n, k), np.int32)
    return Neighbours(ids, np.ones((n, k), np.float32))


@given(codes_of_some, st.integers(0, 4))
def test_every_neighbour_is_counted_once_under_its_labels(codes: Int32Array, k: int) -> None:
    neighbours = graph(len(codes), k)
    between = count_between(neighbours, codes)
    expected = np.zeros_like(between)
    for item, near in enumerate(neighbours.ids):
        for other in near:
            expected[codes[item], codes[other]] += 1  # -1 is the last
    np.testing.assert_array_equal(between, expected)


@given(codes_of_some)
def test_the_shared_ones_are_the_diagonal_without_the_unlabelled(codes: Int32Array) -> None:
    neighbours = graph(len(codes), 3)
    shared = count_shared(neighbours, codes)
    diagonal = np.diag(count_between(neighbours, codes))
    for label in range(codes.max(initial=-1) + 1):
        assert shared[codes == label].sum() == diagonal[label]
    assert shared[codes < 0].sum() == 0


def test_rare_labels_are_counted_together_beyond_a_number() -> None:
    codes = np.array([0, 1, 2, 3, -1], np.int32)
    ring = Neighbours(np.array([[1], [2], [3], [4], [0]], np.int32), np.ones((5, 1), np.float32))
    between = count_between(ring, codes, most=2)
    np.testing.assert_array_equal(between, [[0, 1, 0], [0, 2, 1], [1, 0, 0]])
