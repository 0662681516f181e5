"""Parts of a collection that take turns at being unseen."""

from __future__ import annotations

import numpy as np

from bilderatlas.types import Int32Array

__all__ = ["deal"]


def deal(codes: Int32Array, groups: Int32Array, folds: int, *, random_state: int = 0) -> Int32Array:
    """Deal items out into folds: each class evenly, and no group torn apart.

    Parameters
    ----------
    codes
        Shape (n,), int32: the number of each item's class.
    groups
        Shape (n,), int32: items of one number, such as duplicates, stay together. A group counts
        for the class of its first item.
    folds
        How many.
    random_state
        Seed of the order in which the groups of a class are dealt.

    Returns
    -------
    ndarray
        Shape (n,), int32: each item's fold. No fold has more than one group of a class more than
        another, nor more than one group of all classes together.
    """
    _, first, group_of = np.unique(groups, return_index=True, return_inverse=True)
    shuffled = np.random.default_rng(random_state).permutation(len(first))
    in_turn = shuffled[np.argsort(codes[first][shuffled], kind="stable")]
    fold_of = np.empty(len(first), np.int32)
    fold_of[in_turn] = np.arange(len(first)) % folds
    return np.asarray(fold_of[group_of], np.int32)
