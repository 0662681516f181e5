"""``bilderatlas similar``, as it is typed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.pipeline.rooms import ROOMS, build_rooms

from bilderatlas.cli import commands
from bilderatlas.errors import BilderatlasError


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rooms(tmp_path_factory.mktemp("similar")).folder


def typed(atlas: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["similar", str(atlas), *words])


def test_a_pipe_gets_a_plain_table(atlas: Path) -> None:
    lines = typed(atlas, "hall/1.png", "-k", "2").output.splitlines()
    assert lines[0].split() == ["rank", "id", "uri", "similarity", "relation", "label"]
    assert lines[1].split() == ["1", "6", "hall/copy", "of", "1.png", "1.000", "exact", "hall"]
    assert len(lines) == 3


def test_every_option_of_a_question_has_its_effect(atlas: Path) -> None:
    words = ["bath/1.png", "#3", "--not", "shed/1.png", "--other", "floor=1", "-k", "5"]
    said = json.loads(typed(atlas, *words, "--format", "json", "--index", "exact").output)
    assert said["facts"] == {
        "asked": ["bath/1.png", "hall/1.png"],
        "not": ["shed/1.png"],
        "similarity": "cosine",
        "index": "exact",
        "model": said["facts"]["model"],
    }
    found = [row["uri"] for row in said["tables"]["Similar"]]
    assert set(found) == {"bath/3.png", "hall/2.png", "hall/copy of 1.png"}


@pytest.mark.parametrize("form", ["table", "csv", "json", "xml"])
def test_all_neighbours_are_printed(atlas: Path, form: str) -> None:
    output = typed(atlas, "--all", "-k", "2", "--format", form).output
    assert all(uri in output for uri in ROOMS)
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(output)))) == 2 * len(ROOMS)


def test_the_suffix_of_the_output_chooses_the_format(atlas: Path, tmp_path: Path) -> None:
    for name in ("all.xlsx", "all.html", "all.xml", "all.csv", "all.json", "all.txt"):
        result = typed(atlas, "--all", "-k", "3", "-o", str(tmp_path / name))
        assert (result.exit_code, result.output) == (0, "")
    with zipfile.ZipFile(tmp_path / "all.xlsx") as archive:
        pictures = [name for name in archive.namelist() if name.startswith("xl/media/")]
    assert len(pictures) == len(ROOMS) - 1  # the copy is the same bytes
    assert (tmp_path / "all.html").read_text().startswith("<!doctype html>")
    assert (tmp_path / "all.csv").read_text().startswith("label,id,uri")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name a PICTURE to search for, or give --all"),
        (["#1", "--all"], "Name a PICTURE to search for, or give --all"),
        (["--all", "--same", "label"], "--all takes no --not, --same or --other"),
        (["#1", "--label", "floor"], "--label goes with --all"),
        (["#1", "--format", "xlsx"], "--format xlsx needs a file to write to: add -o FILE.xlsx"),
        (["#1", "--metric", "dot"], "--metric, --trees and --search-k go with --index annoy"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(atlas: Path, words: list[str], sentence: str) -> None:
    result = typed(atlas, *words)
    assert result.exit_code == 2
    assert sentence in result.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["#1", "-o", "found.pdf"], "found.pdf: no format has this suffix"),
        (["#99"], "has no picture #99"),
        (["#1", "--same", "flor"], "--same flor: the metadata has no such column; it has label"),
        (["--all", "-k", "0"], "-k 0: ask for at least one"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    atlas: Path, words: list[str], sentence: str
) -> None:
    error = typed(atlas, *words).exception
    assert isinstance(error, BilderatlasError)
    assert sentence in str(error)
