"""Whether classes hold together, in the vectors and on a map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.classification import Space
from bilderatlas.analysis.labels.shuffling import SHUFFLES, chance_of
from bilderatlas.analysis.quality import (
    beside,
    silhouettes_of_map,
    silhouettes_of_vectors,
    vote,
)
from bilderatlas.analysis.quality.beside import placed
from bilderatlas.analysis.quality.kept import nearest_placed
from bilderatlas.types import BoolArray, Float32Array, Int32Array, Neighbours

__all__ = ["VECTORS", "measure_map", "measure_vectors"]

VECTORS = "vectors"
"""Name of the space that is no map."""

_NEAREST = 10
_SAMPLE = 1_000


def measure_vectors(
    vectors: npt.NDArray[Any],
    neighbours: Neighbours,
    codes: Int32Array,
    single: BoolArray,
    *,
    random_state: int = 0,
) -> Space:
    """Measure how classes hold together by cosine similarity.

    Copies of a picture would agree with each other on any label, so one of them counts for all.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    neighbours
        The graph of the n items.
    codes
        Shape (n,), int32: the number of each item's class, negative for none.
    single
        Shape (n,): which items count, one of each group of duplicates.
    random_state
        Seed of the sample whose labels are shuffled.
    """
    return _measure(
        VECTORS,
        vectors,
        silhouettes_of_vectors,
        nearest_placed(neighbours, single)[:, :_NEAREST],
        codes,
        single,
        random_state,
    )


def measure_map(
    name: str,
    positions: npt.NDArray[Any],
    codes: Int32Array,
    single: BoolArray,
    *,
    random_state: int = 0,
) -> Space:
    """Measure how classes hold together on the layout of this name, as `measure_vectors` does.

    ``positions`` has shape (n, 2); items without a place (NaN) do not count.
    """
    positions = np.where(single[:, None], positions, np.nan)
    return _measure(
        name,
        positions,
        silhouettes_of_map,
        beside(positions, _NEAREST),
        codes,
        placed(positions),
        random_state,
    )


def _measure(
    name: str,
    space: npt.NDArray[Any],
    silhouettes: Callable[[npt.NDArray[Any], Int32Array], Float32Array],
    nearest: Int32Array,
    codes: Int32Array,
    there: BoolArray,
    random_state: int,
) -> Space:
    classes = int(codes.max()) + 1
    codes = np.where(there, np.maximum(codes, -1), -1).astype(np.int32)
    votes = vote(nearest, codes)
    of_items = silhouettes(space, codes)
    rows = np.flatnonzero(codes >= 0)
    sizes = np.bincount(codes[rows], minlength=classes).astype(np.float64)
    n = len(rows)
    random = np.random.default_rng(random_state)
    drawn = np.sort(random.permutation(rows)[:_SAMPLE])
    few, own = space[drawn], codes[drawn]
    shuffled = [_mean(silhouettes(few, random.permutation(own))) for _ in range(SHUFFLES)]
    return Space(
        name=name,
        agreement=_mean(votes.share),
        agreement_by_chance=float((sizes * (sizes - 1)).sum() / max(1, n * (n - 1))),
        votes=_mean(votes.right),
        silhouette=_mean(of_items),
        chance=chance_of(_mean(silhouettes(few, own)), shuffled),
        silhouettes=tuple(_mean(of_items[codes == code]) for code in range(classes)),
    )


def _mean(values: Float32Array) -> float:
    """Return the mean of the numbers among ``values``; 0 if there are none."""
    known = values[np.isfinite(values)].astype(np.float64)
    return float(known.mean()) if len(known) else 0.0
