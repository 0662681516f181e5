"""Chapter 6: what the classes hold together by."""

from __future__ import annotations

from collections.abc import Sequence

from bilderatlas.publish.report.blocks import (
    Block,
    Facts,
    Gallery,
    Heading,
    Points,
    Section,
    Table,
    Text,
)
from bilderatlas.publish.report.content import Classes, Judged, ReportContent
from bilderatlas.publish.report.pictures import drawing, file_name, tile
from bilderatlas.publish.wording import counted, number, percent

__all__ = ["section_of_classes"]

_TITLE = "What the classes hold together by"
_EXEMPLARS_SHOWN = 16  # classes


def section_of_classes(content: ReportContent) -> Section:
    """Say whether the classes can be told apart, in the vectors and on the maps."""
    found = content.classes
    if found is None:
        return Section("classes", _TITLE, [Text(content.no_classes)])
    verdict, *more = found.sentences
    blocks: list[Block] = [
        Text(verdict, "verdict"),
        Text(found.data_or_map, "verdict"),
        _measures(found),
        Points(more),
        _of_classes(found),
        drawing(
            found.confusion,
            "Which class is taken for which. Rows: the class that was given; columns: what the "
            "probe says of a picture that it has not seen.",
        ),
        _of_spaces(found),
        *_at_odds(content, found),
        *_boundary(content, found),
        *_exemplars(content, found),
    ]
    return Section("classes", _TITLE, blocks)


def _measures(found: Classes) -> Facts:
    return Facts(
        [
            (
                "Told right",
                f"{percent(found.accuracy)} ± {100 * found.accuracy_error:.1f}",
                f"of {found.labelled:,} pictures whose {found.label} is known. A simple rule (a "
                "linear probe) learns the classes of four fifths of them and is asked for "
                "the others, which it has not seen, nor any copy of them.",
            ),
            (
                "By guessing",
                percent(found.majority),
                "would be right for always naming the most frequent class.",
            ),
            (
                "By chance",
                percent(found.shuffled),
                "is what the same rule learns when the classes are shuffled.",
            ),
        ]
    )


def _of_classes(found: Classes) -> Table:
    return Table(
        "How well each class is told. Right when named: of the pictures that are told to be of "
        "the class, those that are (precision). Found: of the pictures of the class, those "
        "that are told to be (recall). F1 is their mean, 1 at best.",
        (found.label, "Pictures", "Right when named", "Found", "F1"),
        [
            (
                row.name,
                f"{row.items:,}",
                percent(row.precision),
                percent(row.recall),
                f"{row.f1:.3f}",
            )
            for row in found.rows
        ],
        (1, 2, 3, 4),
    )


def _of_spaces(found: Classes) -> Table:
    return Table(
        "The classes among the pictures themselves (first row) and on each map. Of 10 nearest: how "
        f"many bear the same class, {10 * found.agreement_by_chance:.1f} if classes meant nothing. "
        "By vote: pictures whose class most of the 10 nearest bear. Silhouette: 1 if classes "
        "are compact and far apart, 0 if they lie mixed. By chance: how probable such a silhouette "
        "is when the classes are shuffled.",
        ("Where", "Of 10 nearest", "By vote", "Silhouette", "By chance"),
        [
            (
                space.title,
                f"{10 * space.agreement:.1f}",
                percent(space.votes),
                number(space.silhouette),
                f"{space.chance:.2f}",
            )
            for space in found.spaces
        ],
        (1, 2, 3, 4),
    )


def _at_odds(content: ReportContent, found: Classes) -> list[Block]:
    heading = Heading("At odds with their class")
    if not found.at_odds:
        return [heading, Text("No picture is at odds with its class.")]
    likely = (
        f"{found.likely:,} of them so clearly that they are likely mislabelled"
        if found.likely
        else "none so clearly that its label is likely to be wrong"
    )
    return [
        heading,
        Text(
            f"{counted(found.odd, 'picture')} {'looks' if found.odd == 1 else 'look'} to the probe "
            f"like another class, {likely}. The class may be wrong, or the picture odd: "
            "somebody has to look. The strongest first; framed are those likely mislabelled."
        ),
        _judged(content, found.at_odds, framed=found.likely),
    ]


def _boundary(content: ReportContent, found: Classes) -> list[Block]:
    if not found.boundary:
        return []
    return [
        Heading("Between two classes"),
        Text("These are about as much of one class as of another, whatever was given."),
        _judged(content, found.boundary),
    ]


def _judged(content: ReportContent, judged: Sequence[Judged], framed: int = 0) -> Gallery:
    return Gallery(
        [
            tile(
                content,
                each.item,
                [
                    file_name(content, each.item),
                    f"given: {each.given} ({each.probability_of_given:.0%})",
                    f"looks like: {each.predicted} ({each.probability:.0%})",
                ],
                marked=place < framed,
            )
            for place, each in enumerate(judged)
        ]
    )


def _exemplars(content: ReportContent, found: Classes) -> list[Block]:
    shown = found.rows[:_EXEMPLARS_SHOWN]
    return [
        Heading("Typical of their class"),
        Text("The pictures that the probe is surest of."),
        *(
            Gallery(
                [tile(content, item, large=not place) for place, item in enumerate(row.typical)],
                row.name,
                led=True,
            )
            for row in shown
        ),
    ]
