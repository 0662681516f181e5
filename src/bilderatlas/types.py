"""The values that cross from one room of the house to another.

Every class is frozen. Arrays inside them are never changed in place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "BLUR_BYTES",
    "THUMBNAIL_SIDES",
    "Aspect",
    "Backdrop",
    "BoolArray",
    "Cluster",
    "DuplicateGroup",
    "Float16Array",
    "Float32Array",
    "Found",
    "Int32Array",
    "Layout",
    "LookAlikes",
    "Neighbours",
    "Oddities",
    "Picture",
    "Problem",
]

BoolArray = npt.NDArray[np.bool_]
Float16Array = npt.NDArray[np.float16]
Float32Array = npt.NDArray[np.float32]
Int32Array = npt.NDArray[np.int32]

THUMBNAIL_SIDES = (32, 128)
"""Long sides of the two thumbnails, in pixels."""

BLUR_BYTES = 9
"""A BC1 block (8 bytes) and the aspect code (1 byte)."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """The shape of a picture in one byte, so that everyone derives the same rectangle from it.

    ``code = round(128 + 32 * log2(width / height))``, clamped to 0…255: 128 is a square, 160 is
    twice as wide as high.
    """

    code: int

    @classmethod
    def of(cls, width: int, height: int) -> Aspect:
        """Return the aspect of a picture of ``width`` by ``height`` pixels."""
        return cls(min(255, max(0, math.floor(128.5 + 32 * math.log2(width / height)))))

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return float(2 ** ((self.code - 128) / 32))

    def fit(self, side: int) -> tuple[int, int]:
        """Return (width, height) in pixels of the thumbnail whose long side is ``side``."""
        if self.code >= 128:
            return side, max(1, math.floor(side / self.ratio + 0.5))
        return max(1, math.floor(side * self.ratio + 0.5)), side


@dataclass(frozen=True, slots=True)
class Found:
    """One picture file that a source has found, before anything of it is read.

    ``uri`` is what people see and what the atlas keeps (for a folder: the path below it, with
    ``/``); ``location`` is what can be opened. ``bytes`` and ``mtime_ns`` are the cheap first look
    at whether the file has changed.
    """

    uri: str
    location: str
    bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that one decode of one picture yields.

    Attributes
    ----------
    key
        Hash of the file's bytes: 128 bit BLAKE2b, 32 hexadecimal digits.
    width, height
        Pixels of the upright picture.
    taken_at, latitude, longitude
        From EXIF; ``None`` where it says nothing. Degrees, WGS 84.
    t32, t128
        JPEG thumbnails of ``Aspect.fit(32)`` and ``Aspect.fit(128)`` pixels.
    blur
        ``BLUR_BYTES`` bytes: BC1 block of the picture squeezed to 4x4, then the aspect code.
    phash
        64 bit difference hash of the upright grey picture, as an unsigned integer.
    brightness, contrast
        Mean of the luma, 0…1, and its standard deviation, 0…0.5.
    sharpness
        How steep its edges are: about 0.25 if it is all soft, 0.5 if they are clean, 1 if it is all
        noise, or plain.
    copy
        WebP of at most ``copy_side`` pixels for the lightbox, or ``None`` when the file itself can
        be shown by a browser at that size.
    suffix
        How the lightbox picture's file name ends, with its dot: that of the file, or ``.webp``.
    vector
        Shape (d,), float16, L2-normalised.
    names
        Shape (5,), int16: the classifier's most probable classes, best first; empty if it has none.
    name_scores
        Shape as ``names``, float16: their probabilities.
    """

    key: str
    width: int
    height: int
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None
    t32: bytes
    t128: bytes
    blur: bytes
    phash: int
    brightness: float
    contrast: float
    sharpness: float
    copy: bytes | None
    suffix: str
    vector: Float16Array
    names: npt.NDArray[np.int16]
    name_scores: Float16Array


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that could not be used, and why, in words for people."""

    uri: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The k nearest items of each item by cosine similarity, nearest first, itself left out.

    ``ids`` has shape (n, k), int32; ``similarity`` has shape (n, k), float32.
    """

    ids: Int32Array
    similarity: Float32Array


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is drawn under the pictures of a layout, in its coordinates.

    ``lines``: polylines of shape (m, 2), float32, as of a coast or a box. ``texts``: what is
    written, the x and y of its middle, and the height that it should have.
    """

    lines: tuple[Float32Array, ...] = ()
    texts: tuple[tuple[str, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A named arrangement of all items in the plane.

    ``positions`` has shape (n, 2), float32, y upwards; an item that has no place in this layout
    (a picture without coordinates on a geographic map) has NaN. ``quality`` maps measure names to
    values of the whole; ``of_items`` maps measure names to those of the items, shape (n,), float32,
    as ``kept``: each item's share of true neighbours that are beside it.
    """

    name: str
    kind: str
    positions: Float32Array
    parameters: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, float] = field(default_factory=dict)
    of_items: Mapping[str, Float32Array] = field(default_factory=dict)
    backdrop: Backdrop = Backdrop()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items that belong together in vector space.

    ``members`` (m,), int32, strongest first; ``strength`` (m,), float32 in 0…1: the share of a
    member's neighbour similarity that stays in the cluster.
    """

    name: str
    exemplar: int
    members: Int32Array
    strength: Float32Array


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Items that show the same picture; ``kind`` is ``exact`` (same bytes) or ``same`` (edited).

    ``members`` (m,), int32, the best copy first. ``edits``, one for each member, says in words what
    sets it apart from the best copy, as in ``mirrored`` or ``cropped, smaller``; it is empty for
    the best itself.
    """

    kind: str
    members: Int32Array
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Pairs of different pictures of the same thing. No pair is in one group of duplicates.

    ``pairs`` (p, 2), int32, the lower id first; ``similarity`` (p,), float32; most alike first.
    """

    pairs: Int32Array
    similarity: Float32Array

    @classmethod
    def none(cls) -> LookAlikes:
        """Return no pair at all."""
        return cls(np.empty((0, 2), np.int32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Oddities:
    """What is unusual about items.

    ``outlier`` (n,), float32: local outlier factor, about 1 for an item among its like. ``flags``
    maps the name of an oddity, as in ``very dark``, to who has it, shape (n,), bool.
    """

    outlier: Float32Array
    flags: Mapping[str, BoolArray]
