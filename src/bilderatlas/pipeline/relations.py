"""Whether two pictures are one: so that duplicates are never taken for look-alikes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bilderatlas.types import DuplicateGroup, Int32Array

__all__ = ["Relations"]

_NAMES = np.array(["", "exact", "same picture"])


class Relations:
    """What the groups of duplicates say of pairs of items.

    Parameters
    ----------
    keys
        Of all items, by id.
    id_of_key
        The lowest id of the items with a key.
    groups
        The groups of duplicates, no two with a common item.
    """

    def __init__(
        self,
        keys: Sequence[str],
        id_of_key: Mapping[str, int],
        groups: Sequence[DuplicateGroup],
    ) -> None:
        self._bytes = np.array([id_of_key[key] for key in keys], np.int32)
        self._group = np.full(len(keys), -1, np.int32)
        for number, group in enumerate(groups):
            self._group[group.members] = number

    def between(self, items: Int32Array, others: Int32Array) -> npt.NDArray[np.str_]:
        """Return ``exact`` (same bytes), ``same picture`` or nothing for pairs of items.

        The two arrays of ids are broadcast against each other.
        """
        exact = self._bytes[items] == self._bytes[others]
        same = (self._group[items] == self._group[others]) & (self._group[items] >= 0)
        names: npt.NDArray[np.str_] = _NAMES[np.where(exact, 1, np.where(same, 2, 0))]
        return names
