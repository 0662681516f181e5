"""The index of lists: how much it finds, and how little it reads."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.analysis.neighbours.made import clustered

from bilderatlas.analysis.neighbours import Exact, Ivf, nearest, recall
from bilderatlas.errors import AtlasError
from bilderatlas.types import Neighbours

N = 8000


@pytest.fixture(scope="module")
def vectors() -> npt.NDArray[np.float16]:
    return clustered(N)


@pytest.fixture(scope="module")
def index(vectors: npt.NDArray[np.float16]) -> Ivf:
    return Ivf.build(vectors)


def same(one: Neighbours, other: Neighbours) -> bool:
    return np.array_equal(one.ids, other.ids) and np.array_equal(one.similarity, other.similarity)


def share_found(index: Ivf, vectors: npt.NDArray[Any], among: npt.NDArray[np.bool_]) -> float:
    queries = clustered(100, seed=5)
    truth = Exact.build(vectors).query(queries, 10, among=among)
    found = index.query(queries, 10, among=among)
    assert among[found.ids].all()
    return float(np.mean(found.similarity >= truth.similarity[:, -1:] - 1e-6))


def test_of_ten_neighbours_in_clusters_hardly_one_in_a_hundred_is_missed(
    vectors: npt.NDArray[np.float16], index: Ivf
) -> None:
    graph = nearest(vectors, 20, index=index)
    assert (graph.ids != np.arange(N)[:, None]).all()
    assert (graph.ids >= 0).all()
    assert recall(graph, vectors, sample=500).share > 0.99


def test_the_similarities_are_those_of_the_stored_vectors(
    vectors: npt.NDArray[np.float16], index: Ivf
) -> None:
    queries = vectors[:30]
    found = index.query(queries, 5)
    assert found.ids[:, 0].tolist() == list(range(30))
    exact = Exact.build(vectors).query(queries, N)
    by_id = np.empty((30, N), np.float32)
    np.put_along_axis(by_id, exact.ids.astype(np.int64), exact.similarity, axis=1)
    np.testing.assert_array_equal(
        found.similarity, np.take_along_axis(by_id, found.ids.astype(np.int64), axis=1)
    )


@given(
    n=st.integers(0, 40),
    k=st.integers(0, 50),
    filling=st.sampled_from([None, 0.0, 1.0]),
)
def test_a_small_collection_is_answered_exactly(n: int, k: int, filling: float | None) -> None:
    vectors = clustered(n, 5) if filling is None else np.full((n, 5), filling)
    found, truth = Ivf.build(vectors).query(vectors, k), Exact.build(vectors).query(vectors, k)
    assert found.ids.shape == truth.ids.shape
    np.testing.assert_allclose(found.similarity, truth.similarity, atol=1e-6)


def test_all_are_found_when_all_are_asked_for(index: Ivf) -> None:
    found = index.query(clustered(2, seed=9), N + 5)
    assert [sorted(row) for row in found.ids.tolist()] == [list(range(N))] * 2


@pytest.mark.parametrize("every", [1, 50, 2500])
def test_only_those_allowed_are_answers(
    vectors: npt.NDArray[np.float16], index: Ivf, every: int
) -> None:
    among = np.zeros(N, bool)
    among[::every] = True
    among[1] = False
    if among.sum() >= 10:
        assert share_found(index, vectors, among) > 0.98
    else:
        found = index.query(vectors[:3], 10, among=among)
        assert [sorted(row) for row in found.ids[:, :4].tolist()] == [[0, 2500, 5000, 7500]] * 3
        assert (found.ids[:, 4:] == -1).all()
        assert (found.similarity[:, 4:] == -np.inf).all()


def test_none_allowed_is_none_found(index: Ivf) -> None:
    found = index.query(clustered(2), 3, among=np.zeros(N, bool))
    assert found.ids.tolist() == [[-1] * 3] * 2


def test_lists_too_short_for_the_question_are_not_the_last_to_be_read() -> None:
    # One vector apart from all others makes a list of its own.
    vectors = clustered(N, 8)
    vectors[0] = -1
    found = Ivf.build(vectors).query(vectors[:1], 3000)
    assert (found.ids >= 0).all()


def test_a_saved_index_gives_the_same_answers_wherever_the_vectors_are(
    tmp_path: Path, vectors: npt.NDArray[np.float16], index: Ivf
) -> None:
    index.save(tmp_path / "index")
    np.save(tmp_path / "vectors.npy", vectors)
    queries = clustered(40, seed=3)
    expected = index.query(queries, 12)
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    for source in (vectors, mapped, vectors.__getitem__):
        assert same(Ivf.load(tmp_path / "index", source).query(queries, 12), expected)
    # An index may take the place of the one that it is read from.
    loaded = Ivf.load(tmp_path / "index", vectors)
    loaded.save(tmp_path / "index")
    assert same(Ivf.load(tmp_path / "index", vectors).query(queries, 12), expected)


@pytest.mark.skipif(sys.platform != "linux", reason="what is read is counted by Linux's /proc")
def test_a_query_reads_a_small_part_of_a_saved_index(tmp_path: Path) -> None:
    many = clustered(30_000, 256)
    Ivf.build(many).save(tmp_path / "index")
    size = (tmp_path / "index" / "ivf.faiss").stat().st_size
    before = bytes_read()
    loaded = Ivf.load(tmp_path / "index", many)
    opened = bytes_read() - before + resident(tmp_path / "index" / "ivf.faiss")
    loaded.query(many[:1], 8)
    asked = bytes_read() - before + resident(tmp_path / "index" / "ivf.faiss")
    assert 0 < opened < size / 5
    assert opened <= asked < 0.95 * size  # the kernel maps 64 KB around each byte asked for


def bytes_read() -> int:
    return int(Path("/proc/self/io").read_text().split()[1])


def resident(file: Path) -> int:
    """Return the bytes of a mapped file that this process has touched."""
    lines = iter(Path("/proc/self/smaps").read_text().splitlines())
    total = 0
    for line in lines:
        if line.endswith(str(file)):
            total += 1024 * int(next(at for at in lines if at.startswith("Rss:")).split()[1])
    return total


@pytest.mark.parametrize("from_disk", [False, True])
@pytest.mark.parametrize(("first", "later"), [(0, 30), (100, 6000), (6000, 1000), (6000, 7000)])
def test_what_is_added_is_found(tmp_path: Path, first: int, later: int, from_disk: bool) -> None:
    vectors = clustered(first + later)
    index = Ivf.build(vectors[:first])
    if from_disk:
        index.save(tmp_path / "index")
        index = Ivf.load(tmp_path / "index", vectors[:first])
    index.add(vectors[first:])
    assert len(index) == first + later
    if from_disk:
        index.save(tmp_path / "index")
        index = Ivf.load(tmp_path / "index", vectors)
    graph = nearest(vectors, 10, index=index)
    assert recall(graph, vectors, sample=300).share > 0.98


def test_the_same_vectors_give_the_same_bits(vectors: npt.NDArray[np.float16], index: Ivf) -> None:
    queries = clustered(3000, seed=1)
    assert same(Ivf.build(vectors).query(queries, 12), index.query(queries, 12))


def test_zero_vectors_stand_in_nobodys_way() -> None:
    vectors = np.random.default_rng(4).normal(size=(8500, 24))
    vectors[:2500] = 0
    queries = np.random.default_rng(5).normal(size=(300, 24))
    index = Ivf.build(vectors)
    found = index.query(queries, 60)
    without = Ivf.build(vectors[2500:]).query(queries, 60)
    assert (found.similarity[:, -1] < 0.5).mean() > 0.2  # where zero would be nearer by distance
    assert (found.ids >= 2500).all()
    assert found.similarity.mean() == pytest.approx(without.similarity.mean(), rel=0.01)
    index.add(np.zeros((3, 24)))
    assert np.sort(index.query(queries[:1], 8503).ids).tolist() == [list(range(8503))]


def test_vectors_that_are_all_alike_are_all_found() -> None:
    for value in (0.0, 1.0):
        found = Ivf.build(np.full((5001, 4), value)).query(np.full((2, 4), value), 5001)
        assert np.sort(found.ids, axis=1).tolist() == [list(range(5001))] * 2


def test_a_damaged_index_is_refused_with_what_to_do(tmp_path: Path, index: Ivf) -> None:
    index.save(tmp_path / "index")
    file = tmp_path / "index" / "ivf.faiss"
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(AtlasError, match=r"index cannot be read: build the index again"):
        Ivf.load(tmp_path / "index", clustered(N))
