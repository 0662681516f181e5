"""``bilderatlas duplicates`` as people type it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.pipeline.rooms import build_rooms

from bilderatlas.cli import commands


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("duplicates")
    build_rooms(folder)
    return folder


def run(folder: Path, *words: str) -> Result:
    atlas = folder / "rooms.atlas"
    return CliRunner().invoke(commands, ["duplicates", str(atlas), *words])


def test_groups_are_listed_with_the_best_copy_marked(folder: Path) -> None:
    rows = list(csv.DictReader(run(folder, "--format", "csv").stdout.splitlines()))
    assert {row["uri"] for row in rows} == {"hall/1.png", "hall/copy of 1.png"}
    assert [row["best"] for row in rows] == ["best", ""]
    assert {row["kind"] for row in rows} == {"same bytes"}


def test_look_alikes_are_listed_apart(folder: Path) -> None:
    said = json.loads(run(folder, "--look-alikes", "--format", "json").stdout)
    (name, pairs), *others = said["tables"].items()
    assert (name, others) == ("Look-alikes", [])
    named = [{pair["uri"], pair["other_uri"]} for pair in pairs]
    assert {"hall/1.png", "hall/copy of 1.png"} not in named


def test_what_could_go_is_a_list_of_files_and_nothing_is_deleted(folder: Path) -> None:
    listed = folder / "could go.txt"
    result = run(folder, "--keep", "best", "-o", str(listed))
    assert result.exit_code == 0
    (path,) = listed.read_text().splitlines()
    assert Path(path).is_file()
    assert Path(path).parent.name == "hall"
    assert run(folder, "--keep", "best").stdout == f"{path}\n"


def test_keep_takes_no_format(folder: Path) -> None:
    result = run(folder, "--keep", "best", "--format", "csv")
    assert result.exit_code == 2
    assert "leave out --look-alikes and --format" in result.stderr
