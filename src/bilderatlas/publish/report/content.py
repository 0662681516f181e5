"""What a report asks for. All numbers and verdicts are ready; the report only shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
from matplotlib.figure import Figure
from PIL import Image

from bilderatlas.types import (
    Cluster,
    DuplicateGroup,
    Layout,
    LookAlikes,
    Oddities,
    Problem,
)

__all__ = [
    "ClassRow",
    "Classes",
    "Judged",
    "Making",
    "Map",
    "Measure",
    "Plate",
    "ReportContent",
    "SpaceRow",
    "Structure",
]


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure for the report; ``name`` says what it shows to those who cannot see it."""

    figure: Figure
    name: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a map: its name, value and standard error, if any, and what it means."""

    name: str
    value: float | None
    error: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Map:
    """A layout, what people call it, how far it can be believed, and a small figure of it."""

    layout: Layout
    title: str
    measures: Sequence[Measure]
    plate: Plate


@dataclass(frozen=True, slots=True)
class Structure:
    """Whether the clusters are real, in a sentence, and how well each holds: sentence, silhouette.

    ``verdict``: ``clear``, ``weak``, ``none`` or ``unknown``.
    """

    verdict: str
    sentence: str
    clusters: Sequence[tuple[str, float | None]]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """How well one class is told from the others, and its most typical pictures."""

    name: str
    items: int
    precision: float
    recall: float
    f1: float
    typical: Sequence[int]


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """How well classes hold together in the vectors or on a map: see `analysis.labels`."""

    title: str
    agreement: float
    votes: float
    silhouette: float
    chance: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A picture and what the probe says of it."""

    item: int
    given: str
    predicted: str
    probability: float
    probability_of_given: float


@dataclass(frozen=True, slots=True)
class Classes:
    """What is known of the classes of one label.

    Attributes
    ----------
    label
        The column they were taken from.
    sentences
        What a layman should know, the verdict first.
    data_or_map
        Whether it is the classes or the map, where they do not show.
    accuracy, accuracy_error, majority, shuffled
        Of the probe; of always saying the most frequent class; of a probe of shuffled labels.
    labelled, odd, likely
        How many items have a class; are predicted to be of another; and are likely mislabelled.
    at_odds, boundary
        Likely mislabelled or else at odds, the worst first; between two classes.
    confusion
        The matrix as a figure.
    """

    label: str
    sentences: Sequence[str]
    data_or_map: str
    accuracy: float
    accuracy_error: float
    majority: float
    shuffled: float
    agreement_by_chance: float
    labelled: int
    odd: int
    likely: int
    rows: Sequence[ClassRow]
    spaces: Sequence[SpaceRow]
    at_odds: Sequence[Judged]
    boundary: Sequence[Judged]
    confusion: Plate


@dataclass(frozen=True, slots=True)
class Making:
    """How it was made.

    Attributes
    ----------
    generator
        Name and version of the program.
    model
        What made the vectors.
    source
        What people call the place the pictures came from.
    built_on, drawn_on
        When the atlas was last built, and the report drawn.
    parameters
        By stage, then by name.
    versions, timings
        Of programs; seconds, by stage.
    index, recall
        What found the neighbours, and the measured share of true ones among them, if it was.
    """

    generator: str
    model: str
    source: str
    built_on: datetime
    drawn_on: datetime
    parameters: Mapping[str, Mapping[str, Any]]
    versions: Mapping[str, str]
    timings: Mapping[str, float]
    index: str
    recall: float | None


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What is known of a collection.

    Attributes
    ----------
    title
        Of the collection.
    items
        Row i is item i: ``uri``, ``width``, ``height``, ``bytes``, ``taken_at``, ``latitude``,
        ``brightness``, ``contrast``, ``sharpness``.
    columns
        Names of the metadata.
    maps
        All layouts, the site's first one first.
    map
        The first of them as pictures.
    classes
        ``None`` without labels; ``no_classes`` says why.
    picture
        ``picture(item, side)``: RGB, its long side at least ``side`` pixels if there are so many.
    """

    title: str
    items: pa.Table
    columns: Sequence[str]
    making: Making
    map: Plate
    maps: Sequence[Map]
    clusters: Sequence[Cluster]
    structure: Structure
    duplicates: Sequence[DuplicateGroup]
    look_alikes: LookAlikes
    oddities: Oddities
    problems: Sequence[Problem]
    classes: Classes | None
    no_classes: str
    picture: Callable[[int, int], Image.Image]
