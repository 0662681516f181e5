"""Approximate neighbours by Annoy's forests of random projection trees."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.saved import opened, saving
from bilderatlas.analysis.neighbours.stored import Source
from bilderatlas.errors import MissingExtraError
from bilderatlas.types import BoolArray, Float32Array, Neighbours

__all__ = ["METRICS", "Annoy", "Metric"]

Metric: TypeAlias = Literal["angular", "euclidean", "manhattan", "hamming", "dot"]

METRICS: tuple[Metric, ...] = get_args(Metric)

_FILE = "forest.ann"
_MEDIANS = "medians.npy"


class Annoy:
    """The index of Spotify's Annoy, with each of its metrics.

    For ``hamming`` a vector is made binary: in each dimension 1 above the median of the vectors
    that the index was built from, else 0. See ``Index`` for what each method takes, returns and
    raises.
    """

    def __init__(
        self,
        forest: Any,
        *,
        d: int,
        metric: Metric,
        n_trees: int,
        search_k: int,
        random_state: int,
        medians: Float32Array | None,
    ) -> None:
        self._forest = forest
        self._d = d
        self._metric = metric
        self._n_trees = n_trees
        self._search_k = search_k
        self._random_state = random_state
        self._medians = medians

    @classmethod
    def build(
        cls,
        vectors: npt.ArrayLike,
        *,
        metric: Metric = "angular",
        n_trees: int = 50,
        search_k: int = -1,
        random_state: int = 0,
    ) -> Self:
        """Return the index of ``vectors``, shape (n, d), of any float type.

        Parameters
        ----------
        metric
            One of ``METRICS``.
        n_trees
            More trees find more of the true neighbours, and take more time and space.
        search_k
            How many nodes a query looks at; -1 for ``n_trees`` times the number of answers.

        Raises
        ------
        MissingExtraError
            If the package annoy is not installed.
        """
        rows: npt.NDArray[Any] = np.asanyarray(vectors)
        medians = None
        if metric == "hamming":
            medians = np.median(rows, axis=0).astype(np.float32) if len(rows) else rows.sum(axis=0)
        index = cls(
            _forest(rows.shape[1], metric),
            d=rows.shape[1],
            metric=metric,
            n_trees=n_trees,
            search_k=search_k,
            random_state=random_state,
            medians=medians,
        )
        index._plant(index._prepared(rows))
        return index

    @classmethod
    def load(cls, folder: Path, vectors: Source) -> Self:
        """Open a saved index, which is mapped; it has vectors of its own and takes none."""
        facts = opened(folder, "annoy", vectors)
        facts = {name: value for name, value in facts.items() if name not in ("kind", "n")}
        forest = _forest(facts["d"], facts["metric"])
        forest.load(str(folder / _FILE))
        medians = np.load(folder / _MEDIANS) if facts["metric"] == "hamming" else None
        return cls(forest, **facts, medians=medians)

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made or replaced."""
        facts = {
            "n": len(self),
            "d": self._d,
            "metric": self._metric,
            "n_trees": self._n_trees,
            "search_k": self._search_k,
            "random_state": self._random_state,
        }
        with saving(folder, "annoy", facts) as new:
            self._forest.save(str(new / _FILE))
            if self._medians is not None:
                np.save(new / _MEDIANS, self._medians)

    @property
    def measure(self) -> str:
        """What ``similarity`` counts; see ``Index``."""
        names = {"angular": "cosine", "dot": "inner product"}
        return names.get(self._metric, f"{self._metric} distance")

    def __len__(self) -> int:
        return int(self._forest.get_n_items())

    def add(self, vectors: npt.ArrayLike) -> None:
        """Append vectors, shape (m, d), and plant the forest anew: a tree cannot grow."""
        known = np.array([self._forest.get_item_vector(i) for i in range(len(self))], np.float32)
        new = self._prepared(np.asanyarray(vectors))
        self._forest = _forest(self._d, self._metric)
        self._plant(np.concatenate([known.reshape(-1, self._d), new]))

    def query(
        self, queries: npt.ArrayLike, k: int, *, among: BoolArray | None = None
    ) -> Neighbours:
        """Return the nearest vectors of each query, as far as the trees find them."""
        asked = self._prepared(np.asanyarray(queries))
        n = len(self)
        columns = max(0, min(k, n))
        allowed = n if among is None else int(np.count_nonzero(among))
        wanted = min(columns, allowed)
        ids = np.full((len(asked), columns), -1, np.int32)
        similarity = np.full((len(asked), columns), -np.inf, np.float32)
        for row, query in enumerate(asked if wanted else ()):
            found, distance = self._found(query, wanted, allowed, among)
            alike = self._similarity(distance)
            order = np.lexsort((found, -alike))[:columns]
            ids[row, : len(order)], similarity[row, : len(order)] = found[order], alike[order]
        return Neighbours(ids, similarity)

    def _found(
        self, query: Float32Array, wanted: int, allowed: int, among: BoolArray | None
    ) -> tuple[npt.NDArray[np.int64], Float32Array]:
        """Ask for more until ``wanted`` of those allowed are found."""
        n = len(self)
        count, search_k = min(n, ceil(wanted * n / allowed)), self._search_k
        while True:
            near, far = self._forest.get_nns_by_vector(
                query.tolist(), count, search_k=search_k, include_distances=True
            )
            found, distance = np.array(near, np.int64), np.array(far, np.float32)
            if among is not None:
                found, distance = found[among[found]], distance[among[found]]
            if len(found) >= wanted or search_k > n * self._n_trees:
                return found[:wanted], distance[:wanted]
            count = min(n, 4 * count)
            search_k = 4 * max(search_k, count * self._n_trees)

    def _similarity(self, distance: Float32Array) -> Float32Array:
        if self._metric == "angular":  # the length of the chord between unit vectors
            return np.subtract(1, distance**2 / 2, dtype=np.float32)
        return distance if self._metric == "dot" else -distance

    def _prepared(self, vectors: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return vectors if self._medians is None else vectors > self._medians

    def _plant(self, vectors: npt.NDArray[Any]) -> None:
        self._forest.set_seed(self._random_state)
        for item, vector in enumerate(vectors):
            self._forest.add_item(item, vector.tolist())  # twice as fast
        self._forest.build(self._n_trees, n_jobs=1)  # with more, the trees depend on the machine


def _forest(d: int, metric: Metric) -> Any:
    try:
        from annoy import AnnoyIndex
    except ImportError as error:
        raise MissingExtraError(
            "The index annoy needs a package that is not installed: "
            "run 'pip install bilderatlas[annoy]'."
        ) from error
    return AnnoyIndex(d, metric)
