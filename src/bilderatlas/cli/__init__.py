"""The command line: one file a verb, each one thin."""

from __future__ import annotations

import sys

import click

from bilderatlas.cli.build import build
from bilderatlas.cli.classify import classify
from bilderatlas.cli.demo import demo
from bilderatlas.cli.duplicates import duplicates
from bilderatlas.cli.export import export
from bilderatlas.cli.figure import figure
from bilderatlas.cli.layout import layout
from bilderatlas.cli.report import report
from bilderatlas.cli.serve import serve
from bilderatlas.cli.similar import similar
from bilderatlas.errors import BilderatlasError

__all__ = ["commands", "main"]


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.version_option(package_name="bilderatlas", prog_name="bilderatlas")
def commands() -> None:
    """See a whole picture collection at once, and trust what you see.

    \b
    Start here:
      bilderatlas demo                  a small real collection, on a map in your browser
      bilderatlas build photos/         your pictures: makes photos.atlas
      bilderatlas serve photos.atlas    opens the map
    """


for _command in (
    build, serve, demo, similar, duplicates, layout, classify, figure, report, export,
):  # fmt: skip
    commands.add_command(_command)


def main() -> None:
    """Run the command line. Exit with 0 when all went well, 1 when it failed, 2 on wrong usage."""
    try:
        commands(prog_name="bilderatlas")
    except BilderatlasError as error:
        click.echo(f"bilderatlas: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"bilderatlas: {where}{error.strerror or error}; check the disk.", err=True)
        sys.exit(1)
