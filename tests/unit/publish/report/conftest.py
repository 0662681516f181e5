"""A report of a small made collection, and a reader of what was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from matplotlib.figure import Figure
from PIL import Image

from bilderatlas.publish.report.content import (
    Classes,
    ClassRow,
    Judged,
    Making,
    Map,
    Measure,
    Plate,
    ReportContent,
    SpaceRow,
    Structure,
)
from bilderatlas.types import Cluster, DuplicateGroup, Layout, LookAlikes, Oddities, Problem

VOID = {"meta", "img", "br", "link"}
NO_REAL_CLUSTERS = "The map shows no real clusters: such groups would be found in any cloud."


class Page(HTMLParser):
    """What a reader finds on a page. Fails where an element is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += f" {data}"

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def plate(name: str) -> Plate:
    return Plate(Figure(figsize=(1, 1), dpi=30), name)


def made_classes() -> Classes:
    return Classes(
        label="room",
        sentences=["The classes are told apart clearly.", "Clear is bath."],
        data_or_map="Neither the data nor the map is weak.",
        accuracy=0.875,
        accuracy_error=0.031,
        majority=0.5,
        shuffled=0.512,
        agreement_by_chance=0.4,
        labelled=4,
        odd=2,
        likely=1,
        rows=[
            ClassRow("bath", 2, 0.91, 0.92, 0.915, [0, 1]),
            ClassRow("hall", 2, 0.81, 0.82, 0.815, [2]),
        ],
        spaces=[
            SpaceRow("The pictures themselves", 0.96, 0.99, 0.33, 0.05),
            SpaceRow("t-SNE", 0.71, 0.72, 0.21, 0.15),
        ],
        at_odds=[Judged(3, "hall", "bath", 0.98, 0.02), Judged(1, "bath", "hall", 0.6, 0.4)],
        boundary=[Judged(2, "hall", "hall", 0.51, 0.51)],
        confusion=plate("Which room is taken for which"),
    )


def made_content(n: int = 4, **changes: Any) -> ReportContent:
    """Return what is known of n grey pictures: one cluster, a copy, nothing odd, two classes."""
    layout = Layout(
        "tsne",
        "tsne",
        np.zeros((n, 2), np.float32),
        {"perplexity": 30.0},
        {"kept": 0.31, "kept_of": 10.0},
        {"kept": np.linspace(0, 1, n).astype(np.float32)},
    )
    whole: dict[str, Any] = {
        "title": "rooms",
        "items": pa.table(
            {
                "uri": [f"folder/{number}.png" for number in range(n)],
                "width": pa.array([640] * n, pa.int32()),
                "height": pa.array([480] * n, pa.int32()),
                "bytes": [1_500_000] * n,
                "taken_at": pa.array([None] * n, pa.timestamp("us")),
                "latitude": pa.array([None] * n, pa.float64()),
                "brightness": [0.5] * n,
                "contrast": [0.2] * n,
                "sharpness": [0.6] * n,
            }
        ),
        "columns": ["room"],
        "making": Making(
            generator="bilderatlas 0.1.0",
            model="efficientnet-lite2",
            source="the folder rooms",
            built_on=datetime(2026, 3, 1),
            drawn_on=datetime(2026, 3, 2),
            parameters={"neighbours": {"k": 90, "index": None}},
            versions={"python": "3.11.7"},
            timings={"items": 123.0},
            index="exact",
            recall=None,
        ),
        "map": plate("The pictures on a map"),
        "maps": [
            Map(layout, "t-SNE", [Measure("kept", 0.31, 0.02, "Three stay.")], plate("t-SNE"))
        ],
        "clusters": [
            Cluster("tubs", 0, np.arange(n, dtype=np.int32), np.full(n, 0.75, np.float32))
        ],
        "structure": Structure("clear", "The clusters are real.", [("A real cluster.", 0.42)]),
        "duplicates": [DuplicateGroup("same", np.array([1, 0], np.int32), ("", "cropped"))],
        "look_alikes": LookAlikes.none(),
        "oddities": Oddities(np.ones(n, np.float32), {"outlier": np.zeros(n, bool)}),
        "problems": [Problem("broken.jpg", "read", "The file is cut off.")],
        "classes": made_classes(),
        "no_classes": "",
        "picture": lambda item, side: Image.new("RGB", (side, side // 2), (item * 20, 90, 90)),
    }
    return ReportContent(**{**whole, **changes})


@pytest.fixture
def content() -> Callable[..., ReportContent]:
    return made_content
