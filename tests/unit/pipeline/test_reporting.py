"""The report of an atlas."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from tests.unit.pipeline.rooms import ROOMS, build_rooms, draw, save_colour_network

import bilderatlas as ba


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> ba.Atlas:
    return build_rooms(tmp_path_factory.mktemp("reported"))


def words_of(path: Path) -> str:
    text = re.sub(r"<style>.*</style>|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def test_its_numbers_are_those_of_the_atlas(atlas: ba.Atlas, tmp_path: Path) -> None:
    assert atlas.report(tmp_path / "report.html") == tmp_path / "report.html"
    words = words_of(tmp_path / "report.html")
    assert f"{len(ROOMS)} pictures, arranged by likeness" in words
    assert atlas.record.measured["structure"]["sentence"] in words
    found = atlas.classifications["label"]
    assert f"{100 * found.accuracy:.1f}% ± {100 * found.accuracy_error:.1f} of 7" in words
    assert found.sentences()[0] in words
    assert "On the map t-SNE, " in words
    for layout in atlas.layouts.values():
        assert f"Neighbours kept {layout.quality['kept']:.2f}" in words
    for cluster in atlas.clusters:
        assert f"{cluster.name} {len(cluster.members)} {cluster.strength.mean():.0%}" in words
    assert "copy of 1.png" in words
    assert "layout tsne perplexity" in words


def test_nobody_s_folders_stand_in_print(atlas: ba.Atlas, tmp_path: Path) -> None:
    atlas.report(tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text("utf-8")
    assert str(atlas.folder.parent) not in text
    assert "onnx:colours.onnx" in text


def test_other_labels_can_be_looked_at(atlas: ba.Atlas, tmp_path: Path) -> None:
    atlas.report(tmp_path / "report.html", label="floor")
    assert atlas.classifications["floor"].sentences()[0] in words_of(tmp_path / "report.html")
    with pytest.raises(ba.QueryError, match="--label age: the metadata has no such column"):
        atlas.report(tmp_path / "report.html", label="age")


def test_a_single_picture_has_a_report(tmp_path: Path) -> None:
    model = f"onnx:{save_colour_network(tmp_path / 'colours.onnx')}"
    draw(tmp_path / "one" / "hall.png", "hall", 0)
    alone = ba.build(
        tmp_path / "one", tmp_path / "one.atlas", settings=ba.Settings(model=model, workers=1)
    )
    words = words_of(alone.report(tmp_path / "report.html"))
    assert "1 picture, arranged by likeness" in words
    assert "Nobody has said of what class the pictures are" in words
    assert "No picture is there more than once." in words
