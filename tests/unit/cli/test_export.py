"""``bilderatlas export``, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.pipeline.rooms import ROOMS, build_rooms

from bilderatlas.cli import commands
from bilderatlas.cli.export import _KINDS
from bilderatlas.errors import ExportError
from bilderatlas.pipeline.exporting import _WRITERS


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rooms(tmp_path_factory.mktemp("export")).folder


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, ["export", *map(str, words)])


def test_each_kind_can_be_typed() -> None:
    assert list(_KINDS) == list(_WRITERS)


def test_an_export_says_what_it_has_written(atlas: Path, tmp_path: Path) -> None:
    result = typed(atlas, "graph", "-k", "2", "-o", tmp_path / "edges.csv")
    assert result.output == f"{tmp_path / 'edges.csv'}: {len(ROOMS)} pictures\n"
    assert len((tmp_path / "edges.csv").read_text().splitlines()) == 1 + 2 * len(ROOMS)


def test_what_is_typed_wrongly_is_a_matter_of_usage(atlas: Path, tmp_path: Path) -> None:
    assert typed(atlas, "gexf", "-o", tmp_path / "x").exit_code == 2
    assert typed(atlas, "csv").exit_code == 2
    result = typed(atlas, "csv", "-k", "2", "-o", tmp_path / "x")
    assert (result.exit_code, "leave it out" in result.output) == (2, True)


def test_what_is_there_stays_there(atlas: Path, tmp_path: Path) -> None:
    assert isinstance(typed(atlas, "csv", "-o", tmp_path).exception, ExportError)
