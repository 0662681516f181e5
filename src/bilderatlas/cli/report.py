"""``bilderatlas report``: all that is known of a collection, to be read."""

from __future__ import annotations

from pathlib import Path

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.build import shown

__all__ = ["report"]


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE.html",
    help="The file to write.",
)
@click.option(
    "--label",
    metavar="COLUMN",
    help="Metadata column that holds the class, or 'folder'. [default: that of the build, else one "
    "that was classified]",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
def report(atlas: Path, output: Path, label: str | None, quiet: bool) -> None:
    """Write what is known of ATLAS as one HTML file, for the screen and for A4 paper.

    What the collection is, its map, clusters, duplicates and oddities, what its classes hold
    together by, how far the map can be believed, and how all that was made. The file needs no
    other, no script and no network.

    \b
    Example:
      bilderatlas report photos.atlas -o report.html
      bilderatlas report photos.atlas -o report.html --label category
    """
    opened = open_atlas(atlas)
    opened.report(output, label=label, progress=shown(quiet))
    if not quiet:
        click.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")
