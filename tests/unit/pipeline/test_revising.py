"""Layouts that are asked for after the build."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import bilderatlas as ba
from bilderatlas.errors import AtlasError, LayoutError


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    random = np.random.default_rng(0)
    rows = ["filename,kind"]
    for number in range(24):
        colour = random.integers(0, 255, 3)
        noise = random.integers(0, 40, (60, 80, 3))
        Image.fromarray(np.clip(colour + noise, 0, 255).astype(np.uint8)).save(
            folder / f"{number:02d}.png"
        )
        rows.append(f"{number:02d}.png,{'ab'[number % 2]}")
    (folder / "metadata.csv").write_text("\n".join(rows))
    return folder


def build(pictures: Path) -> ba.Atlas:
    return ba.build(pictures, pictures.with_suffix(".atlas"))


def shown(atlas: ba.Atlas) -> list[str]:
    manifest = json.loads((atlas.site / "manifest.json").read_text())
    return [layout["name"] for layout in manifest["layouts"]]


def test_a_layout_that_is_asked_for_is_kept_measured_and_published(pictures: Path) -> None:
    atlas = build(pictures)
    first = shown(atlas)
    made = atlas.layout("pca")
    assert made.positions.shape == (24, 2)
    assert 0 <= made.quality["kept"] <= 1
    assert shown(atlas) == [*first, "pca"]
    assert ba.open(atlas.folder).layouts["pca"].quality == made.quality


def test_only_a_map_of_likeness_can_misplace_a_picture(pictures: Path) -> None:
    atlas = build(pictures)
    pca = atlas.layout("pca")
    assert np.array_equal(pca.of_items["misplaced"] == 1, pca.of_items["kept"] == 0)
    assert "misplaced" not in atlas.layout("facet", by="kind").of_items


def test_an_asked_layout_follows_the_collection(pictures: Path) -> None:
    build(pictures).layout("facet", by="kind")
    Image.new("RGB", (50, 50), (200, 20, 20)).save(pictures / "new.png")
    again = build(pictures)
    assert len(again.layouts["facet"].positions) == 25
    texts = [text for text, *_ in again.layouts["facet"].backdrop.texts]
    assert any("no kind" in text for text in texts)


def test_an_asked_layout_is_not_made_twice(pictures: Path) -> None:
    atlas = build(pictures)
    atlas.layout("grid")
    before = atlas.record.stages["layout grid"]
    again = build(pictures)
    assert again.record.stages["layout grid"] == before
    assert again.summary is not None
    assert again.summary.seconds == {}


def test_a_layout_whose_column_is_gone_is_left_out_and_the_build_goes_on(pictures: Path) -> None:
    build(pictures).layout("facet", by="kind", name="kinds")
    (pictures / "metadata.csv").unlink()
    again = build(pictures)
    assert "kinds" not in again.layouts
    assert "kinds" not in shown(again)


def test_a_layout_may_be_built_on_one_that_was_asked_for_later(pictures: Path) -> None:
    atlas = build(pictures)
    atlas.layout("grid")
    atlas.layout("pca")
    again = atlas.layout("grid", base="pca")
    assert again.parameters["base"] == "pca"
    before = again.positions
    atlas.layout("tsne", name="pca", perplexity=3)  # in the place of the other
    assert not np.array_equal(atlas.layouts["grid"].positions, before)


def test_layouts_that_are_built_on_each_other_are_refused(pictures: Path) -> None:
    atlas = build(pictures)
    atlas.layout("grid")
    atlas.layout("apart", base="grid")
    with pytest.raises(LayoutError, match="There is no layout 'apart'"):
        atlas.layout("grid", base="apart")
    with pytest.raises(LayoutError, match="There is no layout 'apart'"):
        atlas.layout("apart", base="apart")
    assert list(ba.open(atlas.folder).layouts)[-2:] == ["grid", "apart"]


def test_a_layout_is_not_made_anew_for_another_that_it_is_not_built_on(pictures: Path) -> None:
    atlas = build(pictures)
    atlas.layout("pca")
    atlas.layout("grid")
    version = atlas.record.stages["layout grid"].version
    atlas.remove_layout("pca")
    assert atlas.record.stages["layout grid"].version == version
    assert "layout pca" not in atlas.record.timings


def test_a_parameter_that_makes_no_sense_is_answered_in_a_sentence(pictures: Path) -> None:
    atlas = build(pictures)
    for wrong in (
        {"learning_rate": float("nan")},
        {"random_state": -1},
        {"n_iter": "many"},
        {"perplexity": float("inf")},
    ):
        with pytest.raises(LayoutError, match=f"{next(iter(wrong))}.*"):
            atlas.layout("tsne", **wrong)
    assert "tsne-2" not in ba.open(atlas.folder).layouts


def test_what_cannot_be_made_leaves_the_atlas_as_it_was(pictures: Path) -> None:
    atlas = build(pictures)
    before = (atlas.folder / "atlas.json").read_text()
    with pytest.raises(LayoutError, match="no column 'nothing'"):
        atlas.layout("facet", by="nothing")
    with pytest.raises(LayoutError, match="draws the layout 'tsne' itself"):
        atlas.layout("pca", name="tsne")
    assert (atlas.folder / "atlas.json").read_text() == before
    assert atlas.layout("pca").kind == "pca"


def test_a_layout_is_forgotten_with_its_table(pictures: Path) -> None:
    atlas = build(pictures)
    atlas.layout("pca")
    atlas.remove_layout("pca")
    assert "pca" not in shown(atlas)
    assert not (atlas.folder / "layout-pca.lance").exists()
    with pytest.raises(LayoutError, match="no layout 'pca' to remove"):
        atlas.remove_layout("pca")


def test_an_interrupted_build_goes_first(pictures: Path) -> None:
    atlas = build(pictures)
    (atlas.folder / "pending.json").write_text((atlas.folder / "atlas.json").read_text())
    with pytest.raises(AtlasError, match="end that first"):
        atlas.layout("pca")
