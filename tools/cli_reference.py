"""Writes docs/cli.md from the commands themselves."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["REFERENCE", "cli_reference", "commands_of"]

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"

_HEAD = """# Command line

*Written by `make docs` from the commands' own help; change it there.*
"""
_WIDTH = 100


def commands_of(group: click.Group) -> list[tuple[str, click.Command]]:
    """Return (name, command) for each command of the group, in alphabetical order."""
    return sorted(group.commands.items())


def cli_reference(group: click.Group, program: str) -> str:
    """Return Markdown with the help of the group and of each of its commands."""
    top = _context(group, program)
    parts = [_HEAD, _section(program, group.get_help(top))]
    for name, command in commands_of(group):
        help_text = command.get_help(_context(command, name, top))
        parts.append(_section(f"{program} {name}", help_text))
    return "\n".join(parts)


def _context(
    command: click.Command, name: str, parent: click.Context | None = None
) -> click.Context:
    # The same width on every terminal, and no complaint about arguments that are not there.
    return command.make_context(
        name,
        [],
        parent=parent,
        resilient_parsing=True,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
    )


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```\n{lines}\n```\n"


if __name__ == "__main__":
    from bilderatlas.cli import commands

    REFERENCE.write_text(cli_reference(commands, "bilderatlas"), encoding="utf-8")
