"""``bilderatlas duplicates``: what is there twice, and which copy is the best."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.tables import form_of, put, table_options

__all__ = ["duplicates"]


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.option(
    "--look-alikes",
    is_flag=True,
    help="The pairs that look alike instead: different pictures of the same thing.",
)
@click.option(
    "--keep",
    type=click.Choice(["best"]),
    help="List the files that could go if the best copy is kept, a path a line. Deletes nothing.",
)
@table_options
def duplicates(
    atlas: Path, look_alikes: bool, keep: str | None, form: str | None, output: Path | None
) -> None:
    """List the pictures of ATLAS that are there more than once, the best copy of each marked.

    A duplicate is the same picture: the same bytes, or saved, resized, cropped a little,
    brightened, mirrored or turned anew, and compared by its pixels. The best copy is the largest,
    then the oldest, then the least compressed. Look-alikes are other pictures, never among them.

    \b
    Example:
      bilderatlas duplicates photos.atlas
      bilderatlas duplicates photos.atlas -o duplicates.html
      bilderatlas duplicates photos.atlas --keep best -o could_go.txt
    """
    if keep and (look_alikes or form):
        raise click.UsageError("--keep writes a plain list: leave out --look-alikes and --format.")
    opened = open_atlas(atlas)
    if not keep:
        form = form_of(form, output)
        put(opened.duplicates_book(look_alikes=look_alikes), form, output)
        return
    text = "".join(f"{path}\n" for path in opened.spare_files())
    if output:
        output.write_text(text, "utf-8", errors="surrogateescape")
    else:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
