"""Figures of an atlas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.pipeline.rooms import ROOMS, build_rooms
from tests.unit.publish.figures.conftest import text_of, tiles_of

import bilderatlas as ba
from bilderatlas.pipeline.drawing import _KINDS


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> ba.Atlas:
    return build_rooms(tmp_path_factory.mktemp("drawn"))


@pytest.mark.parametrize("kind", [kind for kind in _KINDS if kind != "confusion"])
def test_each_kind_is_drawn_and_saved_and_says_what_made_the_vectors(
    atlas: ba.Atlas, tmp_path: Path, kind: str
) -> None:
    figure = atlas.figure(kind, tmp_path / "figure.pdf", dpi=50)
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF")
    words = text_of(figure)
    assert "onnx:colours.onnx," in words
    assert str(tmp_path.parent) not in words
    assert str(figure.get_label()).startswith("rooms: ")


def test_a_scatter_is_of_the_truest_layout_by_class_unless_said_otherwise(atlas: ba.Atlas) -> None:
    words = text_of(atlas.figure("scatter"))
    assert "Layout tsne (perplexity=30" in words
    assert "hall (4)" in words
    assert "no value (1)" in words
    assert "shed (1)" in text_of(atlas.figure("scatter", colour="folder"))
    assert ">kept<" in text_of(atlas.figure("scatter", colour="kept"))


def test_a_grid_has_every_picture_and_only_those_asked_for(atlas: ba.Atlas) -> None:
    figure = atlas.figure("thumbnails", overlap="grid")
    assert sorted(tile.item for tile in tiles_of(figure)) == list(range(len(ROOMS)))
    assert "in the order of the layout tsne." in text_of(figure)
    figure = atlas.figure("thumbnails", overlap="grid", only=["bath"])
    assert sorted(tile.item for tile in tiles_of(figure)) == [0, 1, 2]


def test_a_layout_with_room_for_every_picture_is_drawn_with_every_picture(atlas: ba.Atlas) -> None:
    atlas.layout("facet", by="label")
    try:
        figure = atlas.figure("thumbnails", layout="facet")
        assert sorted(tile.item for tile in tiles_of(figure)) == list(range(len(ROOMS)))
        assert "Layout facet (" in text_of(figure)
        thinned = atlas.figure("thumbnails", layout="facet", thumb_size=3.0)
        assert len(tiles_of(thinned)) < len(ROOMS)
    finally:
        atlas.remove_layout("facet")


def test_measures_of_a_layout_are_no_parameters_in_its_caption(atlas: ba.Atlas) -> None:
    atlas.layout("apart")
    try:
        words = text_of(atlas.figure("scatter", layout="apart"))
        assert "displacement" not in words
        assert "base=tsne" in words
    finally:
        atlas.remove_layout("apart")


def test_strips_show_the_neighbours_that_the_atlas_knows(atlas: ba.Atlas) -> None:
    figure = atlas.figure("neighbours", pictures=["hall/1.png"], k=2)
    near = atlas.neighbours.ids[3, :2].tolist()
    assert [tile.item for tile in tiles_of(figure)] == [3, *near]
    assert ">same bytes<" in text_of(figure)
    by_lot = atlas.figure("neighbours", rows=2, only=["bath"])
    assert {tile.item for tile in tiles_of(by_lot)[::8]} <= {0, 1, 2}
    assert "drawn by lot" in text_of(by_lot)


def test_small_maps_say_what_each_keeps(atlas: ba.Atlas) -> None:
    figure = atlas.figure("perplexities", perplexities=[2], iterations=[260, 300])
    assert text_of(figure).count("perplexity 2, ") == 2


@pytest.mark.parametrize(
    ("kind", "parameters", "sentence"),
    [
        ("pie", {}, "There is no figure 'pie': choose one of scatter, thumbnails"),
        ("scatter", {"layout": "mds"}, "--layout mds: there is none; choose one of tsne"),
        ("scatter", {"colour": "age"}, "--colour age: there is none; choose from label, "),
        ("scatter", {"overlap": "all"}, "--overlap: the figure 'scatter' has no such option"),
        ("scatter", {"only": ["attic"]}, "--only attic: label has no 'attic'"),
        ("scatter", {"size": "A9"}, "--size A9: give A4"),
        ("neighbours", {"k": 50}, "-k 50: the atlas keeps 7 neighbours of each; ask for 1 to 7"),
        ("neighbours", {"only": ["attic"]}, "--only attic: there is no class 'attic'"),
        ("perplexities", {"iterations": [100]}, "--iterations: give numbers above 250"),
        ("perplexities", {"perplexities": [0.5]}, "--perplexity: give numbers of at least 1"),
        ("thumbnails", {"overlap": "none"}, "--overlap none: choose one of thin, all, grid"),
    ],
)
def test_what_cannot_be_drawn_is_answered_in_a_sentence(
    atlas: ba.Atlas, kind: str, parameters: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ba.FigureError) as caught:
        atlas.figure(kind, **parameters)
    assert sentence in str(caught.value)


def test_a_file_that_is_no_figure_is_refused_before_anything_is_drawn(atlas: ba.Atlas) -> None:
    with pytest.raises(ba.FigureError, match=r"map\.jpg: a figure is written as"):
        atlas.figure("scatter", "map.jpg")


def test_whoever_draws_nothing_does_not_wait_for_matplotlib() -> None:
    asked = "import sys, bilderatlas, bilderatlas.cli; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert done.stdout == "False\n"
