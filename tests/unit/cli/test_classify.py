"""``bilderatlas classify``, as it is typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.pipeline.rooms import ROOMS, build_rooms

from bilderatlas.cli import commands


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rooms(tmp_path_factory.mktemp("classify")).folder


def typed(atlas: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["classify", str(atlas), *words])


def test_it_says_the_verdict_then_the_figures(atlas: Path) -> None:
    lines = typed(atlas).output.splitlines()
    assert "'label'" in lines[0]
    classes = lines.index("class  pictures  precision  recall     F1  in its middle")
    assert lines[classes + 1].split()[:2] == ["bath", "3"]
    assert lines[classes + 2].split()[:2] == ["hall", "4"]
    matrix = next(at for at, line in enumerate(lines) if line.startswith("given, told as"))
    assert sum(int(cell) for line in lines[matrix + 1 : matrix + 3] for cell in line.split()[1:])


def test_no_name_breaks_or_stretches_a_table(atlas: Path, tmp_path: Path) -> None:
    named = {"bath": "on\ntwo lines", "hall": f"so long {'and so on ' * 9}"}
    tags = tmp_path / "tags.csv"
    with tags.open("w", encoding="utf-8", newline="") as file:
        rows = [("", uri, named.get(uri.split("/")[0], "")) for uri in ROOMS]
        csv.writer(file).writerows([("key", "uri", "tag"), *rows])
    lines = typed(atlas, "--tags", str(tags)).output.splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("class "))
    assert lines[head + 1].startswith("on\ufffdtwo lines  ")
    assert lines[head + 2].startswith("so long and so on and so on and…  ")
    assert lines[head].index("pictures") + len("pictures") == 32 + 2 + 8


def test_programs_get_everything(atlas: Path) -> None:
    said = json.loads(typed(atlas, "--label", "folder", "--format", "json").output)
    assert said["label"] == "folder"
    assert said["left_out"] == {"shed": 1}
    assert [item["uri"] for item in said["items"]] == ROOMS
    assert said["sentences"][0]
    assert set(said["spaces"][0]) >= {"name", "agreement", "silhouette", "chance"}


def test_a_row_for_each_picture_is_written(atlas: Path, tmp_path: Path) -> None:
    output = tmp_path / "classes.csv"
    assert typed(atlas, "-o", str(output)).exit_code == 0
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["uri"] for row in rows] == ROOMS
    assert (rows[-1]["given"], rows[-1]["finding"]) == ("", "suggestion")
