"""``bilderatlas classify``: whether classes can be told apart, and which labels look wrong."""

from __future__ import annotations

import json
import shlex
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from bilderatlas.atlas import Atlas
from bilderatlas.atlas import open as open_atlas
from bilderatlas.cli.build import shown

if TYPE_CHECKING:
    from bilderatlas.analysis.labels.classification import Classification
    from bilderatlas.pipeline.fine_tuning import FineTuning

__all__ = ["classify"]

_SHOWN = 10
_OF_ITEMS = {
    "given", "predicted", "probability", "probability_of_given", "margin", "mislabelled",
}  # fmt: skip
_WIDEST_MATRIX = 12  # classes above which the confusion matrix does not fit a terminal
_WIDEST_NAME = 32  # letters of a class in a table


@click.command()
@click.argument("atlas", type=click.Path(path_type=Path))
@click.option(
    "--label",
    metavar="COLUMN",
    help="Metadata column that holds the class, or 'folder'. [default: that of the build]",
)
@click.option(
    "--tags",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Take the classes from tags instead: a table with the columns key, uri, tag.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="What to print: something to read, or everything for programs.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Write a row for each picture: given, predicted, how probable, what was found.",
)
@click.option(
    "--fine-tune",
    "network",
    type=click.Path(path_type=Path),
    metavar="FILE.onnx",
    help="Retrain the network's last block on the classes, and write it. Needs the extra 'torch'.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def classify(
    atlas: Path,
    label: str | None,
    tags: Path | None,
    form: str,
    output: Path | None,
    network: Path | None,
    quiet: bool,
) -> None:
    """Ask how well the classes of ATLAS can be told apart, and which labels look wrong.

    A linear probe learns the labels of four fifths of the pictures and is asked for the others',
    five times; copies of a picture stay on one side. Pictures without a label get a suggestion.
    What is found is kept in the atlas, for its report.

    \b
    Example:
      bilderatlas classify photos.atlas --label category
      bilderatlas classify photos.atlas --label folder -o classes.csv
      bilderatlas classify photos.atlas --tags tags.csv --format json
      bilderatlas classify photos.atlas --label category --fine-tune category.onnx
    """
    opened = open_atlas(atlas)
    found = opened.classify(label, tags=tags)
    table = opened.judgements(found)
    if output is not None:
        with output.open("wb") as file:
            csv.write_csv(table, file)
    tuned = opened.fine_tune(found, network, progress=shown(quiet)) if network else None
    if form == "json":
        click.echo(_as_json(found, tuned, table))
        return
    click.echo("\n".join(_lines(found, table)))
    if tuned is not None:
        click.echo("\n".join(_of_fine_tuning(tuned, network, opened)))


def _lines(found: Classification, table: pa.Table) -> Iterator[str]:
    yield from found.sentences()
    yield from ("", *_of_classes(found, table))
    if len(found.classes) <= _WIDEST_MATRIX:
        yield from ("", *_of_confusion(found))
    for heading, ids, shape in _lists(found):
        if len(ids):
            yield from ("", heading)
            for row in table.take(ids[:_SHOWN]).to_pylist():
                yield f"  {_in_a_line(shape.format(**row))}"


def _lists(found: Classification) -> Iterator[tuple[str, npt.NDArray[np.int64], str]]:
    """Yield headings, the items below them, and what is said of each."""
    if found.is_telling:
        at_odds = found.at_odds()
        yield (
            f"Most at odds with their label ({len(at_odds):,} in all)",
            at_odds,
            "{uri}: given as {given}, looks like {predicted} ({probability:.2f}), {finding}",
        )
        yield (
            "Nearest to the boundary of two classes",
            found.boundary(),
            "{uri}: given as {given}, the two most probable classes differ by {margin:.2f}",
        )
    if found.verdict != "nothing":
        yield (
            "Suggestions for pictures without a label",
            found.suggestions(),
            "{uri}: {predicted} ({probability:.2f})",
        )


def _of_classes(found: Classification, table: pa.Table) -> Iterator[str]:
    names = _cells(found.names, "class")
    yield f"{names[-1]}  pictures  precision  recall     F1  in its middle"
    for name, each in zip(names, found.classes, strict=False):
        yield (
            f"{name}  {each.items:8,}  {each.precision:9.3f}  {each.recall:6.3f}  "
            f"{each.f1:5.3f}  {_in_a_line(str(table.column('uri')[each.medoid]))}"
        )


def _of_confusion(found: Classification) -> Iterator[str]:
    *names, corner = _cells(found.names, "given, told as")
    heads = [_shortened(name) for name in found.names]
    widths = [max(_width(head), 6) for head in heads]
    above = (" " * (wide - _width(head)) + head for head, wide in zip(heads, widths, strict=True))
    yield f"{corner}  {'  '.join(above)}"
    for name, row in zip(names, found.confusion.tolist(), strict=True):
        cells = (f"{count:{width},}" for count, width in zip(row, widths, strict=True))
        yield f"{name}  {'  '.join(cells)}"


def _cells(names: Sequence[str], heading: str) -> list[str]:
    """Return names, and the heading as the last, as cells of one width."""
    cells = [_shortened(name) for name in (*names, heading)]
    widest = max(map(_width, cells))
    return [cell + " " * (widest - _width(cell)) for cell in cells]


def _shortened(name: str) -> str:
    name = _in_a_line(name)
    return name if len(name) <= _WIDEST_NAME else f"{name[: _WIDEST_NAME - 1]}…"


def _in_a_line(text: str) -> str:
    """Return the text without line breaks and what else moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _width(text: str) -> int:
    """Return how many columns a terminal gives to a text."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _of_fine_tuning(tuned: FineTuning, network: Path | None, opened: Atlas) -> Iterator[str]:
    yield from ("", "epoch  learnt from  held out")
    for number, (seen, unseen) in enumerate(zip(tuned.seen, tuned.unseen, strict=True), 1):
        kept = "  kept" if number == tuned.best else ""
        yield f"{number:5}  {seen:11.3f}  {unseen:8.3f}{kept}"
    source, folder = opened.record.source["root"], f"{opened.folder.stem}-tuned.atlas"
    yield from ("", *tuned.sentences())
    command = ["bilderatlas", "build", source, "--model", f"onnx:{network}", "-o", folder]
    yield f"Next: {shlex.join(command)}"


def _as_json(found: Classification, tuned: FineTuning | None, table: pa.Table) -> str:
    """Return the measures, then a row for each item."""
    whole = json.loads(found.to_json())
    return json.dumps(
        {
            "verdict": found.verdict,
            "sentences": found.sentences(),
            **{name: value for name, value in whole.items() if name not in _OF_ITEMS},
            "at_odds": found.at_odds().tolist(),
            "boundary": found.boundary()[:_SHOWN].tolist(),
            "suggestions": found.suggestions().tolist(),
            "fine_tuning": tuned and asdict(tuned),
            "items": table.to_pylist(),
        },
        ensure_ascii=False,
    )
