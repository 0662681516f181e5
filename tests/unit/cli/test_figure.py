"""``bilderatlas figure``, as it is typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from tests.unit.pipeline.rooms import build_rooms

import bilderatlas as ba
from bilderatlas.cli import commands
from bilderatlas.cli.figure import _KINDS
from bilderatlas.errors import FigureError
from bilderatlas.pipeline import drawing
from bilderatlas.store import Store


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rooms(tmp_path_factory.mktemp("figure")).folder


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, ["figure", *map(str, words)])


def test_each_kind_can_be_typed() -> None:
    assert list(_KINDS) == list(drawing._KINDS)


def test_a_figure_is_written_and_its_title_is_said(atlas: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    result = typed(
        atlas, "scatter", "-o", file, "--size", "5x4", "--dpi", "60", "--only", "bath, hall"
    )
    assert result.output.splitlines()[-1] == f"{file}: rooms: 7 of 8 pictures by label"
    with Image.open(file) as image:
        assert image.size == (300, 240)
    assert typed(atlas, "scatter", "-o", file, "--size", "5x4", "-q").output == ""


def test_a_name_that_holds_a_comma_can_be_typed(atlas: Path, tmp_path: Path) -> None:
    (cluster, *_) = ba.open(atlas).clusters
    named = [replace(cluster, name="bed, couch")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "read_clusters", lambda store, version: named)
        file = tmp_path / "c.svg"
        assert typed(atlas, "clusters", "-o", file, "--only", '"bed, couch"').exit_code == 0
        wrong = typed(atlas, "clusters", "-o", file, "--only", "bed, couch")
        assert str(wrong.exception).endswith('choose from "bed, couch".')
    assert typed(atlas, "scatter", "-o", tmp_path / "s.svg", "--only", ",").exit_code == 2


def test_perplexities_can_be_given_several_times(atlas: Path, tmp_path: Path) -> None:
    words = ["--perplexity", "2", "--perplexity", "1.5", "--iterations", "260"]
    result = typed(atlas, "perplexities", "-o", tmp_path / "p.svg", *words)
    assert "2 perplexities and 260 iterations" in result.output


def test_an_option_of_another_kind_is_refused(atlas: Path, tmp_path: Path) -> None:
    result = typed(atlas, "confusion", "-o", tmp_path / "c.png", "--overlap", "all")
    assert isinstance(result.exception, FigureError)
    assert "the figure 'confusion' has no such option; it takes colour" in str(result.exception)
    assert typed(atlas, "pie", "-o", tmp_path / "c.png").exit_code == 2
