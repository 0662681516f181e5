"""PaCMAP on the shared neighbour graph."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.extra import imported
from bilderatlas.analysis.layouts.frame import laid_wide
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.errors import LayoutError
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["PaCMAP"]

_FEWEST = 12
"""Below this many items the package finds no pairs that are far."""


class PaCMAP:
    """PaCMAP (Wang, Huang, Rudin & Shaposhnik 2021) by pacmap, from the extra ``pacmap``.

    A preview within seconds that shows how groups lie; t-SNE keeps more neighbours.

    Parameters
    ----------
    n_neighbors
        Neighbours that an item is drawn to.
    random_state
        Seed; for its sake only one thread computes.

    Attributes
    ----------
    embedding_
        Shape (n, 2), float32: the positions.
    parameters
        What the map was made with, for JSON.
    """

    embedding_: Float32Array

    def __init__(self, *, n_neighbors: int = 10, random_state: int = 0) -> None:
        self.n_neighbors = n_neighbors
        self.random_state = random_state

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "n_neighbors": self.n_neighbors,
            "metric": "cosine",
            "random_state": self.random_state,
        }

    def fit_transform(self, neighbours: Neighbours, vectors: npt.NDArray[Any]) -> Float32Array:
        """Lay out all items, turned so that the map lies wide.

        Parameters
        ----------
        neighbours
            The graph of n items.
        vectors
            Shape (n, d), of any float type.

        Returns
        -------
        Shape (n, 2), float32, centred on (0, 0).

        Raises
        ------
        MissingExtraError
            If pacmap is not installed.
        LayoutError
            If there are fewer than 12 items, or ``n_neighbors`` is below 1.
        """
        with _alone():
            pacmap = imported("pacmap", "pacmap")
            n = len(vectors)
            if n < _FEWEST or self.n_neighbors < 1:
                raise LayoutError(
                    f"PaCMAP needs {_FEWEST} pictures and 1 neighbour at least, and was given {n} "
                    f"and {self.n_neighbors}: choose another layout."
                )
            self._vectors = np.asarray(vectors, np.float32)
            self._model = pacmap.PaCMAP(
                n_neighbors=self.n_neighbors, random_state=self.random_state
            )
            self._model.decide_num_pairs(n)  # fewer neighbours, where there are few items
            k = self._model.n_neighbors
            graph = neighbours if neighbours.ids.shape[1] >= k else nearest(vectors, k)
            pairs = np.column_stack([np.repeat(np.arange(n), k), graph.ids[:, :k].ravel()])
            self._model.pair_neighbors = pairs.astype(np.int32)
            positions = self._model.fit_transform(self._vectors, init="pca")
        self.embedding_ = laid_wide(positions)
        return self.embedding_

    def transform(self, vectors: npt.NDArray[Any]) -> Float32Array:
        """Place new items on the map, which does not move for them.

        Parameters
        ----------
        vectors
            Shape (m, d), of any float type.

        Returns
        -------
        Shape (m, 2), float32.
        """
        if len(vectors) == 0:
            return np.empty((0, 2), np.float32)
        # The map was turned: new items are placed on the turned one.
        self._model.embedding_ = self.embedding_
        with _alone():
            placed = self._model.transform(np.asarray(vectors, np.float32), basis=self._vectors)
        return np.asarray(placed, np.float32)


@contextmanager
def _alone() -> Iterator[None]:
    """Hush the package's notes, and restore the threads of faiss, which it takes for itself."""
    import faiss

    threads = faiss.omp_get_max_threads()
    logger = logging.getLogger("pacmap")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
        faiss.omp_set_num_threads(threads)
