"""Items that may not be on two sides of a split."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bilderatlas.types import DuplicateGroup, Int32Array

__all__ = ["groups_of"]


def groups_of(n: int, duplicates: Sequence[DuplicateGroup]) -> Int32Array:
    """Return a number for each of n items, shape (n,), int32, that duplicates have in common."""
    groups = np.arange(n, dtype=np.int32)
    for duplicate in duplicates:
        groups[duplicate.members] = duplicate.members.min()
    return groups
