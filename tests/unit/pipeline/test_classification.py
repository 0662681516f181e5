"""The classes of an atlas, asked for and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.pipeline.rooms import ROOMS, build_rooms, draw

import bilderatlas as ba
from bilderatlas.pipeline.progress import Silent


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> ba.Atlas:
    return build_rooms(tmp_path_factory.mktemp("classes"))


def test_the_column_of_the_build_is_classified_and_kept(atlas: ba.Atlas) -> None:
    found = atlas.classify()
    assert (found.label, found.names) == ("label", ("bath", "hall"))
    assert [space.name for space in found.spaces][:1] == ["vectors"]
    assert {space.name for space in found.spaces[1:]} == set(atlas.layouts)
    kept = ba.open(atlas.folder).classifications
    assert kept["label"].to_json() == found.to_json()


def test_each_picture_is_judged(atlas: ba.Atlas) -> None:
    found = atlas.classify("label")
    table = atlas.judgements(found).to_pylist()
    assert [row["uri"] for row in table] == ROOMS
    assert [row["given"] for row in table] == ["bath"] * 3 + ["hall"] * 4 + [None]
    assert table[-1]["finding"] == "suggestion"
    assert table[-1]["predicted"] in found.names
    assert table[-1]["probability_of_given"] is None
    wrong = [row for row in table[:-1] if row["given"] != row["predicted"]]
    assert all(row["finding"] for row in wrong)


def test_folders_and_tags_are_labels_too(atlas: ba.Atlas, tmp_path: Path) -> None:
    folders = atlas.classify("folder")
    assert folders.names == ("bath", "hall")
    assert folders.left_out == {"shed": 1}
    tags = tmp_path / "tags.csv"
    rows = [f",{uri},{'wet' if 'bath' in uri else 'dry'}" for uri in ROOMS]
    tags.write_text("\n".join(["key,uri,tag", *rows]))
    assert atlas.classify(tags=tags).names == ("dry", "wet")
    assert set(atlas.classifications) >= {"folder", "tags"}


def test_what_was_found_of_a_layout_goes_when_it_is_made_anew(atlas: ba.Atlas) -> None:
    atlas.layout("grid")
    atlas.classify("folder")
    assert "grid" in {space.name for space in atlas.classifications["folder"].spaces}
    atlas.layout("grid", base="tsne-spread" if "tsne-spread" in atlas.layouts else "tsne")
    names = {space.name for space in atlas.classifications["folder"].spaces}
    assert "vectors" in names
    assert "grid" not in names
    atlas.remove_layout("grid")


def test_a_layout_that_was_drawn_from_the_label_is_no_witness(atlas: ba.Atlas) -> None:
    atlas.layout("facet", by="label")
    atlas.layout("grid", base="facet")
    atlas.layout("tsne", name="told", supervised="label")
    told = {"facet", "grid", "told"}
    assert not told & {space.name for space in atlas.classify("label").spaces}
    assert told <= {space.name for space in atlas.classify("folder").spaces}
    for name in ("grid", "facet", "told"):
        atlas.remove_layout(name)


def test_a_label_beside_tags_is_refused(atlas: ba.Atlas, tmp_path: Path) -> None:
    with pytest.raises(ba.QueryError, match="leave out --label floor"):
        atlas.classify("floor", tags=tmp_path / "tags.csv")


def test_copies_of_a_picture_do_not_make_a_class(atlas: ba.Atlas, tmp_path: Path) -> None:
    tags = tmp_path / "tags.csv"
    dry = ("hall/1.png", "hall/copy of 1.png", "hall/2.png")
    rows = [f",{uri},{'wet' if 'bath' in uri else 'dry'}" for uri in (*ROOMS[:3], *dry)]
    tags.write_text("\n".join(["key,uri,tag", *rows]))
    with pytest.raises(ba.QueryError, match="no two classes of at least 3 pictures"):
        atlas.classify(tags=tags)


class Notes(Silent):
    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, text: str) -> None:
        self.said.append(text)


def test_what_was_found_of_other_pictures_is_not_shown_and_the_build_says_so(
    tmp_path: Path,
) -> None:
    atlas = build_rooms(tmp_path)
    atlas.classify("folder")
    notes = Notes()
    draw(tmp_path / "rooms" / "shed" / "2.png", "shed", 9)
    (tmp_path / "rooms" / "metadata.csv").unlink()
    again = ba.build(
        tmp_path / "rooms",
        atlas.folder,
        settings=ba.Settings(model=f"onnx:{tmp_path / 'colours.onnx'}", workers=1),
        progress=notes,
    )
    assert again.classifications == {}
    assert any("the classes of 'folder'" in said for said in notes.said)
    again.report(tmp_path / "report.html")  # asks again, for itself
    assert "folder" in again.classifications
