"""The classes of an atlas, asked for and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.pipeline.rooms import ROOMS, build_rooms, draw

import bilderatlas as ba


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


def test_what_was_found_of_other_pictures_is_not_shown(tmp_path: Path) -> None:
    atlas = build_rooms(tmp_path)
    atlas.classify()
    draw(tmp_path / "rooms" / "shed" / "2.png", "shed", 9)
    again = ba.build(
        tmp_path / "rooms",
        atlas.folder,
        settings=ba.Settings(model=f"onnx:{tmp_path / 'colours.onnx'}", workers=1),
    )
    assert again.classifications == {}
