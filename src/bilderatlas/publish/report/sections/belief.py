"""Chapter 7: how far the map can be believed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bilderatlas.publish.report.blocks import Block, Gallery, Heading, Section, Table, Text
from bilderatlas.publish.report.content import Map, ReportContent
from bilderatlas.publish.report.pictures import file_name, tile
from bilderatlas.publish.wording import counted, number

__all__ = ["section_of_belief"]

_MISPLACED = 12
_NAMES = {
    "kept": "Neighbours kept",
    "false": "False neighbours",
    "trustworthiness": "Trustworthiness",
    "continuity": "Continuity",
    "distances_spearman": "Distances in rank",
    "distances_pearson": "Distances in step",
    "stability_seeds": "Same again from another start",
    "stability_perplexities": "Same again with another perplexity",
}
_COMPARED = ("kept", "false", "trustworthiness", "continuity", "distances_spearman")


def section_of_belief(content: ReportContent) -> Section:
    """Say for each layout how true it is, and which pictures have no good place on the first."""
    blocks: list[Block] = [
        Text(
            "No flat map can put all that is alike side by side: something is torn apart, and "
            "something is put together that does not belong. How much of that happens on each "
            "map is measured here against the pictures themselves."
        )
    ]
    if len(content.maps) > 1:
        blocks.append(_side_by_side(content.maps))
    for each in content.maps:
        blocks += _of_map(each)
    return Section("belief", "How far the map can be believed", [*blocks, *_misplaced(content)])


def _side_by_side(maps: Sequence[Map]) -> Table:
    shown = [name for name in _COMPARED if any(name in each.layout.quality for each in maps)]
    return Table(
        "All layouts side by side; what each measure says stands below. False neighbours: the "
        "fewer the better; of all others, the more the better.",
        ("Layout", *(_NAMES[name] for name in shown)),
        [(each.title, *(number(each.layout.quality.get(name)) for name in shown)) for each in maps],
        range(1, len(shown) + 1),
    )


def _of_map(drawn: Map) -> list[Block]:
    said = [Text(each.sentence, "verdict") for each in drawn.measures if each.name == "against"]
    rest = [Text(each.sentence, "note") for each in drawn.measures if each.name == "limits"]
    rows = [
        (_NAMES.get(each.name, each.name), number(each.value, each.error), each.sentence)
        for each in drawn.measures
        if each.name not in ("against", "limits")
    ]
    table = Table(f"How true {drawn.title} is", ("Measure", "Value", "What it says"), rows, (1,))
    measured = [table] if rows else [Text("There are too few pictures to measure this map.")]
    return [Heading(drawn.title), *said, *measured, *rest]


def _misplaced(content: ReportContent) -> list[Block]:
    """Show the pictures of the first map that have the fewest of their neighbours beside them."""
    first = content.maps[0]
    kept = first.layout.of_items.get("kept")
    heading = Heading("Pictures without a good place")
    if kept is None or not np.isfinite(kept).any():
        return [heading, Text("There are too few pictures to say which have no good place.")]
    lost = int((kept == 0).sum())
    of = round(first.layout.quality["kept_of"])
    if not lost:
        said = f"On {first.title} every picture has some of the {of} most like it beside it."
        return [heading, Text(said)]
    it, its = ("it", "its place says") if lost == 1 else ("them", "their places say")
    said = (
        f"On {first.title}, {counted(lost, 'picture')} {'has' if lost == 1 else 'have'} none of "
        f"the {of} pictures most like {it} beside {it}: {its} nothing. The farthest torn away "
        "first:"
    )
    worst = _worst(first, kept)[: min(lost, _MISPLACED)]
    return [
        heading,
        Text(said),
        Gallery([tile(content, item, [file_name(content, item)]) for item in worst.tolist()]),
    ]


def _worst(drawn: Map, kept: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    of_items = drawn.layout.of_items
    torn = -of_items["continuity"] if "continuity" in of_items else of_items.get("false", kept)
    return np.lexsort((-torn, np.nan_to_num(kept, nan=np.inf)))
