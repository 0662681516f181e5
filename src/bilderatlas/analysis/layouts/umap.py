"""UMAP on the shared neighbour graph."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.extra import imported
from bilderatlas.analysis.layouts.frame import laid_wide
from bilderatlas.analysis.neighbours import Exact, nearest
from bilderatlas.errors import LayoutError
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["UMAP"]


class UMAP:
    """UMAP (McInnes, Healy & Melville 2018) by umap-learn, from the extra ``umap``.

    Parameters
    ----------
    n_neighbors
        Neighbours that an item is drawn to, itself among them, as umap-learn counts.
    min_dist
        How near items may come to each other, in units of the map, 0…1.
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

    def __init__(
        self, *, n_neighbors: int = 15, min_dist: float = 0.1, random_state: int = 0
    ) -> None:
        self.n_neighbors = n_neighbors
        self.min_dist = min_dist
        self.random_state = random_state

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "n_neighbors": self.n_neighbors,
            "min_dist": self.min_dist,
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
            If umap-learn is not installed.
        LayoutError
            If there are too few items, ``n_neighbors`` is below 2, or ``min_dist`` not in 0…1.
        """
        umap = imported("umap", "umap")
        n = len(vectors)
        if n < 4 or self.n_neighbors < 2:
            raise LayoutError(
                f"UMAP needs 4 pictures and 2 neighbours at least, and was given {n} and "
                f"{self.n_neighbors}: choose another layout."
            )
        if not 0 <= self.min_dist <= 1:
            raise LayoutError(f"The min_dist is {self.min_dist}: give a number from 0 to 1.")
        k = min(self.n_neighbors, n - 1)
        graph = neighbours if neighbours.ids.shape[1] >= k - 1 else nearest(vectors, k - 1)
        # Among its own neighbours, each item is the first.
        ids = np.column_stack([np.arange(n, dtype=np.int32), graph.ids[:, : k - 1]])
        distances = np.column_stack(
            [np.zeros(n, np.float32), np.maximum(0, 1 - graph.similarity[:, : k - 1])]
        )
        self._searched = _Searched(np.asarray(vectors, np.float32))
        self._model = umap.UMAP(
            n_neighbors=k,
            min_dist=self.min_dist,
            metric="cosine",
            random_state=self.random_state,
            n_jobs=1,
            # Small collections have no spectrum to begin with.
            init="spectral" if n > 10 else "random",
            precomputed_knn=(ids, distances.astype(np.float32), None),
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it cannot know that new items are looked up by us
            positions = self._model.fit_transform(self._searched.vectors)
        self.embedding_ = laid_wide(positions)
        self._model._knn_search_index = self._searched
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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.asarray(self._model.transform(np.asarray(vectors, np.float32)), np.float32)


class _Searched:
    """What umap-learn asks for the neighbours of new items, in place of its approximate index."""

    _angular_trees = True

    def __init__(self, vectors: Float32Array) -> None:
        self.vectors = vectors

    def query(
        self, vectors: npt.NDArray[Any], k: int, *, epsilon: float
    ) -> tuple[npt.NDArray[np.int32], Float32Array]:
        found = Exact.build(self.vectors).query(vectors, k)
        return found.ids, np.maximum(0, 1 - found.similarity).astype(np.float32)
