"""An atlas, written for other tools."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from pyarrow import csv, parquet
from tests.unit.pipeline.rooms import ROOMS, build_rooms
from tests.unit.publish.exports.test_graph import read_graphml

import bilderatlas as ba
from bilderatlas.store import Store
from bilderatlas.types import Neighbours


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> ba.Atlas:
    return build_rooms(tmp_path_factory.mktemp("exported"))


def test_the_site_is_copied_whole(atlas: ba.Atlas, tmp_path: Path) -> None:
    folder = atlas.export("site", tmp_path / "new" / "site")
    files = {path.relative_to(atlas.site) for path in atlas.site.rglob("*")}
    assert {path.relative_to(folder) for path in folder.rglob("*")} == files
    assert (folder / "manifest.json").read_bytes() == (atlas.site / "manifest.json").read_bytes()


def test_no_fewer_neighbours_leave_than_were_asked_for(
    atlas: ba.Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = atlas.export("graph", tmp_path / "all.csv", k=500)  # there are only so many pictures
    assert len(everyone.read_text().splitlines()) == 1 + len(ROOMS) * (len(ROOMS) - 1)
    few = Neighbours(atlas.neighbours.ids[:, :2], atlas.neighbours.similarity[:, :2])
    monkeypatch.setattr(Store, "read_neighbours", lambda store, version: few)
    with pytest.raises(ba.ExportError, match="-k 3: the atlas keeps 2 neighbours of each"):
        atlas.export("graph", tmp_path / "edges.csv", k=3)
    assert not (tmp_path / "edges.csv").exists()


def test_the_items_leave_in_id_order_with_all_that_is_known_of_them(
    atlas: ba.Atlas, tmp_path: Path
) -> None:
    table = parquet.read_table(atlas.export("parquet", tmp_path / "items.parquet"))
    assert table["uri"].to_pylist() == ROOMS
    assert table["label"].to_pylist()[:4] == ["bath"] * 3 + ["hall"]
    assert table["oddities"].to_pylist() == [["tiny"]] * len(ROOMS)
    assert "picture" not in table.column_names
    name = next(iter(atlas.layouts))
    places = np.stack([table[f"{name}_{axis}"].to_numpy() for axis in "xy"], axis=1)
    np.testing.assert_array_equal(places, atlas.layouts[name].positions)
    texts = csv.read_csv(atlas.export("csv", tmp_path / "items.csv"))
    assert texts.column_names == table.column_names
    assert texts["oddities"].to_pylist() == ["tiny"] * len(ROOMS)


def test_the_graph_leaves_with_as_many_neighbours_as_wanted(
    atlas: ba.Atlas, tmp_path: Path
) -> None:
    edges = csv.read_csv(atlas.export("graph", tmp_path / "edges.csv"))
    assert len(edges) == len(ROOMS) * (len(ROOMS) - 1)
    few = csv.read_csv(atlas.export("graph", tmp_path / "few.csv", k=2)).to_pylist()
    assert [row["rank"] for row in few] == [1, 2] * len(ROOMS)
    nearest = [ROOMS[item] for item in atlas.neighbours.ids[:, 0]]
    assert [row["target_uri"] for row in few[::2]] == nearest
    nodes, arrows = read_graphml(atlas.export("graphml", tmp_path / "graph.graphml", k=2))
    assert [node["uri"] for node in nodes.values()] == ROOMS
    assert {"x", "y", "cluster", "label"} <= set(nodes["n0"])
    assert arrows[0][:2] == ("n0", f"n{atlas.neighbours.ids[0, 0]}")


def test_embedding_atlas_gets_map_neighbours_and_thumbnails(
    atlas: ba.Atlas, tmp_path: Path
) -> None:
    path = atlas.export("embedding-atlas", tmp_path / "rooms.parquet", k=3)
    row = parquet.read_table(path).to_pylist()[2]
    assert row["uri"] == ROOMS[2]
    assert row["image"]["bytes"].startswith(b"\xff\xd8")
    first = next(iter(atlas.layouts.values()))
    assert (row["projection_x"], row["projection_y"]) == tuple(first.positions[2].tolist())
    assert row["neighbors"]["ids"] == atlas.neighbours.ids[2, :3].tolist()


def test_the_projector_gets_its_folder(atlas: ba.Atlas, tmp_path: Path) -> None:
    folder = atlas.export("projector", tmp_path / "projector")
    assert sorted(path.name for path in folder.iterdir()) == [
        *("metadata.tsv", "projector_config.pbtxt", "sprite.png", "vectors.tsv")
    ]
    vectors = np.loadtxt(folder / "vectors.tsv")
    np.testing.assert_allclose(vectors, atlas.vectors, atol=1e-4)
    assert (folder / "metadata.tsv").read_text("utf-8").startswith("uri\t")


def test_nothing_is_overwritten(atlas: ba.Atlas, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(ba.ExportError, match=r"mine\.csv exists already; name another"):
        atlas.export("csv", tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text() == "mine"


def test_an_unknown_kind_is_told_the_known_ones(atlas: ba.Atlas, tmp_path: Path) -> None:
    with pytest.raises(ba.ExportError, match="no export 'gexf'; choose one of site, csv, parquet"):
        atlas.export("gexf", tmp_path / "graph.gexf")


def test_an_export_that_breaks_leaves_nothing(
    atlas: ba.Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        target.mkdir()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(OSError, match="No space left"):
        atlas.export("site", tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_an_atlas_without_a_site_says_what_to_do(atlas: ba.Atlas, tmp_path: Path) -> None:
    bare = tmp_path / "bare.atlas"
    shutil.copytree(atlas.folder, bare, ignore=shutil.ignore_patterns("site"))
    with pytest.raises(ba.ExportError, match="has no site; run 'bilderatlas build'"):
        ba.open(bare).export("site", tmp_path / "site")
