"""What is offered is documented."""

import click
import pytest

from bilderatlas.cli import commands
from cli_reference import REFERENCE, cli_reference, commands_of


def test_the_cli_reference_is_what_make_docs_writes() -> None:
    assert REFERENCE.read_text("utf-8") == cli_reference(commands, "bilderatlas"), (
        "docs/cli.md is older than the commands: run `make docs`"
    )


@pytest.mark.parametrize(("name", "command"), commands_of(commands))
def test_each_command_explains_itself_with_an_example(name: str, command: click.Command) -> None:
    assert command.help is not None
    assert "Example" in command.help
    assert f"bilderatlas {name}" in command.help


@pytest.mark.parametrize(("name", "command"), commands_of(commands))
def test_each_option_of_a_command_has_a_help_text(name: str, command: click.Command) -> None:
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
