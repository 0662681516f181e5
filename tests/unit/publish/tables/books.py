"""Small books for the tests of their formats."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from bilderatlas.publish.tables.book import Book
from bilderatlas.publish.tables.similar import AskedFor, Collection, neighbours_book, similar_book
from bilderatlas.types import Neighbours

URIS = ["attic/=1+1.jpg", 'attic/<b>"&.jpg', "cellar/ö, \n.jpg", "cellar/\x01語.jpg", "e.jpg"]
"""Names as files may have them."""

LABELS: list[str | None] = ["attic", "attic", "cellar", "cellar", None]
COLOURS = ["red", "lime", "blue", "white", "black", "yellow"]


def thumbnail(number: int, size: tuple[int, int] = (128, 96)) -> bytes:
    """Return a JPEG all of one colour, another one for each number."""
    buffer = io.BytesIO()
    Image.new("RGB", size, COLOURS[number]).save(buffer, "JPEG")
    return buffer.getvalue()


def thumbnails(numbers: Sequence[int]) -> list[bytes]:
    """Return the pictures of these numbers."""
    return [thumbnail(number) for number in numbers]


def collection(labels: Sequence[str | None] | None = LABELS) -> Collection:
    """Return five pictures: two of each label, one without."""
    return Collection("attic", URIS, "room" if labels else None, labels, thumbnails)


def one_answer(labels: Sequence[str | None] | None = LABELS) -> Book:
    """Return what is like a file outside the collection, and unlike the last item."""
    found = Neighbours(np.array([[1, 0, 3]], np.int32), np.array([[1, 0.91234, -0.5]], np.float32))
    asked = [AskedFor(5, "out/side.jpg", False), AskedFor(4, URIS[4], True)]
    facts = {"similarity": "cosine"}
    return similar_book(collection(labels), asked, found, ["exact", "same picture", ""], facts)


def all_neighbours(labels: Sequence[str | None] | None = LABELS) -> Book:
    """Return the two neighbours of each of the five; the first two are one picture."""
    ids = np.array([[1, 2], [0, 2], [3, 0], [2, 4], [0, 1]], np.int32)
    similarity = np.array([[1, 0.5]] * 5, np.float32)
    relations = np.full((5, 2), "", "U12")
    relations[[0, 1], 0] = "same picture"
    return neighbours_book(
        collection(labels),
        Neighbours(ids, similarity),
        relations,
        {"similarity": "cosine"},
        shared=np.array([1, 1, 1, 1, 0], np.int32),
        between=np.array([[2, 2, 0], [1, 2, 1], [2, 0, 0]], np.int64),
        classes=["attic", "cellar"],
    )
