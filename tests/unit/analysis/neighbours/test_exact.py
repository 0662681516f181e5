"""Exact neighbours against brute force."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bilderatlas.analysis.neighbours import Exact
from bilderatlas.errors import AtlasError

Vectors = npt.NDArray[Any]

FEW_VALUES = st.sampled_from([-1.0, 0.0, 0.5, 2.0])  # many ties, and zero vectors


def vectors_of(rows: int) -> st.SearchStrategy[Vectors]:
    return arrays(np.float32, (rows, 3), elements=FEW_VALUES)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Vectors, Vectors, int, npt.NDArray[np.bool_]]:
    n = draw(st.one_of(st.sampled_from([0, 1, 2]), st.integers(0, 30)))
    k = draw(st.integers(0, 40))
    among = draw(arrays(np.bool_, n))
    return draw(vectors_of(n)), draw(vectors_of(draw(st.integers(0, 4)))), k, among


def cosine(a: Vectors, b: Vectors) -> npt.NDArray[np.float64]:
    lengths = np.outer(*(np.linalg.norm(x.astype(float), axis=1) for x in (a, b)))
    product: npt.NDArray[np.float64] = a.astype(float) @ b.T.astype(float)
    return product / np.where(lengths > 0, lengths, 1)


@given(questions())
def test_the_answers_are_the_most_similar_of_those_allowed(
    question: tuple[Vectors, Vectors, int, npt.NDArray[np.bool_]],
) -> None:
    vectors, queries, k, among = question
    truth = cosine(queries, vectors)
    index = Exact.build(vectors)
    for allowed in (None, among):
        found = index.query(queries, k, among=allowed)
        assert found.ids.shape == found.similarity.shape == (len(queries), min(k, len(vectors)))
        assert found.ids.dtype == np.int32
        assert found.similarity.dtype == np.float32
        may = np.flatnonzero(among) if allowed is not None else np.arange(len(vectors))
        for row, ids, similarity in zip(truth, found.ids, found.similarity, strict=True):
            count = min(len(ids), len(may))
            assert (ids[count:] == -1).all()
            assert (similarity[count:] == -np.inf).all()
            ids, similarity = ids[:count], similarity[:count]
            assert len(set(ids)) == count
            assert set(ids) <= set(may)
            best = np.sort(row[may])[::-1][:count]
            np.testing.assert_allclose(similarity, best, atol=1e-6)
            np.testing.assert_allclose(similarity, row[ids], atol=1e-6)
            assert [*ids] == [i for _, i in sorted(zip(-similarity, ids, strict=True))]


@given(vectors_of(7), vectors_of(4))
def test_adding_gives_the_index_of_the_whole(first: Vectors, later: Vectors) -> None:
    index = Exact.build(first)
    index.add(later)
    whole = np.concatenate([first, later])
    assert len(index) == 11
    expected = Exact.build(whole).query(whole, 11)
    found = index.query(whole, 11)
    np.testing.assert_array_equal(found.ids, expected.ids)
    np.testing.assert_array_equal(found.similarity, expected.similarity)


@pytest.mark.parametrize("n", [0, 1, 50])
def test_a_saved_index_gives_the_same_answers(tmp_path: Path, n: int) -> None:
    vectors = np.random.default_rng(2).normal(size=(n, 6)).astype(np.float16)
    index = Exact.build(vectors)
    index.save(tmp_path / "index")
    for source in (vectors, vectors.__getitem__):
        found = Exact.load(tmp_path / "index", source).query(vectors, 9)
        expected = index.query(vectors, 9)
        np.testing.assert_array_equal(found.ids, expected.ids)
        np.testing.assert_array_equal(found.similarity, expected.similarity)


def test_an_index_of_other_vectors_is_refused_with_what_to_do(tmp_path: Path) -> None:
    Exact.build(np.eye(3)).save(tmp_path / "index")
    with pytest.raises(AtlasError, match=r"index is of 3 vectors and there are 4: build it again"):
        Exact.load(tmp_path / "index", np.eye(4))
    with pytest.raises(AtlasError, match=r"nothing holds no index .* build it again"):
        Exact.load(tmp_path / "nothing", np.eye(3))


@pytest.mark.parametrize("queries", [1, 100])
def test_a_question_leaves_the_number_of_threads_as_it_was(queries: int) -> None:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(before + 1)
    try:
        Exact.build(np.eye(3)).query(np.ones((queries, 3)), 1)
        assert faiss.omp_get_max_threads() == before + 1
    finally:
        faiss.omp_set_num_threads(before)
