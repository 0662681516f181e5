"""Pairs of pictures worth comparing pixel by pixel: few for each item, however many there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.plates import TURNS, turned
from bilderatlas.analysis.duplicates.resampling import resampled, squeezing
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["Pairs", "graph_pairs", "hash_pairs", "plate_hashes"]

Pairs = npt.NDArray[np.int64]
"""Shape (p, 2): item numbers, the lower first."""

_NEAREST = 10
"""Neighbours compared. Of 19,260 pictures that all have eight edits among them, each but those
turned and made grey, which the hashes find, has its next of kin among the first five."""

_BITS = 8
"""Bits of 64 in which the hashes of two pictures worth comparing may differ."""

_SORTINGS = 4
_BESIDE = 4


def graph_pairs(neighbours: Neighbours) -> Pairs:
    """Return each item with its ten nearest in vector space: crops, borders, mirrored copies."""
    ids = neighbours.ids[:, :_NEAREST]
    item, column = np.nonzero(ids >= 0)
    return _ordered(item, ids[item, column])


def hash_pairs(hashes: npt.NDArray[np.uint64]) -> Pairs:
    """Return pairs whose difference hashes are alike once one of the two is turned or mirrored.

    The hashes are sorted four times, each time from another bit on, and each way to turn each
    picture is compared with the hashes that stand next to it: alike ones share a run of bits
    with which one of the sortings begins (Charikar 2002, "Similarity estimation techniques
    from rounding algorithms", section 3). Time and memory grow as n log n, whatever the pictures.

    Parameters
    ----------
    hashes
        Shape (TURNS, n), from `plate_hashes`.
    """
    n = hashes.shape[1]
    items = np.arange(n)
    found = [np.empty((0, 2), np.int64)]
    for sorting in range(_SORTINGS):
        bits = np.uint64(sorting * 64 // _SORTINGS)
        rotated = (hashes << bits) | (hashes >> (np.uint64(64) - bits)) if sorting else hashes
        order = np.argsort(rotated[0], kind="stable")
        upright = rotated[0, order]
        for turn in range(TURNS):
            place = np.searchsorted(upright, rotated[turn])
            for step in range(-_BESIDE, _BESIDE + 1):
                beside = np.clip(place + step, 0, n - 1)
                alike = np.bitwise_count(upright[beside] ^ rotated[turn]) <= _BITS
                found.append(_ordered(items[alike], order[beside[alike]]))
    return np.unique(np.concatenate(found), axis=0)


def plate_hashes(plates: Float32Array) -> npt.NDArray[np.uint64]:
    """Return the 64-bit difference hash of each plate in each of the ways to turn it.

    Parameters
    ----------
    plates
        Shape (n, side, side).

    Returns
    -------
    ndarray
        Shape (TURNS, n), uint64: is each cell of an 8x8 grid brighter than its left one
        (N. Krawetz 2013, "Kind of Like That")?
    """
    side = plates.shape[-1]
    rows, columns = squeezing(8, side), squeezing(9, side)
    hashes = np.empty((TURNS, len(plates)), np.uint64)
    for turn in range(TURNS):
        grid = resampled(turned(plates, turn), rows, columns)
        bits = np.packbits((grid[..., 1:] > grid[..., :-1]).reshape(-1, 64), axis=1)
        hashes[turn] = bits.view(">u8")[:, 0]
    return hashes


def _ordered(one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> Pairs:
    """Return the pairs of two different items, each once."""
    pairs = np.stack([np.minimum(one, other), np.maximum(one, other)], 1).astype(np.int64)
    return np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
