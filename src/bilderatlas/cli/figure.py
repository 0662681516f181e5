"""``bilderatlas figure``: the atlas on paper."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.build import shown
from bilderatlas.cli.numbers import Finite

__all__ = ["figure"]

_KINDS = (
    "scatter", "thumbnails", "perplexities", "neighbours", "confusion", "clusters", "duplicates",
)  # fmt: skip


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.argument("kind", type=click.Choice(_KINDS))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The file to write: .pdf, .svg or .png.",
)
@click.option("--size", help="A4 to A0, or inches as in 7x5. [default: as suits the drawing]")
@click.option("--dpi", type=int, help="Dots per inch of pictures, and of png. [default: 300]")
@click.option("--layout", metavar="NAME", help="Of scatter and thumbnails: the layout to draw.")
@click.option(
    "--colour",
    "--color",
    metavar="COLUMN",
    help="Of scatter: what colours say, any column, 'cluster', 'folder', or a measure as 'kept'. "
    "Of thumbnails: what frames say. Of neighbours, confusion, perplexities: the classes. "
    "[default: the class; no frames]",
)
@click.option(
    "--only",
    metavar="A,B",
    help="Of scatter, thumbnails, neighbours: these classes. Of clusters: those of these names. A "
    "name that holds a comma stands in double quotes.",
)
@click.option("--hide-others", is_flag=True, help="Of scatter: others left out, not grey.")
@click.option(
    "--overlap",
    type=click.Choice(("thin", "all", "grid")),
    help="Of thumbnails: those who would hide another are left out; all are drawn; all are moved "
    "into rows and columns. [default: thin]",
)
@click.option(
    "--thumb-size", type=Finite(min=0, min_open=True), help="Long side of a picture, inches."
)
@click.option(
    "--picture",
    "pictures",
    multiple=True,
    help="Of neighbours: these pictures, and not some drawn by lot.",
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    help="Pictures of each class, clusters, or groups of duplicates. [default: 3, 12, 40]",
)
@click.option("-k", type=click.IntRange(1), help="Of neighbours: how many. [default: 8]")
@click.option(
    "--perplexity",
    "perplexities",
    type=Finite(min=1),
    multiple=True,
    help="Of perplexities; may be given several times. [default: 5, 15, 30, 50]",
)
@click.option(
    "--iterations",
    type=click.IntRange(1),
    multiple=True,
    help="Of perplexities; may be given several times. [default: 300, 600, 1000]",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
def figure(atlas: Path, kind: str, output: Path, quiet: bool, **given: Any) -> None:
    """Draw ATLAS for a paper, an appendix or a wall.

    \b
    scatter       a layout as points, coloured by any column
    thumbnails    a layout as pictures, up to a poster
    perplexities  t-SNE of several perplexities and iterations, side by side
    neighbours    pictures and those most like them, by class
    confusion     which classes are taken for which
    clusters      the exemplar and members of each cluster
    duplicates    the copies of each picture, the best marked

    \b
    Example:
      bilderatlas figure photos.atlas scatter -o map.pdf --colour label --only house,flat
      bilderatlas figure photos.atlas thumbnails -o poster.png --size A0 --overlap grid
    """
    parameters = {key: value for key, value in given.items() if value not in (None, (), False)}
    if "only" in parameters:
        (names,) = csv.reader([parameters["only"]], skipinitialspace=True)
        parameters["only"] = [name.strip() for name in names if name.strip()]
        if not parameters["only"]:
            raise click.UsageError("--only names nothing: give one name or more.")
    drawn = open_atlas(atlas).figure(kind, output, progress=shown(quiet), **parameters)
    if not quiet:
        click.echo(f"{output}: {drawn.get_label()}")
