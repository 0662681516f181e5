"""``bilderatlas layout``: another arrangement of the same pictures."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.build import shown
from bilderatlas.cli.numbers import SEED, Finite
from bilderatlas.types import Layout

__all__ = ["layout"]

_KINDS = ("tsne", "umap", "pacmap", "pca", "apart", "grid", "facet", "time", "map", "xy")


def _number_or_text(text: str) -> Any:
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text.lower(), text)


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.option("--name", help="Of the layout. [default: its kind]")
@click.option(
    "--perplexity",
    type=Finite(min=1),
    multiple=True,
    help="Of tsne; given several times, several at once.",
)
@click.option("--n-iter", type=click.IntRange(min=1), help="Of tsne: iterations, at most.")
@click.option(
    "--learning-rate",
    type=Finite(min=0, min_open=True),
    help="Of tsne. [default: by the number of pictures]",
)
@click.option("--supervised", metavar="COLUMN", help="Of tsne: the classes are drawn in.")
@click.option("--by", metavar="COLUMN", help="Of facet: a box for each value. Of time: the date.")
@click.option("--base", metavar="LAYOUT", help="Of apart, grid, facet: the layout to build on.")
@click.option("--x", metavar="COLUMN", help="Of xy: numbers from left to right.")
@click.option("--y", metavar="COLUMN", help="Of xy: numbers from bottom to top.")
@click.option("--latitude", metavar="COLUMN", help="Of map. [default: what the files say]")
@click.option("--longitude", metavar="COLUMN", help="Of map. [default: what the files say]")
@click.option("--seed", "random_state", type=SEED, help="Of everything random.")
@click.option(
    "--set",
    "others",
    multiple=True,
    metavar="PARAMETER=VALUE",
    help="Any other parameter of the kind; an unknown one is answered with those there are.",
)
@click.option("--remove", metavar="NAME", help="Forget this layout instead.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
def layout(
    atlas: Path,
    kind: str | None,
    name: str | None,
    perplexity: tuple[float, ...],
    others: tuple[str, ...],
    remove: str | None,
    quiet: bool,
    **given: Any,
) -> None:
    """Arrange the pictures of ATLAS in another way, and publish that beside the map.

    tsne, umap, pacmap and pca lay out what looks alike; apart and grid move the pictures of another
    layout until none hides another; facet makes a box for each value of a column, time stacks the
    pictures over their dates, map puts them where they were taken, xy over two columns of numbers.
    Later builds keep the layout up to date.

    \b
    Example:
      bilderatlas layout photos.atlas umap
      bilderatlas layout photos.atlas tsne --perplexity 10 --perplexity 50 --name both
      bilderatlas layout photos.atlas facet --by label
      bilderatlas layout photos.atlas --remove umap
    """
    if (kind is None) == (remove is None):
        raise click.UsageError("Give a KIND of layout, or --remove NAME.")
    opened = open_atlas(atlas)
    if remove is not None:
        opened.remove_layout(remove, progress=shown(quiet))
        if not quiet:
            click.echo(f"{remove}: removed.")
        return
    parameters = {key: value for key, value in given.items() if value is not None}
    if perplexity:
        parameters["perplexity"] = perplexity[0] if len(perplexity) == 1 else list(perplexity)
    for other in others:
        parameter, equals, value = other.partition("=")
        if not equals:
            raise click.UsageError(f"--set {other}: write it as PARAMETER=VALUE.")
        parameters[parameter.replace("-", "_")] = _number_or_text(value)
    assert kind is not None, "it was checked above"
    made = opened.layout(kind, name=name, progress=shown(quiet), **parameters)
    if not quiet:
        click.echo(_said(made))
        click.echo(f"Next: bilderatlas serve {quote(str(atlas))}")


def _said(made: Layout) -> str:
    of = made.quality.get("kept_of")
    if not of:
        return f"{made.name}: drawn."
    beside, lot = of * made.quality["kept"], of * made.quality["kept_by_lot"]
    would = f"; by lot {lot:.1f} would" if lot >= 0.5 else ""
    return (
        f"{made.name}: of the {of:.0f} pictures most like one, {beside:.1f} stand beside it{would}."
    )
