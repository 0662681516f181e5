"""Writes docs/cli.md from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

__all__ = ["REFERENCE", "cli_reference", "commands_of"]

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"

_HEAD = """# Command line

*Written by `make docs` from the commands' own help; change it there.*
"""


def commands_of(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Yield (name, command) for each command of the group, in alphabetical order."""
    for name in sorted(group.commands):
        yield name, group.commands[name]


def cli_reference(group: click.Group, program: str) -> str:
    """Return Markdown with the help of the group and of each of its commands."""
    top = click.Context(group, info_name=program, max_content_width=100, terminal_width=100)
    parts = [_HEAD, _section(program, group.get_help(top))]
    for name, command in commands_of(group):
        context = click.Context(
            command, info_name=name, parent=top, max_content_width=100, terminal_width=100
        )
        parts.append(_section(f"{program} {name}", command.get_help(context)))
    return "\n".join(parts)


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```\n{lines}\n```\n"


if __name__ == "__main__":
    from bilderatlas.cli import commands

    REFERENCE.write_text(cli_reference(commands, "bilderatlas"), encoding="utf-8")
