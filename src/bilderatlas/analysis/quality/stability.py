"""Stability: whether a map would be another one if it were drawn again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bilderatlas.analysis.quality.beside import beside, placed
from bilderatlas.analysis.quality.kept import kept
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["stability"]


def stability(
    positions: Float32Array, others: Sequence[Float32Array], k: int = 10
) -> tuple[float, Float32Array]:
    """Return what share of those beside each item on a map are beside it on other maps too.

    Parameters
    ----------
    positions
        Shape (n, 2): the map; NaN for an item that has no place.
    others
        Maps of the same items, each of shape (n, 2): drawn from other seeds, or with other
        perplexities. At least one.
    k
        How many beside an item are looked at.

    Returns
    -------
    mean
        Over the items that have a place and all other maps; 1 where nobody stands beside another.
    of_item
        Shape (n,), float32, in 0…1: the mean over the other maps; NaN without a place.
    """
    ids = beside(positions, k)
    here = Neighbours(ids, np.zeros(ids.shape, np.float32))
    survived = [kept(here, other, k) for other in others]
    of_item = np.stack([each for _, each in survived]).mean(axis=0, dtype=np.float64)
    of_item = np.where(placed(positions), of_item, np.nan).astype(np.float32)
    return float(np.mean([mean for mean, _ in survived])), of_item
