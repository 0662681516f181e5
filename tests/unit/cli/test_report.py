"""``bilderatlas report``, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.pipeline.rooms import build_rooms

from bilderatlas.cli import commands
from bilderatlas.errors import ExportError


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rooms(tmp_path_factory.mktemp("report")).folder


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, ["report", *map(str, words)])


def test_a_report_says_where_it_is_and_how_large(atlas: Path, tmp_path: Path) -> None:
    result = typed(atlas, "-o", tmp_path / "report.html", "--label", "floor")
    assert result.exit_code == 0
    assert f"{tmp_path / 'report.html'}: 0." in result.output
    assert "By chance" in (tmp_path / "report.html").read_text("utf-8")


def test_quietly_it_says_nothing(atlas: Path, tmp_path: Path) -> None:
    assert typed(atlas, "-q", "-o", tmp_path / "report.html").output == ""


def test_what_is_no_page_is_refused(atlas: Path, tmp_path: Path) -> None:
    assert isinstance(typed(atlas, "-o", tmp_path / "report.pdf").exception, ExportError)
    assert typed(atlas).exit_code == 2
