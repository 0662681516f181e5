"""All that a site is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.types import (
    Cluster,
    DuplicateGroup,
    Float32Array,
    Layout,
    LookAlikes,
    Neighbours,
    Oddities,
)

__all__ = ["PlacePicture", "Said", "SiteContent", "Thumbnails"]

Thumbnails = Callable[[npt.NDArray[np.int64], int], Sequence[bytes]]
"""``thumbnails(ids, side)``: the encoded thumbnails of these items, in this order; ``side`` is 32
or 128. Called from one thread, with at most a page's items at a time."""

PlacePicture = Callable[[int, Path], bool]
"""``place_picture(id, destination)``: writes or links the picture for the lightbox, and says
whether there is one. The folder of ``destination`` exists. The site to be replaced still stands in
its place during the call, so an unchanged file may be hard-linked from there."""


Said = tuple[str, float | None, float | None, str]
"""A measure of a layout, its value, its standard error, and what that means in one sentence."""


@dataclass(frozen=True, slots=True)
class SiteContent:
    """A collection, laid out and described, ready to be published.

    Attributes
    ----------
    title
        What the visitor reads at the top.
    items
        In id order: ``id`` int32, ``key`` string, ``uri`` string, ``width``, ``height`` int32,
        ``bytes`` int64, ``taken_at`` timestamp[us] or null, ``latitude``, ``longitude`` float64 or
        null, ``suffix`` string, ``names`` list of string, ``name_scores`` list of float. With
        oddities also ``brightness``, ``contrast``, ``sharpness`` float.
    metadata
        In id order: text columns, null where the collection says nothing.
    label
        The metadata column that holds the class of an item, if there is one.
    layouts
        At least one; the first gives the site its order, and in it every item has a place.
    neighbours, clusters, duplicates
        Of the items, by id.
    priority
        Shape (n,), float32: of the items in one cell of the map, the highest represents it.
    problems
        How many inputs could not be used.
    blur
        Shape (n, 9), uint8: see `bilderatlas.types.Picture`.
    thumbnails, place_picture
        Where the pictures come from.
    generator
        Name and version of the program, as in ``bilderatlas 0.1.0``.
    look_alikes
        Pairs of items by id; ``None`` when they have not been looked for.
    oddities
        What is unusual about items, by id; ``None`` when it has not been looked for.
    index
        The kind of index that found the neighbours: ``exact``, ``ivf`` or ``annoy``.
    recall
        The share of the ten truly nearest that an index which is not exact has found; ``None``
        when it was not measured.
    sentences
        How far each layout can be believed, by its name.
    structure
        Whether the clusters are real, in a sentence.
    """

    title: str
    items: pa.Table
    metadata: pa.Table
    label: str | None
    layouts: Sequence[Layout]
    neighbours: Neighbours
    clusters: Sequence[Cluster]
    duplicates: Sequence[DuplicateGroup]
    priority: Float32Array
    problems: int
    blur: npt.NDArray[np.uint8]
    thumbnails: Thumbnails
    place_picture: PlacePicture
    generator: str
    look_alikes: LookAlikes | None = None
    oddities: Oddities | None = None
    index: str = "exact"
    recall: float | None = None
    sentences: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    structure: str | None = None
