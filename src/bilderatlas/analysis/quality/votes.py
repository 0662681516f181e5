"""Votes: what the neighbours of an item would call it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array, Int32Array

__all__ = ["Votes", "vote"]

_ROWS = 65_536  # items counted at a time, which bounds the memory


@dataclass(frozen=True, slots=True)
class Votes:
    """What the neighbours of the items say; NaN for an item that nobody can vote on.

    ``share`` (n,), float32: the share of labelled neighbours that have the item's label. ``right``
    (n,), float32: 1 where most of them have it, 0 where they do not. ``winner`` (n,), int32: the
    label that most have, -1 for none, also for items without a label.
    """

    share: Float32Array
    right: Float32Array
    winner: Int32Array


def vote(ids: npt.NDArray[np.integer], codes: Int32Array) -> Votes:
    """Let the neighbours of each item vote on its label (k nearest neighbours, Cover & Hart 1967).

    Parameters
    ----------
    ids
        Shape (n, k): neighbours in vector space, as ``Neighbours.ids[:, :10]``, or on a map, as
        `beside` gives them; nearest first, -1 for none.
    codes
        Shape (n,), int32: the number of each item's label, -1 for none. Who has none does not vote.

    Returns
    -------
    Votes
        Where two labels have as many votes, the one with the nearest voter wins.
    """
    n = len(codes)
    share = np.full(n, np.nan, np.float32)
    right = np.full(n, np.nan, np.float32)
    winner = np.full(n, -1, np.int32)
    if ids.shape[1] == 0:
        return Votes(share, right, winner)
    for start in range(0, n, _ROWS):
        block = slice(start, start + _ROWS)
        said = np.where(ids[block] >= 0, codes[ids[block]], -1)
        own = codes[block]
        voters = (said >= 0).sum(axis=1)
        votes = np.stack([(said == one[:, None]).sum(axis=1) for one in said.T], axis=1)
        votes[said < 0] = 0
        first = votes.argmax(axis=1)
        winner[block] = np.where(voters > 0, said[np.arange(len(said)), first], -1)
        asked = (voters > 0) & (own >= 0)
        same = (said == own[:, None]).sum(axis=1)
        share[block][asked] = same[asked] / voters[asked]
        right[block][asked] = (winner[block] == own)[asked]
    return Votes(share, right, winner)
