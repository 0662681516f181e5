"""``bilderatlas layout``, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.pipeline.rooms import ROOMS, build_rooms

from bilderatlas.cli import commands


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rooms(tmp_path_factory.mktemp("all rooms")).folder


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, ["layout", *map(str, words)])


def test_what_a_layout_keeps_is_counted_among_the_pictures_there_are(atlas: Path) -> None:
    said = typed(atlas, "pca").output
    others = len(ROOMS) - 1
    assert f"pca: of the {others} pictures most like one, " in said
    assert f"by lot {others:.1f} would." in said
    assert f"Next: bilderatlas serve '{atlas}'" in said  # its path holds a blank


def test_a_removed_layout_is_told(atlas: Path) -> None:
    typed(atlas, "pca", "--name", "gone")
    assert typed(atlas, "--remove", "gone").output.endswith("gone: removed.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("--learning-rate", "nan"),
        ("--learning-rate", "0"),
        ("--perplexity", "inf"),
        ("--seed", "-1"),
        ("--set", "n_iter"),
    ],
)
def test_a_number_that_is_none_is_a_matter_of_usage(atlas: Path, words: tuple[str, str]) -> None:
    result = typed(atlas, "tsne", *words)
    assert (result.exit_code, words[0] in result.output) == (2, True)
