"""``bilderatlas export``: the atlas for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.build import counted

__all__ = ["export"]

_KINDS = ("site", "csv", "parquet", "graph", "graphml", "embedding-atlas", "projector")
_WITH_NEIGHBOURS = ("graph", "graphml", "embedding-atlas")


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.argument("kind", type=click.Choice(_KINDS))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="The file or folder to write; it must not be there yet.",
)
@click.option(
    "-k",
    "neighbours",
    type=click.IntRange(1),
    help="Neighbours of each picture in graph, graphml and embedding-atlas. [default: all kept]",
)
def export(atlas: Path, kind: str, output: Path, neighbours: int | None) -> None:
    """Write ATLAS as a file or a folder for other tools.

    \b
    site             the map, a folder for any web server
    csv, parquet     a row a picture: its facts, places, cluster, oddities and metadata
    graph            CSV, a row an edge: source_uri, target_uri, rank, similarity
    graphml          the same graph with all that is known of each picture, for Gephi
    embedding-atlas  Parquet with map, neighbours and thumbnails for Apple's Embedding Atlas:
                     embedding-atlas FILE.parquet --x projection_x --y projection_y
                     --neighbors neighbors --image image
    projector        a folder for TensorFlow's Embedding Projector: tensorboard --logdir FOLDER
                     (with pictures up to 65,536 of them)

    \b
    Example:
      bilderatlas export photos.atlas graphml -k 15 -o photos.graphml
    """
    if neighbours and kind not in _WITH_NEIGHBOURS:
        raise click.UsageError(f"-k counts neighbours, and {kind} has none: leave it out.")
    opened = open_atlas(atlas)
    opened.export(kind, output, k=neighbours)
    click.echo(f"{output}: {counted(len(opened), 'picture')}")
