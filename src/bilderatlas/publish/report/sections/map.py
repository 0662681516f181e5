"""Chapter 2: the map."""

from __future__ import annotations

from bilderatlas.publish.report.blocks import Block, Drawings, Heading, Section, Text
from bilderatlas.publish.report.content import Map, ReportContent
from bilderatlas.publish.report.pictures import drawing

__all__ = ["section_of_map"]


def section_of_map(content: ReportContent) -> Section:
    """Show the map as pictures, and each layout as points."""
    first = content.maps[0]
    blocks: list[Block] = [
        Text(
            "Each picture stands beside those that look like it to the network. The axes have no "
            "unit, and neither up nor left means anything: what counts is who stands beside whom."
        ),
        drawing(
            content.map,
            f"The map {first.title} as pictures. Where pictures would hide each other, the "
            "most typical ones are shown.",
        ),
        Heading("All layouts"),
        Text(
            "The same pictures in every arrangement of the atlas, each picture a point. How far "
            "each can be believed is said in the chapter 'How far the map can be believed'."
        ),
        Drawings([drawing(each.plate, _caption(each)) for each in content.maps]),
    ]
    return Section("map", "The map", blocks)


def _caption(drawn: Map) -> str:
    quality = drawn.layout.quality
    kept = quality.get("kept")
    if kept is None or quality.get("kept_by_lot", 0) >= 1:
        return f"{drawn.title}."
    return f"{drawn.title}. It keeps {kept:.0%} of the nearest pictures together."
