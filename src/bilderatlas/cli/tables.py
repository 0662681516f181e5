"""What the commands that print a table have in common: its format, and where it goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.graphics import find_drawing
from bilderatlas.publish.tables.terminal import show_book
from bilderatlas.publish.tables.writing import FORMATS, format_of, save_book, write_book

__all__ = ["form_of", "put", "table_options"]

_FOR_FILES = ("xlsx", "html")


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``--format``, as ``form``, and ``--output``."""
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Where to write the table; xlsx and html need this. [default: here]",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(tuple(FORMATS)),
            help="How to write the table. [default: as the suffix of -o says; else table]",
        ),
    ):
        command = option(command)
    return command


def form_of(form: str | None, output: Path | None) -> str:
    """Return the format that was asked for by name, or else by the suffix of the output.

    Raises
    ------
    UsageError
        If the format needs a file and there is none.
    TableError
        If the suffix is that of no format.
    """
    form = form or (format_of(output) if output else "table")
    if output is None and form in _FOR_FILES:
        raise click.UsageError(f"--format {form} needs a file to write to: add -o FILE.{form}.")
    return form


def put(book: Book, form: str, output: Path | None) -> None:
    """Write the book to its file, or print it: with pictures, on terminals that can."""
    if output is not None:
        save_book(book, output, form)
    elif form == "table" and sys.stdout.isatty():
        for line in show_book(book, find_drawing(os.environ)):
            click.echo(line)
    else:
        write_book(book, form, sys.stdout.buffer)
