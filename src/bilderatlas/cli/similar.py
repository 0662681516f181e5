"""``bilderatlas similar``: what is like a picture, as a table."""

from __future__ import annotations

from pathlib import Path

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.tables import form_of, put, table_options

__all__ = ["similar"]


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.argument("pictures", nargs=-1, metavar="[PICTURE]...")
@click.option(
    "--not",
    "without",
    multiple=True,
    metavar="PICTURE",
    help="A picture that answers shall be unlike; may be given several times.",
)
@click.option("-k", default=8, show_default=True, metavar="N", help="Number of answers.")
@click.option(
    "--same",
    metavar="COLUMN[=VALUE]",
    help="Only answers with the picture's value, or VALUE, in this metadata column.",
)
@click.option(
    "--other",
    metavar="COLUMN[=VALUE]",
    help="Only answers with another value in this metadata column.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="The nearest neighbours of every picture of the atlas, grouped by label.",
)
@click.option(
    "--label",
    metavar="COLUMN",
    help="With --all, metadata column that holds the class. [default: that of the build]",
)
@click.option(
    "--index",
    type=click.Choice(["exact", "ivf", "annoy"]),
    help="Search by an index of this kind, built for this. [default: that of the build]",
)
@click.option(
    "--metric",
    type=click.Choice(["angular", "euclidean", "manhattan", "hamming", "dot"]),
    help="With --index annoy: what makes pictures near. [default: angular]",
)
@click.option(
    "--trees",
    type=click.IntRange(min=1),
    help="With --index annoy: more of them miss less, and take longer.",
)
@click.option(
    "--search-k",
    type=click.IntRange(min=1),
    help="With --index annoy: how many nodes to look at; more miss less, and take longer.",
)
@table_options
def similar(
    atlas: Path,
    pictures: tuple[str, ...],
    without: tuple[str, ...],
    k: int,
    same: str | None,
    other: str | None,
    everything: bool,
    label: str | None,
    index: str | None,
    metric: str | None,
    trees: int | None,
    search_k: int | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Find the pictures of ATLAS that are most like PICTURE.

    PICTURE is a picture of the atlas (its path below the source, '#' and its id, or the beginning
    of its key) or any picture file. Of several, what they have in common is searched for. Pictures
    named are not among the answers; copies of them are, and the column 'relation' says so: 'exact'
    for the same bytes, else 'same picture'.

    \b
    Example:
      bilderatlas similar photos.atlas photos/12.jpg
      bilderatlas similar photos.atlas '#12' --format csv
      bilderatlas similar photos.atlas 12.jpg 14.jpg --not 90.jpg --same label -o found.html
      bilderatlas similar photos.atlas --all -o neighbours.xlsx
    """
    if everything == bool(pictures):
        raise click.UsageError("Name a PICTURE to search for, or give --all; not both.")
    if everything and (without or same or other):
        raise click.UsageError("--all takes no --not, --same or --other: leave them out.")
    if label and not everything:
        raise click.UsageError("--label goes with --all: leave it out.")
    given = {"metric": metric, "n_trees": trees, "search_k": search_k}
    parameters = {name: value for name, value in given.items() if value is not None}
    if parameters and index != "annoy":
        raise click.UsageError("--metric, --trees and --search-k go with --index annoy: add it.")
    form = form_of(form, output)
    opened = open_atlas(atlas)
    if everything:
        book = opened.similar_all_book(k=k, label=label, index=index, **parameters)
    else:
        book = opened.similar_book(
            pictures,
            k=k,
            without=without,
            same=same,
            other=other,
            index=index,
            **parameters,
        )
    put(book, form, output)
