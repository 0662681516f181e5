"""Chapter 8: how it was made, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bilderatlas.publish.report.blocks import Block, Heading, Section, Table, Text
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.wording import counted, duration, percent

__all__ = ["section_of_making"]


def section_of_making(content: ReportContent) -> Section:
    """Name every parameter, version and time, and what was not measured."""
    making = content.making
    parameters = [
        (stage, name, _said(value))
        for stage, of_stage in making.parameters.items()
        for name, value in of_stage.items()
    ]
    for each in content.maps:
        parameters += [
            (f"layout {each.layout.name}", name, _said(value))
            for name, value in each.layout.parameters.items()
        ]
    blocks: list[Block] = [
        Text(
            "With the same pictures, parameters and versions the same machine draws the same "
            "atlas again."
        ),
        Table("Every parameter of every stage", ("Stage", "Parameter", "Value"), parameters),
        Table("Versions", ("Program", "Version"), list(making.versions.items())),
        Table(
            "How long each stage took when it was last run",
            ("Stage", "Time"),
            [(stage, duration(seconds)) for stage, seconds in making.timings.items()],
            (1,),
        ),
        Heading("What is not known"),
        *(Text(sentence) for sentence in _unknown(content)),
    ]
    return Section("making", "How it was made", blocks)


def _unknown(content: ReportContent) -> Iterator[str]:
    yield (
        "Likeness is what one network sees. It has learnt from photographs of things, and may "
        "overlook what matters to you, as a hand, a date or a maker."
    )
    making = content.making
    if making.recall is not None:
        yield (
            f"The nearest pictures were found by the index {making.index}, which finds "
            f"{percent(making.recall)} of the true ones."
        )
    elif making.index == "exact":
        yield "The nearest pictures were found by comparing each with each: none was overlooked."
    else:
        yield (
            f"The nearest pictures were found by the index {making.index}; how many of the true "
            "ones it misses was not measured."
        )
    n = len(content.items)
    dateless = content.items.column("taken_at").null_count
    if dateless == n:
        yield "When the pictures were taken is not known."
    elif dateless:
        yield f"When {counted(dateless, 'picture')} of {n:,} {_were(dateless)} taken is not known."
    if content.classes is None:
        yield "Nobody has said of what class the pictures are, so nothing is said of classes."
    elif unlabelled := n - content.classes.labelled:
        yield f"The {content.classes.label} of {counted(unlabelled, 'picture')} is not known."
    if content.structure.verdict == "unknown":
        yield "Whether the clusters are real cannot be told of so few pictures."
    if content.problems:
        yield (
            f"What {counted(len(content.problems), 'file')} that could not be used would "
            "have added is not known."
        )


def _were(n: int) -> str:
    return "was" if n == 1 else "were"


def _said(value: Any) -> str:
    if value is None:
        return "as suits the pictures"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_said(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)
