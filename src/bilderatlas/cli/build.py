"""``bilderatlas build``: from pictures to an atlas."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote

import click

from bilderatlas.atlas import Atlas
from bilderatlas.atlas import build as build_atlas
from bilderatlas.cli.numbers import SEED, Finite
from bilderatlas.cli.progress import Bars, Lines
from bilderatlas.pipeline.build import Summary
from bilderatlas.pipeline.progress import Progress, Silent
from bilderatlas.pipeline.settings import Settings

__all__ = ["build", "closing_lines", "counted", "shown"]

_DEFAULTS = Settings()
_SHOWN_PROBLEMS = 3
_STAGES = {
    "items": "reading",
    "neighbours": "neighbours",
    "layouts": "map",
    "clusters": "clusters",
    "duplicates": "duplicates",
    "structure": "structure",
    "oddities": "oddities",
    "site": "site",
}


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="NAME.atlas",
    help="The atlas folder. [default: named after SOURCE, in the current folder]",
)
@click.option("--title", help="Title of the map. [default: the atlas's name]")
@click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Table with a 'filename' column. [default: metadata.csv in SOURCE, if there]",
)
@click.option(
    "--label",
    metavar="COLUMN",
    help="Metadata column that holds the class. [default: label, else category]",
)
@click.option(
    "--model",
    default=_DEFAULTS.model,
    show_default=True,
    help="Network: a name of the registry, or onnx:FILE.",
)
@click.option(
    "--index",
    type=click.Choice(["exact", "ivf", "annoy"]),
    help="How neighbours are searched. [default: exact, above 20,000 pictures ivf]",
)
@click.option(
    "--perplexity",
    type=Finite(min=1),
    default=_DEFAULTS.perplexity,
    show_default=True,
    help="About how many neighbours a picture's place depends on.",
)
@click.option(
    "--resolution",
    type=Finite(min=0.01),
    default=_DEFAULTS.resolution,
    show_default=True,
    help="Of the clusters: higher makes more and smaller ones.",
)
@click.option(
    "--seed",
    type=SEED,
    default=_DEFAULTS.random_state,
    show_default=True,
    help="Of everything random.",
)
@click.option(
    "--max-pixels",
    type=click.IntRange(min=1),
    default=_DEFAULTS.max_pixels,
    show_default=True,
    help="Pictures with more pixels than this are not decoded.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=_DEFAULTS.workers,
    help="Threads that read pictures. [default: one a core]",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
def build(
    source: Path,
    output: Path | None,
    title: str | None,
    metadata: Path | None,
    label: str | None,
    model: str,
    index: str | None,
    perplexity: float,
    resolution: float,
    seed: int,
    max_pixels: int,
    workers: int,
    quiet: bool,
) -> None:
    """Make an atlas of the pictures in the folder SOURCE, or bring it up to date.

    A build that was interrupted goes on where it stopped; only new pictures are read.

    \b
    Example:
      bilderatlas build photos/ -o photos.atlas
    """
    settings = Settings(
        model=model,
        max_pixels=max_pixels,
        label=label,
        index=index,
        perplexity=perplexity,
        neighbours=max(_DEFAULTS.neighbours, round(3 * perplexity)),
        resolution=resolution,
        random_state=seed,
        workers=workers,
    )
    try:
        atlas = build_atlas(
            source, output, metadata=metadata, title=title, settings=settings, progress=shown(quiet)
        )
    except KeyboardInterrupt:
        click.echo("Stopped; the same command goes on from here.", err=True)
        sys.exit(1)
    if not quiet:
        click.echo(closing_lines(atlas))


def shown(quiet: bool) -> Progress:
    """Return what shows the stages: bars on a terminal, lines elsewhere."""
    if quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


def closing_lines(atlas: Atlas) -> str:
    """Return what was made, how long it took, what could not be read, and what to type next."""
    summary = atlas.summary
    assert summary is not None, "only a build has a summary"
    lines = [_made(atlas, summary), _times(summary)]
    found = atlas.record.measured["neighbours"]
    if "recall" in found:
        lines += [
            f"Neighbours by {found['index']}: {found['recall']:.1%} of the {found['recall_at']} "
            "nearest are found."
        ]
    if summary.problems:
        lines += [f"{counted(len(summary.problems), 'input')} could not be used:"]
        lines += [f"  {p.uri}: {p.reason}" for p in summary.problems[:_SHOWN_PROBLEMS]]
        lines += [f"  all of them, with reasons: {atlas.folder / 'problems.parquet'}"]
    if summary.others:
        lines += [f"{counted(summary.others, 'other file')} in the folder, not pictures."]
    return "\n".join([*lines, f"Next: bilderatlas serve {quote(str(atlas.folder))}"])


def _made(atlas: Atlas, summary: Summary) -> str:
    text = (
        f"{atlas.folder}: {counted(summary.items, 'picture')} on a map, "
        f"{counted(summary.clusters, 'cluster')}"
    )
    if summary.duplicate_groups:
        text += f", {counted(summary.duplicate_groups, 'group')} of duplicates"
    done = summary.ingestion
    changes = [
        f"{count:,} {word}"
        for count, word in ((done.read, "read"), (done.known, "known"), (done.dropped, "dropped"))
        if count
    ]
    return f"{text} ({', '.join(changes) or 'no picture has changed'})."


def _times(summary: Summary) -> str:
    total = f"{summary.total_seconds:.1f} s"
    stages = [
        f"{word} {summary.seconds[stage]:.1f} s"
        for stage, word in _STAGES.items()
        if stage in summary.seconds
    ]
    return f"Took {total}: {', '.join(stages)}." if stages else f"Up to date ({total})."


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: ``1 picture``, ``1,200 pictures``."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
