"""A site, written and read back by the published format."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, parquet
from tests.unit.publish.site.collection import colour, key, make_content, shape
from tests.unit.publish.site.reader import SiteReader

from bilderatlas.errors import SiteError
from bilderatlas.publish.site import writer
from bilderatlas.publish.site.content import SiteContent
from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import Layout, Neighbours, Oddities

N = 300
Write = Callable[[SiteContent], SiteReader]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    viewer = tmp_path / "viewer"
    viewer.mkdir()
    (viewer / "index.html").write_text("<title>{{title}}</title>{{description}}")

    def write_and_open(content: SiteContent) -> SiteReader:
        write_site(content, tmp_path / "site", viewer=viewer)
        return SiteReader(tmp_path / "site")

    return write_and_open


@pytest.fixture(scope="module")
def content() -> SiteContent:
    return make_content(N)


@pytest.fixture(scope="module")
def site(content: SiteContent, tmp_path_factory: pytest.TempPathFactory) -> SiteReader:
    folder = tmp_path_factory.mktemp("published") / "site"
    write_site(content, folder, viewer=None)
    return SiteReader(folder)


@pytest.fixture(scope="module")
def ids(site: SiteReader) -> list[int]:
    """Return the id at each index."""
    return [site.facts(index)["id"] for index in range(N)]


def test_every_item_has_one_index(ids: list[int]) -> None:
    assert sorted(ids) == list(range(N))


def test_the_first_view_is_a_prefix(site: SiteReader, content: SiteContent, ids: list[int]) -> None:
    assert ids[0] == int(np.argmax(content.priority))
    assert site.manifest["layouts"][0]["levels"][:2] == [0, 1]


def test_both_layouts_have_their_places(
    site: SiteReader, content: SiteContent, ids: list[int]
) -> None:
    for layout, entry in zip(content.layouts, site.manifest["layouts"], strict=True):
        points = site.points(layout.name)
        assert (points.max(axis=0) <= entry["extent"]).all()
        assert max(entry["extent"]) == 65535
        for axis, sign in ((0, 1), (1, -1)):
            wanted = sign * layout.positions[ids, axis]
            assert np.corrcoef(points[:, axis], wanted)[0, 1] > 0.99999


def test_another_layout_tells_its_own_order(site: SiteReader) -> None:
    order = site.values("layouts/by-year/order.", "<u4")
    assert sorted(order.tolist()) == list(range(N))
    levels = np.repeat(np.arange(18), np.diff(site.manifest["layouts"][1]["levels"]))
    points = site.points("by-year")[order]
    height = 65536 / 8
    cells = [
        (int(x // (height * site.manifest["cell_aspect"])), int(y // height)) for x, y in points
    ]
    prefix = cells[: int((levels <= 3).sum())]
    assert len(set(prefix)) == len(prefix)
    assert set(prefix) == set(cells)


@pytest.mark.parametrize(
    ("pages", "side", "across"), [("layouts/tsne/t32", 32, 16), ("t128", 128, 8)]
)
def test_each_picture_is_in_its_slot(
    site: SiteReader, ids: list[int], pages: str, side: int, across: int
) -> None:
    _, aspects = site.blur()
    for index, item in enumerate(ids):
        picture = site.slot(pages, side, across, index, int(aspects[index]))
        assert np.abs(np.median(picture, axis=(0, 1)) - colour(item)).max() <= 8, (index, item)


def test_layouts_share_the_small_pages_of_a_small_collection(site: SiteReader) -> None:
    assert [layout["t32"] for layout in site.manifest["layouts"]] == ["tsne", "tsne"]
    assert not (site.folder / "layouts" / "by-year" / "t32").exists()


def test_layouts_of_a_large_collection_have_small_pages_of_their_own(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SHARED_PAGES", 20)
    site = write(make_content(21))
    assert [layout["t32"] for layout in site.manifest["layouts"]] == ["tsne", "by-year"]
    order = site.values("layouts/by-year/order.", "<u4")
    _, aspects = site.blur()
    for place, index in enumerate(order.tolist()):
        item = site.facts(index)["id"]
        picture = site.slot("layouts/by-year/t32", 32, 16, place, int(aspects[index]))
        assert np.abs(np.median(picture, axis=(0, 1)) - colour(item)).max() <= 8


def test_blur_and_aspect_belong_to_their_item(
    site: SiteReader, content: SiteContent, ids: list[int]
) -> None:
    blocks, aspects = site.blur()
    assert (blocks == content.blur[ids, :8]).all()
    assert (aspects == content.blur[ids, 8]).all()


def test_columns_belong_to_their_item(site: SiteReader, ids: list[int]) -> None:
    assert site.column("kind")["label"] is True
    kinds = ("inside", "outside", None)
    assert site.categories("kind") == [kinds[item % 3] for item in ids]
    assert site.categories("cluster") == [f"half {int(item >= N // 2)}" for item in ids]
    years = site.values(f"columns/{site.column('year')['slug']}.", "<f4")
    assert years.tolist() == [1900 + item for item in ids]
    assert (site.column("year")["min"], site.column("year")["max"]) == (1900, 1900 + N - 1)
    taken = site.values(f"columns/{site.column('taken_at')['slug']}.", "<f8")
    day = datetime.fromisoformat("2020-01-02T12:00+00:00").timestamp()
    assert taken[ids.index(1)] == day
    assert np.isnan(taken[ids.index(2)])
    keys = site.values("columns/key.", "<u4")
    assert [f"{start:08x}" for start in keys] == [key(item)[:8] for item in ids]


def test_words_that_are_no_categories_are_facts_only(site: SiteReader, ids: list[int]) -> None:
    names = [column["name"] for column in site.manifest["columns"]]
    assert names == ["kind", "cluster", "year", "taken_at"]
    assert site.facts(ids.index(7))["metadata"]["width"] == "7 ells, 7 inches"


def test_the_facts_of_an_item_are_all_there(site: SiteReader, ids: list[int]) -> None:
    assert site.facts(ids.index(5)) == {
        "id": 5,
        "key": key(5),
        "uri": "ordner/bild 5.jpg",
        "width": shape(5)[0],
        "height": shape(5)[1],
        "bytes": 1005,
        "taken_at": "2020-01-06T12:00:00",
        "latitude": 48.5,
        "longitude": 9.25,
        "picture": f"pictures/{key(5)[:2]}/{key(5)}.jpg",
        "names": [["barn", 0.625], ["tub", 0.25]],
        "metadata": {"kind": None, "year": "1905", "width": "5 ells, 5 inches"},
    }


def test_the_lightbox_has_each_file_once_or_none(site: SiteReader, ids: list[int]) -> None:
    def picture(item: int) -> Any:
        return site.facts(ids.index(item))["picture"]

    assert (site.folder / picture(5)).read_text() == "5"
    assert picture(7) is None
    assert picture(10) == picture(11)


def test_neighbours_are_named_by_index(site: SiteReader, ids: list[int]) -> None:
    for index in (0, 5, 255, 256, N - 1):
        found, similarity = site.neighbours(index)
        assert [ids[other] for other in found] == [(ids[index] + step) % N for step in range(1, 6)]
        assert similarity == [128] * 5


def test_a_missing_neighbour_says_so(write: Write) -> None:
    neighbours = Neighbours(
        np.array([[1, -1], [-1, -1]], np.int32), np.array([[1, 0.7], [-1, -1]], np.float32)
    )
    site = write(make_content(2, neighbours=neighbours))
    index = [site.facts(index)["id"] for index in range(2)].index
    none = 4294967295
    assert site.neighbours(index(0)) == ([index(1), none], [255, 0])
    assert site.neighbours(index(1)) == ([none, none], [0, 0])
    assert site.neighbours(9) == ([none, none], [0, 0])


def test_no_more_than_32_neighbours_are_published(write: Write) -> None:
    many = np.tile(np.arange(40, dtype=np.int32), (40, 1))
    content = make_content(40, neighbours=Neighbours(many, np.ones((40, 40), np.float32)))
    assert write(content).manifest["neighbours"]["k"] == 32


def test_clusters_point_at_their_exemplar(
    site: SiteReader, content: SiteContent, ids: list[int]
) -> None:
    points = site.points("tsne")
    for entry, cluster in zip(site.manifest["clusters"], content.clusters, strict=True):
        assert ids[entry["exemplar"]] == cluster.exemplar
        assert points[entry["exemplar"]].tolist() == entry["centre"]
        members = [ids.index(item) for item in cluster.members]
        distance = np.linalg.norm(points[members] - entry["centre"], axis=1)
        assert 0.8 <= (distance <= entry["radius"]).mean() <= 0.81
        assert entry["size"] == N // 2


def test_the_manifest_says_how_the_neighbours_were_found(write: Write, site: SiteReader) -> None:
    assert site.manifest["neighbours"] == {"k": 5, "index": "exact", "recall": None}
    found = write(make_content(9, index="ivf", recall=0.993)).manifest["neighbours"]
    assert found == {"k": 5, "index": "ivf", "recall": 0.993}


def test_the_collection_leaves_as_data(
    site: SiteReader, content: SiteContent, ids: list[int]
) -> None:
    table = parquet.read_table(site.folder / "items.parquet")
    assert table["id"].to_pylist() == ids
    assert table["width"].to_pylist() == [shape(item)[0] for item in ids]
    assert table["width (metadata)"][0].as_py() == f"{ids[0]} ells, {ids[0]} inches"
    assert table["tsne_y"].to_pylist() == content.layouts[0].positions[ids, 1].tolist()
    rows = csv.read_csv(site.folder / "items.csv").to_pylist()
    assert [row["uri"] for row in rows] == [f"ordner/bild {item}.jpg" for item in ids]
    assert rows[ids.index(5)]["names"] == "barn|tub"
    assert rows[ids.index(5)]["cluster"] == "half 0"


def test_oddities_are_counted_and_leave_as_data(write: Write) -> None:
    dark = np.arange(20) % 3 == 0
    flags = {"very dark": dark, "tiny": np.arange(20) == 6, "blurred": np.zeros(20, np.bool_)}
    site = write(make_content(20, oddities=Oddities(np.arange(20, dtype=np.float32), flags)))
    ids = [site.facts(index)["id"] for index in range(20)]
    entry = site.column("very dark")
    assert (entry["oddity"], entry["items"], entry["count"]) == (True, 7, 1)
    assert site.categories("very dark") == ["yes" if dark[item] else None for item in ids]
    assert site.column("blurred")["items"] == 0
    assert site.column("outlier_factor")["max"] == 19
    assert "items" not in site.column("outlier_factor")
    table = parquet.read_table(site.folder / "items.parquet")
    assert table["outlier_factor"].to_pylist() == ids
    odd = [["very dark"] * (item % 3 == 0) + ["tiny"] * (item == 6) for item in ids]
    assert table["oddities"].to_pylist() == odd
    rows = csv.read_csv(site.folder / "items.csv").to_pylist()
    assert rows[ids.index(6)]["oddities"] == "very dark|tiny"


def test_each_family_of_files_has_its_hash(site: SiteReader) -> None:
    families = {"blur", "duplicates", "facts", "neighbours", "t128", "layouts/tsne/pos"}
    families |= {"layouts/tsne/t32", "layouts/by-year/pos", "layouts/by-year/order"}
    families |= {"columns/key", *(f"columns/{c['slug']}" for c in site.manifest["columns"])}
    assert set(site.manifest["files"]) == families


@pytest.mark.parametrize("n", [0, 1, 2])
def test_the_smallest_collections_have_a_site(write: Write, n: int) -> None:
    site = write(make_content(n))
    assert site.manifest["n"] == n
    assert len(site.points("tsne")) == n if n else site.manifest["layouts"][0]["extent"] == [0, 0]
    assert sorted(site.facts(index)["id"] for index in range(n)) == list(range(n))
    assert ("A map of 1 picture" if n == 1 else f"A map of {n} pictures") in (
        site.folder / "index.html"
    ).read_text()
    assert (site.folder / "poster.webp").stat().st_size < 100_000


def test_pictures_in_one_place_have_a_site(write: Write) -> None:
    heap = Layout("tsne", "tsne", np.full((9, 2), 3.5, np.float32))
    site = write(make_content(9, layouts=[heap]))
    assert not site.points("tsne").any()


def test_the_same_collection_gives_the_same_bytes(write: Write, tmp_path: Path) -> None:
    first = write(make_content(70)).folder.rename(tmp_path / "first")
    second = write(make_content(70)).folder
    names = [path.relative_to(first) for path in first.rglob("*") if path.is_file()]
    assert len(names) > 20
    same, other, failed = filecmp.cmpfiles(first, second, names, shallow=False)
    assert (len(same), other, failed) == (len(names), [], [])


def test_a_write_that_breaks_leaves_the_old_site(write: Write) -> None:
    def broken(ids: object, side: int) -> list[bytes]:
        raise KeyboardInterrupt

    old = write(make_content(20))
    before = {path: path.stat().st_mtime_ns for path in old.folder.rglob("*")}
    with pytest.raises(KeyboardInterrupt):
        write(make_content(30, thumbnails=broken))
    assert {path: path.stat().st_mtime_ns for path in old.folder.rglob("*")} == before


def test_the_old_site_stands_while_pictures_are_placed(write: Write) -> None:
    old = write(make_content(3)).folder

    def linked(item: int, destination: Path) -> bool:
        os.link(old / destination.relative_to(destination.parents[2]), destination)
        return True

    site = write(make_content(3, place_picture=linked))
    assert (site.folder / site.facts(0)["picture"]).stat().st_nlink == 1


def test_progress_counts_the_pages_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    content = make_content(70)
    write_site(
        content, tmp_path / "site", viewer=None, progress=lambda *counts: told.append(counts)
    )
    assert told == [(done, 4) for done in range(1, 5)]


def test_a_collection_without_a_layout_says_what_to_do(write: Write) -> None:
    with pytest.raises(SiteError, match="`bilderatlas layout`"):
        write(make_content(3, layouts=[]))


def test_metadata_without_columns_is_no_obstacle(write: Write) -> None:
    empty = pa.table({"x": ["", "", ""]}).select([])
    site = write(make_content(3, metadata=empty, label=None))
    assert site.facts(0)["metadata"] == {}
