"""Items joined by pairs, directly or by way of others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Groups"]


class Groups:
    """A forest over ``n`` items: each group hangs from its lowest item."""

    def __init__(self, n: int) -> None:
        self._parent = np.arange(n)

    def join(self, one: int, other: int) -> None:
        """Make the groups of two items one."""
        low, high = sorted((self._root(one), self._root(other)))
        self._parent[high] = low

    def roots(self) -> npt.NDArray[np.int64]:
        """Return the lowest item of each item's group, shape (n,)."""
        roots = self._parent
        while not np.array_equal(further := roots[roots], roots):
            roots = further
        self._parent = roots.copy()
        return roots.astype(np.int64)

    def members(self) -> list[npt.NDArray[np.int64]]:
        """Return the groups of two and more in order of their lowest item, each in id order."""
        roots = self.roots()
        order = np.argsort(roots, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(roots[order])) + 1)
        return [group for group in groups if len(group) > 1]

    def _root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = int(self._parent[item])
        return item
