"""Different pictures that most likely show the same thing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import BoolArray, LookAlikes, Neighbours

__all__ = ["LOOK_ALIKE", "find_look_alikes"]

LOOK_ALIKE = 0.85
"""Cosine similarity of look-alikes.

Measured on 2,140 property photographs with EfficientNet-Lite2. The front of one house from two
places is at 0.87, one room of a house from two angles at 0.81…0.83, and so are many kitchens of
different houses. 0.85 leaves one pair for each ten photographs, 0.80 three for each photograph:
more than a person looks through.
"""


def find_look_alikes(
    neighbours: Neighbours, picture: npt.NDArray[np.int64], plain: BoolArray, similarity: float
) -> LookAlikes:
    """Return pairs of pictures of at least this similarity, but for pictures of nothing.

    Parameters
    ----------
    neighbours
        The graph of the n items.
    picture
        Shape (n,): the item that stands for the picture each item is a copy of.
    plain
        Shape (n,): whether an item shows nothing at all. Plain pictures resemble each other; in a
        pile of scans there may be thousands.
    similarity
        Cosine.
    """
    item, column = np.nonzero(neighbours.similarity >= similarity)
    alike = neighbours.similarity[item, column]
    ends = np.stack([picture[item], picture[neighbours.ids[item, column]]], 1)
    ends.sort(axis=1)
    different = (ends[:, 0] != ends[:, 1]) & ~plain[ends].any(1)
    ends, alike = ends[different], alike[different]
    order = np.lexsort((ends[:, 1], ends[:, 0], -alike))
    _, first = np.unique(ends[order], axis=0, return_index=True)
    kept = order[np.sort(first)]
    return LookAlikes(ends[kept].astype(np.int32), alike[kept].astype(np.float32))
