"""The contract that every way of finding neighbours keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self

import numpy.typing as npt

from bilderatlas.analysis.neighbours.stored import Source
from bilderatlas.types import BoolArray, Neighbours

__all__ = ["Index"]


class Index(Protocol):
    """What can be asked who is near; the class method ``build`` makes it from vectors, (n, d).

    ``save`` writes what the index needs beside the vectors themselves; ``load`` takes the vectors
    from where they are stored, and need not read them whole.
    """

    @property
    def measure(self) -> str:
        """What ``similarity`` counts: ``cosine``, ``inner product``, or a distance.

        A distance is given with a minus sign, so that larger is always nearer.
        """

    def __len__(self) -> int:
        """Return the number of vectors in the index."""

    def query(
        self, queries: npt.ArrayLike, k: int, *, among: BoolArray | None = None
    ) -> Neighbours:
        """Return the nearest vectors of each query, nearest first, ties by lower id.

        Parameters
        ----------
        queries
            Shape (m, d), of any float type and any length.
        k
            At most this many columns; fewer if the index holds fewer vectors.
        among
            Shape (n,): which vectors may be answers; all by default.

        Returns
        -------
        Neighbours
            ``ids`` (m, min(k, n)) int32 and ``similarity`` float32. Where ``among`` leaves fewer,
            the last ids are -1 and their similarity is -inf.
        """

    def add(self, vectors: npt.ArrayLike) -> None:
        """Append vectors, shape (m, d); they take the ids from ``len(self)`` on."""

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made or replaced."""

    @classmethod
    def load(cls, folder: Path, vectors: Source) -> Self:
        """Open what ``save`` has written; ``vectors`` are those built from and all added since.

        Raises
        ------
        AtlasError
            If the folder holds no such index, or one of another number of vectors.
        """
