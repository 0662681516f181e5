"""Where items begin before a map is optimised."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours import Exact
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["amid_neighbours", "rows_and_columns"]

_PLACED_BY = 10
"""How many placed neighbours say where a new item begins."""


def amid_neighbours(
    neighbours: Neighbours, vectors: npt.NDArray[Any], old: Float32Array
) -> npt.NDArray[np.float64]:
    """Return a position for every item: its old one, or the mean of its placed neighbours'.

    Items whose neighbours are all new follow in further rounds; a group of new items that no
    placed item is near to begins at the placed item that resembles each most.

    Parameters
    ----------
    neighbours, vectors
        Of all n items.
    old
        Shape (n, 2); NaN for items that have no place yet. At least one has.
    """
    positions = old.astype(np.float64)
    placed = np.asarray(np.isfinite(positions).all(axis=1))
    while not placed.all():
        new = np.flatnonzero(~placed)
        weight = np.where(
            placed[neighbours.ids[new]], np.maximum(neighbours.similarity[new], 1e-6), 0.0
        )
        weight[np.cumsum(weight > 0, axis=1) > _PLACED_BY] = 0
        total = weight.sum(axis=1)
        reached = total > 0
        if not reached.any():
            known = np.flatnonzero(placed)
            nearest = Exact.build(vectors[known]).query(vectors[new], 1).ids[:, 0]
            positions[new] = positions[known[nearest]]
            break
        rows = new[reached]
        around = np.nan_to_num(positions[neighbours.ids[rows]])
        mean = np.einsum("mk,mkc->mc", weight[reached], around) / total[reached, None]
        positions[rows] = mean
        placed[rows] = True
    return positions


def rows_and_columns(coordinates: Float32Array) -> Float32Array:
    """Put each of a few items on a place of its own in a near-square grid, 1 apart.

    Columns by the first coordinate, rows by the second; centred on (0, 0).
    """
    positions = np.zeros((len(coordinates), 2), np.float32)
    if len(coordinates) == 0:
        return positions
    order = np.argsort(coordinates[:, 0], kind="stable")
    for x, column in enumerate(np.array_split(order, math.ceil(math.sqrt(len(order))))):
        column = column[np.argsort(coordinates[column, 1], kind="stable")]
        positions[column, 0] = x
        positions[column, 1] = np.arange(len(column))
    positions -= positions.max(axis=0) / 2
    return positions
