"""``bilderatlas serve``: the map in the browser."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bilderatlas.atlas import open as open_atlas
from bilderatlas.server import running

__all__ = ["serve", "serve_until_stopped"]

PREFERRED_PORT = 8000


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PREFERRED_PORT,
    show_default=True,
    help="First port to try; the next free one is taken.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; 0.0.0.0 shows the map to the whole network.",
)
@click.option("--browser/--no-browser", default=True, help="Open the browser.")
def serve(atlas: Path, port: int, host: str, browser: bool) -> None:
    """Open the map of ATLAS in the browser. Ctrl-C ends it.

    \b
    Example:
      bilderatlas serve photos.atlas
    """
    serve_until_stopped(open_atlas(atlas).site, host=host, port=port, browser=browser)


def serve_until_stopped(site: Path, *, host: str, port: int, browser: bool) -> None:
    """Serve a site, say where, and wait for Ctrl-C."""
    with running(site, host=host, port=port) as address:
        click.echo(f"{site.parent.name} is at {address} (Ctrl-C ends it)")
        if browser:
            click.launch(address)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo()
