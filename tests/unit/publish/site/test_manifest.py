"""What the manifest and the layouts' files say of a written site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyarrow import parquet
from tests.unit.publish.site.collection import make_content
from tests.unit.publish.site.reader import SiteReader

from bilderatlas.errors import SiteError
from bilderatlas.publish.site.content import SiteContent
from bilderatlas.publish.site.manifest import layout_title
from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import Backdrop, Layout


def written(folder: Path, content: SiteContent) -> SiteReader:
    write_site(content, folder / "site", viewer=None)
    return SiteReader(folder / "site")


def test_a_backdrop_stands_in_the_units_of_its_layout(tmp_path: Path) -> None:
    layouts = [*make_content(40).layouts]
    box = np.array([(-9, -9), (9, -9), (9, 9), (-9, -9)], np.float32)
    layouts[1] = replace(layouts[1], backdrop=Backdrop((box,), (("Gärten", 0.0, 4.5, 1.0),)))
    site = written(tmp_path, make_content(40, layouts=layouts))
    plain, drawn = site.manifest["layouts"]
    assert (plain["backdrop"], drawn["backdrop"]) == (False, True)
    assert site.compressed("layouts/by-year/backdrop.json.gz") == {
        "lines": [[0, 65535, 65535, 65535, 65535, 0, 0, 65535]],
        "texts": [["Gärten", 32768, 16384, 3641]],
    }
    assert drawn["extent"] == [65535, 65535]
    assert not (site.folder / "layouts/tsne/backdrop.json.gz").exists()


def test_items_without_a_place_are_told_and_have_none_in_the_tables(tmp_path: Path) -> None:
    layouts = [*make_content(40).layouts]
    places = layouts[1].positions.copy()
    places[[3, 5]] = np.nan
    layouts[1] = replace(layouts[1], positions=places)
    site = written(tmp_path, make_content(40, layouts=layouts))
    assert [entry["placed"] for entry in site.manifest["layouts"]] == [40, 38]
    ids = [site.facts(i)["id"] for i in site.values("layouts/by-year/order.", "<u4")]
    assert sorted(ids[38:]) == [3, 5]
    table = parquet.read_table(site.folder / "items.parquet").sort_by("id")
    assert table["by-year_x"].is_null().to_pylist() == [i in (3, 5) for i in range(40)]


def test_the_first_map_must_have_a_place_for_all(tmp_path: Path) -> None:
    places = np.full((3, 2), np.nan, np.float32)
    with pytest.raises(SiteError, match="'tsne' has no place for some pictures"):
        written(tmp_path, make_content(3, layouts=[Layout("tsne", "tsne", places)]))


def test_what_is_said_of_layouts_and_clusters_is_in_the_manifest(tmp_path: Path) -> None:
    said = ("kept", 0.5, 0.01, "Of the 10 pictures most like a picture, 5 stand beside it.")
    content = make_content(20, sentences={"by-year": [said]}, structure="There are none.")
    site = written(tmp_path, content)
    first, second = (entry["sentences"] for entry in site.manifest["layouts"])
    assert first == []
    assert [tuple(entry.values()) for entry in second] == [said]
    assert site.manifest["structure"] == "There are none."


def test_measures_of_items_are_columns_of_their_layout(tmp_path: Path) -> None:
    layouts = [*make_content(20).layouts]
    kept = np.linspace(0, 1, 20, dtype=np.float32)
    nothing = np.full(20, np.nan, np.float32)
    layouts[0] = replace(layouts[0], of_items={"kept": kept, "false": nothing})
    site = written(tmp_path, make_content(20, layouts=layouts))
    column = site.column("kept (tsne)")
    assert (column["layout"], column["measure"], column["kind"]) == ("tsne", "kept", "number")
    ids = [site.facts(i)["id"] for i in range(20)]
    assert np.array_equal(site.values(f"columns/{column['slug']}.", "<f4"), kept[ids])
    assert not any(other["name"] == "false (tsne)" for other in site.manifest["columns"])


def test_items_without_a_good_place_are_flagged_and_counted(tmp_path: Path) -> None:
    layouts = [*make_content(20).layouts]
    misplaced = np.isin(np.arange(20), [3, 7, 8])
    layouts[0] = replace(layouts[0], of_items={"misplaced": misplaced.astype(np.float32)})
    site = written(tmp_path, make_content(20, layouts=layouts))
    column = site.column("misplaced (tsne)")
    assert (column["layout"], column["measure"]) == ("tsne", "misplaced")
    assert (column["kind"], column["items"]) == ("category", 3)
    flagged = site.values(f"columns/{column['slug']}.", "<u2") == 0
    assert {site.facts(i)["id"] for i in np.flatnonzero(flagged).tolist()} == {3, 7, 8}


@pytest.mark.parametrize(
    ("layout", "title"),
    [
        (("tsne", "tsne"), "t-SNE"),
        (("tsne-2", "tsne"), "t-SNE 2"),
        (("both", "tsne"), "Both"),
        (("facet", "facet", {"by": "label"}), "By label"),
        (("xy", "xy", {"x": "rooms", "y": "price"}), "Rooms and price"),
        (("time", "time"), "Time"),
    ],
)
def test_a_layout_is_called_after_what_it_shows(layout: tuple[Any, ...], title: str) -> None:
    name, kind, *parameters = layout
    assert layout_title(Layout(name, kind, np.zeros((0, 2), np.float32), *parameters)) == title
