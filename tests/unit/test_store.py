"""The atlas on disk: what is written comes back, and a killed build changes nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bilderatlas.errors import AtlasError
from bilderatlas.record import Record, StageRecord
from bilderatlas.store import Store
from bilderatlas.types import (
    Backdrop,
    Cluster,
    DuplicateGroup,
    Found,
    Layout,
    LookAlikes,
    Neighbours,
    Oddities,
    Picture,
    Problem,
)

DIM = 4


def a_file(name: str) -> Found:
    return Found(uri=name, location=f"/pictures/{name}", bytes=len(name), mtime_ns=7)


def a_picture(seed: int, copy: bytes | None = None) -> Picture:
    vector = np.random.default_rng(seed).normal(size=DIM)
    return Picture(
        key=f"{seed:032x}",
        width=30 + seed,
        height=20,
        taken_at=None,
        latitude=None,
        longitude=None,
        t32=b"small" + bytes([seed]),
        t128=b"large" + bytes([seed]),
        blur=bytes(range(8)) + b"\x80",
        phash=2**64 - 1 - seed,
        brightness=0.5,
        contrast=0.25,
        sharpness=0.125 * seed,
        copy=copy,
        suffix=".jpg",
        vector=(vector / np.linalg.norm(vector)).astype(np.float16),
        names=np.array([seed, 3], np.int16),
        name_scores=np.array([0.5, 0.25], np.float16),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "some.atlas")


def filled(store: Store, names: str) -> int:
    return store.append_items([(a_file(n), a_picture(ord(n) - ord("a"))) for n in names])


def uris(store: Store, version: int) -> list[str]:
    found: list[str] = store.read_items(version, ["uri"]).column(0).to_pylist()
    return found


def test_items_come_back_as_they_were_written(store: Store) -> None:
    version = store.append_items([(a_file("a"), a_picture(0)), (a_file("b"), a_picture(1, b"x"))])
    table = store.read_items(version, ["uri", "phash", "copied", "sharpness"]).to_pydict()
    assert table == {
        "uri": ["a", "b"],
        "phash": [2**64 - 1, 2**64 - 2],
        "copied": [False, True],
        "sharpness": [0, 0.125],
    }
    vectors = store.read_vectors(version)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, [a_picture(0).vector, a_picture(1).vector], atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    classes, scores = store.read_names(version)
    assert classes.tolist() == [[0, 3], [1, 3]]
    assert scores.tolist() == [[0.5, 0.25]] * 2
    assert store.read_blur(version).tolist() == [[*range(8), 128]] * 2


def test_ids_follow_the_rows_when_some_are_deleted(store: Store) -> None:
    filled(store, "abcd")
    version = store.delete_items(["b", "it's not there"])
    assert uris(store, version) == ["a", "c", "d"]
    taken = store.take_items(version, np.array([2, 0]), ["t32"]).column(0).to_pylist()
    assert taken == [b"small\x03", b"small\x00"]


def test_an_old_version_is_readable_until_the_sweep(store: Store) -> None:
    first = filled(store, "ab")
    second = filled(store, "c")
    assert uris(store, first) == ["a", "b"]
    store.sweep(Record("some"))
    assert uris(store, second) == ["a", "b", "c"]
    with pytest.raises(ValueError, match="not found"):
        uris(store, first)


def test_a_known_picture_under_a_new_name_keeps_its_row_among_new_ones(store: Store) -> None:
    base = filled(store, "ab")
    new: list[tuple[Found, Picture | int]] = [
        (a_file("c"), a_picture(2)),
        (a_file("b again"), 1),
        (a_file("d"), a_picture(3)),
    ]
    version = store.append_items(new, base)
    assert uris(store, version) == ["a", "b", "c", "b again", "d"]
    items = store.read_items(version, ["key", "bytes"]).to_pydict()
    assert items["key"][3] == items["key"][1]
    assert items["bytes"][3] == len("b again")


def test_many_small_portions_are_joined_in_order(store: Store) -> None:
    names = [f"{i:03d}" for i in range(70)]
    for i, name in enumerate(names):
        store.append_items([(a_file(name), a_picture(i))])
    assert uris(store, store.compact_items()) == names


def test_the_results_of_all_stages_come_back(store: Store) -> None:
    graph = Neighbours(np.array([[1], [0]], np.int32), np.array([[0.5], [0.5]], np.float32))
    back = store.read_neighbours(store.write_neighbours(graph))
    assert back.ids.tolist() == [[1], [0]]
    assert back.similarity.dtype == np.float32

    kept = np.array([0, 1], np.float32)
    backdrop = Backdrop((np.array([[0, 0], [1, 1]], np.float32),), (("1924", 0.5, 1, 2),))
    layout = Layout(
        "tsne",
        "tsne",
        np.array([[1, 2], [3, 4]], np.float32),
        {"p": 5},
        {"q": 0.5},
        {"kept": kept},
        backdrop,
    )
    (read,) = store.read_layouts(store.write_layouts([layout]))
    assert read.positions.tolist() == [[1, 2], [3, 4]]
    assert (read.parameters, read.quality) == ({"p": 5}, {"q": 0.5})
    assert read.of_items["kept"].tolist() == [0, 1]
    assert read.backdrop.lines[0].tolist() == [[0, 0], [1, 1]]
    assert read.backdrop.texts == (("1924", 0.5, 1, 2),)

    cluster = Cluster("lamps", 1, np.array([1, 0], np.int32), np.array([1, 0.5], np.float32))
    (found,) = store.read_clusters(store.write_clusters([cluster]))
    assert (found.name, found.exemplar, found.members.tolist()) == ("lamps", 1, [1, 0])
    assert store.read_clusters(store.write_clusters([])) == []

    group = DuplicateGroup("same", np.array([1, 0], np.int32), ("", "mirrored"))
    alike = LookAlikes(np.array([[0, 2]], np.int32), np.array([0.875], np.float32))
    version = store.write_duplicates([group], alike)
    (same,) = store.read_duplicates(version)
    assert (same.kind, same.members.tolist(), same.edits) == ("same", [1, 0], ("", "mirrored"))
    pairs = store.read_look_alikes(version)
    assert (pairs.pairs.tolist(), pairs.similarity.tolist()) == ([[0, 2]], [0.875])
    assert not len(store.read_look_alikes(store.write_duplicates([], LookAlikes.none())).pairs)

    odd = Oddities(np.array([1, 2.5], np.float32), {"very dark": np.array([False, True])})
    oddities = store.read_oddities(store.write_oddities(odd))
    assert oddities.outlier.tolist() == [1, 2.5]
    assert oddities.flags["very dark"].tolist() == [False, True]

    columns: dict[str, list[str | None]] = {"uri": ["a source's own", "x"], "label": ["x", None]}
    metadata = store.read_metadata(store.write_metadata(["a", "b"], columns))
    assert metadata.to_pydict() == columns
    assert store.read_metadata(store.write_metadata(["a", "b"], {})).num_rows == 2


@pytest.mark.parametrize("n", [0, 1])
def test_a_graph_without_edges_comes_back(store: Store, n: int) -> None:
    empty = Neighbours(np.zeros((n, 0), np.int32), np.zeros((n, 0), np.float32))
    assert store.read_neighbours(store.write_neighbours(empty)).ids.shape == (n, 0)


def test_the_sweep_keeps_the_index_of_the_last_good_build_alone(store: Store) -> None:
    for fingerprint in ("old", "new"):
        store.index(fingerprint).mkdir(parents=True)
    store.sweep(Record("some", stages={"neighbours": StageRecord("new")}))
    assert [path.name for path in store.index("new").parent.iterdir()] == ["new"]


def test_problems_come_back_with_the_stamp_of_their_file(store: Store) -> None:
    assert store.read_problems() == []
    kept = [(Problem("bad.jpg", "decode", "the file ends early"), 12, 34)]
    store.write_problems(kept)
    assert store.read_problems() == kept


def test_a_build_that_does_not_end_leaves_the_last_record(store: Store) -> None:
    good = Record("some", stages={"items": StageRecord("f", 3)})
    store.commit(good)
    store.write_pending(Record("some", counts={"items": 9}))
    assert store.read_record() == good
    assert store.read_pending() == Record("some", counts={"items": 9})


def test_what_is_no_atlas_is_refused_by_name(store: Store) -> None:
    with pytest.raises(AtlasError, match=r"some\.atlas is not an atlas"):
        store.read_record()
    store.folder.mkdir()
    (store.folder / "atlas.json").write_text("{")
    with pytest.raises(AtlasError, match="cannot be read"):
        store.read_record()
    (store.folder / "atlas.json").write_text('{"format": 1}')
    with pytest.raises(AtlasError, match=r"has format 1, .* reads 2: delete .*some\.atlas and"):
        store.read_record()


def test_a_second_build_is_kept_out(store: Store) -> None:
    with store.locked(), pytest.raises(AtlasError, match="being built"), store.locked():
        pass
    with store.locked():
        pass


@pytest.mark.parametrize("label", ["label", "Label", "aux", "../out", "", "Farbe / Ton", "x" * 300])
def test_classes_come_back_whatever_their_column_is_called(store: Store, label: str) -> None:
    store.write_classification("other", "now", '{"n": 1}')
    store.write_classification(label, "now", '{"n": "ä"}')
    store.write_classification("old", "before", '{"n": 3}')
    assert store.read_classifications("now") == {"other": '{"n": 1}', label: '{"n": "ä"}'}
    names = {path.name for path in (store.folder / "classes").iterdir()}
    assert len(names) == 3
    assert not names & {"aux.json", "Label.json", ".json"}
    assert all(len(name) < 70 for name in names)


def test_another_model_forgets_the_classes(store: Store) -> None:
    store.write_classification("label", "now", "{}")
    store.start_over()
    assert store.read_classifications("now") == {}
