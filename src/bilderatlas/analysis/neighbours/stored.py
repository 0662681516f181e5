"""Vectors by id, from where they are stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.cosine import unit
from bilderatlas.types import Float32Array

__all__ = ["Ids", "Source", "Stored"]

Ids: TypeAlias = npt.NDArray[np.int64]

Source: TypeAlias = npt.NDArray[Any] | Callable[[Ids], npt.NDArray[Any]]
"""Vectors (n, d) of any float type, in memory or mapped, or what gives the rows (m, d) of ids."""


class Stored:
    """Vectors that stay where they are, and those that came later, which are kept in memory.

    Parameters
    ----------
    source
        Where the first ``n`` vectors are.
    n
        Their number.
    """

    def __init__(self, source: Source, n: int) -> None:
        self._source = source
        self._n = n
        self._later: list[npt.NDArray[np.float16]] = []
        self._length = n

    def __len__(self) -> int:
        return self._length

    def append(self, vectors: npt.ArrayLike) -> None:
        """Add vectors, shape (m, d), at the end."""
        self._later.append(unit(vectors).astype(np.float16))
        self._length += len(self._later[-1])

    def take(self, ids: Ids) -> Float32Array:
        """Return the vectors of ``ids``, shape (m, d), scaled to length 1."""
        if not self._later:
            return unit(self._first(ids))
        later = np.concatenate(self._later)
        rows = np.empty((len(ids), later.shape[1]), np.float32)
        old = ids < self._n
        if old.any():
            rows[old] = self._first(ids[old])
        rows[~old] = later[ids[~old] - self._n]
        return unit(rows)

    def _first(self, ids: Ids) -> npt.NDArray[Any]:
        return self._source(ids) if callable(self._source) else self._source[ids]
