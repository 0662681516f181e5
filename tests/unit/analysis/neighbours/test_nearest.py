"""The neighbours that everything else rests on."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilderatlas.analysis.neighbours import Exact, nearest


@given(
    vectors=arrays(
        np.float32,
        st.tuples(st.integers(0, 30), st.integers(1, 5)),
        elements=st.sampled_from([-1.0, 0.0, 0.5, 2.0]),
    ),
    k=st.integers(0, 40),
)
def test_neighbours_are_the_k_most_similar_others_whatever_the_ties(
    vectors: npt.NDArray[Any], k: int
) -> None:
    n = len(vectors)
    length = np.linalg.norm(vectors.astype(float), axis=1, keepdims=True)
    unit = vectors / np.where(length > 0, length, 1)
    truth = unit @ unit.T
    found = nearest(vectors, k)
    assert found.ids.shape == found.similarity.shape == (n, max(0, min(k, n - 1)))
    assert found.ids.dtype == np.int32
    assert found.similarity.dtype == np.float32
    for item, (ids, similarity) in enumerate(zip(found.ids, found.similarity, strict=True)):
        others = np.sort(np.delete(truth[item], item))[::-1]
        assert item not in ids
        assert len(set(ids)) == len(ids)
        np.testing.assert_allclose(similarity, others[: len(ids)], atol=1e-6)
        np.testing.assert_allclose(similarity, truth[item, ids], atol=1e-6)


@pytest.mark.parametrize("filling", [0.0, 1.0, 0.3])
def test_among_equals_the_lower_ids_come_first(filling: float) -> None:
    found = nearest(np.full((200, 64), filling), 5)
    assert found.ids[0].tolist() == [1, 2, 3, 4, 5]
    assert found.ids[2].tolist() == [0, 1, 3, 4, 5]
    assert found.ids[199].tolist() == [0, 1, 2, 3, 4]


def test_copies_are_equally_near_to_everything() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(500, 333)).astype(np.float16)
    vectors[480:] = vectors[7]
    found = nearest(vectors, 60)
    assert (found.similarity[7, :20] == 1).all()
    np.testing.assert_array_equal(found.similarity[480:], np.tile(found.similarity[7], (20, 1)))
    assert found.ids[7, :20].tolist() == list(range(480, 500))


def test_the_same_vectors_give_the_same_bits() -> None:
    vectors = np.random.default_rng(1).normal(size=(1500, 96))
    once, again = nearest(vectors, 30), nearest(vectors, 30)
    np.testing.assert_array_equal(once.ids, again.ids)
    np.testing.assert_array_equal(once.similarity, again.similarity)


def test_an_index_answers_for_pictures_it_does_not_hold() -> None:
    index = Exact.build(np.eye(4))
    found = index.query([[3.0, 4.0, 0.0, 0.0]], 9)
    assert len(index) == 4
    assert found.ids.tolist() == [[1, 0, 2, 3]]
    np.testing.assert_allclose(found.similarity, [[0.8, 0.6, 0, 0]])


def test_an_empty_index_has_no_answers() -> None:
    assert Exact.build(np.empty((0, 3))).query(np.ones((2, 3)), 5).ids.shape == (2, 0)
