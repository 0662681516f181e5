"""Chapter 5: outliers, and what somebody who looks after the collection wants to see."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.publish.report.blocks import Block, Gallery, Heading, Section, Text
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.report.pictures import file_name, tile
from bilderatlas.publish.wording import counted

__all__ = ["section_of_oddities"]

_OUTLIERS, _OF_FLAG = 12, 6
_OUTLIER = "outlier"

_MEANINGS = {
    "near-blank": "of one tone, with nothing to see",
    "very dark": "nearly black",
    "blurred": "without a sharp edge",
    "tiny": "too small to show much",
    "odd shape": "more than three times as long as wide",
}


def section_of_oddities(content: ReportContent) -> Section:
    """Show the strongest outliers, then the strongest of each other oddity."""
    flags = content.oddities.flags
    blocks = _outliers(content)
    strength = _strengths(content)
    for flag in flags:
        if flag == _OUTLIER:
            continue
        items = np.flatnonzero(flags[flag])
        if not len(items):
            continue
        blocks += [
            Heading(f"{flag[:1].upper()}{flag[1:]}"),
            Text(f"{counted(len(items), 'picture')} {_are(len(items))} {_MEANINGS[flag]}."),
            _gallery(content, items[np.argsort(strength[flag][items], kind="stable")][:_OF_FLAG]),
        ]
    none = [_MEANINGS[flag] for flag in flags if flag != _OUTLIER and not flags[flag].any()]
    if none:
        blocks.append(Text(f"No picture is {'; none is '.join(none)}."))
    return Section("oddities", "Outliers and oddities", blocks)


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _outliers(content: ReportContent) -> list[Block]:
    factor = content.oddities.outlier
    items = np.flatnonzero(content.oddities.flags[_OUTLIER])
    meaning = Text(
        "An outlier lies farther from the pictures nearest to it than those lie from each other. "
        "The number says how many times farther; 1 is what a picture among its like has."
    )
    if not len(items):
        return [Text("No picture lies apart from all others.", "verdict"), meaning]
    strongest = items[np.argsort(-factor[items], kind="stable")][:_OUTLIERS]
    n = len(items)
    verdict = f"{counted(n, 'picture')} {'lies' if n == 1 else 'lie'} apart from all others."
    tiles = [
        tile(content, item, [file_name(content, item), f"{factor[item]:.2f}"])
        for item in strongest.tolist()
    ]
    return [Text(verdict, "verdict"), meaning, Gallery(tiles)]


def _strengths(content: ReportContent) -> dict[str, npt.NDArray[np.float64]]:
    """Return by flag what is smaller the odder a picture is, shape (n,)."""
    columns = {
        name: content.items.column(name).to_numpy().astype(np.float64)
        for name in ("brightness", "contrast", "sharpness", "width", "height")
    }
    long = np.maximum(columns["width"], columns["height"])
    short = np.minimum(columns["width"], columns["height"])
    return {
        "near-blank": columns["contrast"],
        "very dark": columns["brightness"],
        "blurred": columns["sharpness"],
        "tiny": long,
        "odd shape": short / long,
    }


def _gallery(content: ReportContent, items: npt.NDArray[np.int64]) -> Gallery:
    return Gallery([tile(content, item, [file_name(content, item)]) for item in items.tolist()])
