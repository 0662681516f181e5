"""t-SNE on the shared neighbour graph."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from numbers import Integral, Real
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.affinities import Nearness, attraction, told_labels
from bilderatlas.analysis.layouts.descent import Descent, Phase, jittered, join, told_apart
from bilderatlas.analysis.layouts.frame import held, laid_wide
from bilderatlas.analysis.layouts.pca import PCA
from bilderatlas.analysis.layouts.start import amid_neighbours, rows_and_columns
from bilderatlas.errors import LayoutError
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["TSNE"]

Float64Array = npt.NDArray[np.float64]

_FEWEST = 11
"""Below this many items there is nothing to optimise: they stand in rows and columns."""

_INIT_SPREAD = 1e-4
"""Deviation of the first positions along x (Kobak & Berens 2019)."""

_ITEMS_A_THREAD = 2_500
"""With fewer, threads win little, and lose much where other programs keep the cores busy."""

_PLACED_BY = 10
"""How many of the nearest items say where one that joins them begins."""


_ABOVE_0 = float(np.finfo(np.float32).tiny)

_COUNTS = {
    "early_exaggeration_iter": 0,
    "n_iter": 0,
    "n_iter_without_progress": 0,
    "warm_iter": 0,
    "pca_components": 1,
    "random_state": 0,
}
"""The least that each parameter may be that is a whole number."""


class TSNE:
    """t-SNE (van der Maaten & Hinton 2008) by openTSNE, in the manner of scikit-learn.

    Affinities come from the cosine distances of the neighbour graph, or by another metric from the
    vectors; repulsion is interpolated by FFT (Linderman et al. 2019) or, of small and of wide maps,
    Barnes-Hut's. Positions begin at the principal components (Kobak & Berens 2019).
    The same input and seed give the same bits for any ``n_jobs``.

    Parameters
    ----------
    perplexity
        About how many neighbours an item's place depends on; or several numbers, whose affinities
        are averaged. In a small collection it is a third of the others at most.
    early_exaggeration, early_exaggeration_iter
        Factor on the attraction at first, and how long it holds.
    n_iter
        Iterations after that, at most.
    n_iter_without_progress
        The map is stable, and is left so, when in this many iterations the divergence has fallen by
        less than 0.5%. 0: never.
    warm_iter
        Iterations of `update`, and of `n_iter` the share that is new on the map on top.
    learning_rate
        ``"auto"``: number of items / exaggeration (Belkina et al. 2019).
    metric
        ``None``: cosine; with ``pca_components``, Euclidean. Else see `Nearness`.
    pca_components
        If given, neighbours are sought in that many principal components of the vectors.
    label_weight
        If labels are given: from 0 (they do not count) to less than 1, how far they move items of
        other classes off, see `told_labels`. Such a map is no evidence that the classes differ:
        of noise in three random classes, 0.2 makes three islands.
    random_state
        Seed of the jitter that sets copies apart.
    n_jobs
        Threads, at most one for each 2,500 items; -1: all cores.
    progress
        Called now and then with the number of iterations made and that of all.

    Attributes
    ----------
    embedding_
        Shape (n, 2), float32: the positions.
    perplexities_
        What was used for ``perplexity``.
    n_iter_
        Iterations made, those with exaggeration among them.
    kl_divergence_
        What was minimised; NaN below 11 items.
    parameters
        What the map was made with, for JSON; it says if the labels were shown to it.
    """

    embedding_: Float32Array
    perplexities_: tuple[float, ...]
    n_iter_: int
    kl_divergence_: float

    def __init__(
        self,
        *,
        perplexity: float | Sequence[float] = 30.0,
        early_exaggeration: float = 12.0,
        early_exaggeration_iter: int = 250,
        n_iter: int = 750,
        n_iter_without_progress: int = 100,
        warm_iter: int = 50,
        learning_rate: float | Literal["auto"] = "auto",
        metric: str | None = None,
        pca_components: int | None = None,
        label_weight: float = 0.2,
        random_state: int = 0,
        n_jobs: int = -1,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.perplexity = perplexity
        self.early_exaggeration = early_exaggeration
        self.early_exaggeration_iter = early_exaggeration_iter
        self.n_iter = n_iter
        self.n_iter_without_progress = n_iter_without_progress
        self.warm_iter = warm_iter
        self.learning_rate = learning_rate
        self.metric = metric
        self.pca_components = pca_components
        self.label_weight = label_weight
        self.random_state = random_state
        self.n_jobs = n_jobs
        self.progress = progress
        self._is_told = False

    @property
    def parameters(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "perplexity": list(self._asked()) if len(self._asked()) > 1 else self._asked()[0],
            "early_exaggeration": self.early_exaggeration,
            "early_exaggeration_iter": self.early_exaggeration_iter,
            "n_iter": self.n_iter,
            "n_iter_without_progress": self.n_iter_without_progress,
            "n_iter_made": self.n_iter_,
            "learning_rate": self.learning_rate,
            "metric": self.metric or ("euclidean" if self.pca_components else "cosine"),
            "random_state": self.random_state,
        }
        if self.pca_components:
            said["pca_components"] = self.pca_components
        if self._is_told:
            said |= {"supervised": True, "label_weight": self.label_weight}
        return said

    def fit(
        self,
        neighbours: Neighbours,
        vectors: npt.NDArray[Any],
        labels: npt.ArrayLike | None = None,
    ) -> TSNE:
        """Lay out all items anew, as `fit_transform` does."""
        self.fit_transform(neighbours, vectors, labels)
        return self

    def fit_transform(
        self,
        neighbours: Neighbours,
        vectors: npt.NDArray[Any],
        labels: npt.ArrayLike | None = None,
    ) -> Float32Array:
        """Lay out all items anew, turned so that the map lies wide.

        Parameters
        ----------
        neighbours
            The graph of n items, e.g. `nearest(vectors, 3 * perplexity)`.
        vectors
            Shape (n, d), of any float type; positions begin at their principal components.
        labels
            Shape (n,), integers, -1 where unknown: draws the items of one class together.

        Returns
        -------
        Shape (n, 2), float32, centred on (0, 0). Up to 10 items stand in a near-square grid:
        columns by the first principal component, rows by the second.

        Raises
        ------
        LayoutError
            If a parameter makes no sense.
        """
        self._check()
        coordinates = PCA().fit_transform(vectors)
        if len(coordinates) < _FEWEST:
            return self._few(coordinates)
        random = np.random.default_rng(self.random_state)
        spread = float(coordinates[:, 0].std())
        start = coordinates * (_INIT_SPREAD / spread if spread > 0 else 0)
        start = jittered(start, _INIT_SPREAD, random)
        early = Phase(self.early_exaggeration_iter, self.early_exaggeration, momentum=0.5)
        affinities = self._affinities(neighbours, vectors, labels)
        positions = self._descended(start, affinities, random, early, Phase(self.n_iter))
        self.embedding_ = laid_wide(positions)
        return self.embedding_

    def update(
        self,
        neighbours: Neighbours,
        vectors: npt.NDArray[Any],
        old: Float32Array,
        labels: npt.ArrayLike | None = None,
    ) -> Float32Array:
        """Place new items on a map and let it settle; the old ones stay about where they are.

        New items begin amid their nearest placed neighbours; then all move for some iterations
        without exaggeration, and what is common to all movements is undone, so that the map
        keeps its frame.

        Parameters
        ----------
        neighbours, vectors, labels
            As for `fit_transform`, of all items, old and new.
        old
            Shape (n, 2): the positions of the items that were on the map, NaN for new ones. If
            all are new, or there are at most 10, they are laid out anew.

        Returns
        -------
        Shape (n, 2), float32.
        """
        known = np.asarray(np.isfinite(old).all(axis=1))
        if not known.any() or len(old) < _FEWEST:
            return self.fit_transform(neighbours, vectors, labels)
        self._check()
        random = np.random.default_rng(self.random_state)
        start = amid_neighbours(neighbours, vectors, old)
        start[~known] = jittered(start[~known], float(start[known].std()), random)
        settling = Phase(self.warm_iter + round(self.n_iter * float(np.mean(~known))))
        affinities = self._affinities(neighbours, vectors, labels)
        self.embedding_ = held(self._descended(start, affinities, random, settling), old)
        return self.embedding_

    def transform(self, vectors: npt.NDArray[Any]) -> Float32Array:
        """Place new items on the map, which does not move for them; they ignore each other.

        Parameters
        ----------
        vectors
            Shape (m, d), of any float type.

        Returns
        -------
        Shape (m, 2), float32.

        Raises
        ------
        LayoutError
            If the map holds fewer than 11 items, which are not laid out by t-SNE.
        """
        n = len(self.embedding_)
        if n < _FEWEST:
            raise LayoutError(
                f"A map of {n} pictures has no room for more: lay out all of them again."
            )
        if len(vectors) == 0:
            return np.empty((0, 2), np.float32)
        near = self._nearness.of(vectors, self._reach())
        start = np.median(self.embedding_[near[0][:, :_PLACED_BY]], axis=1).astype(np.float64)
        threads = self._threads(n)
        affinities = attraction(near, self.perplexities_, threads=threads, size=n)
        joined = join(start, affinities, self.embedding_, threads)
        return told_apart(joined, np.random.default_rng(self.random_state)).astype(np.float32)

    def _asked(self) -> tuple[float, ...]:
        given = self.perplexity
        return tuple(given) if isinstance(given, Sequence) else (given,)

    def _reach(self) -> int:
        return max(1, round(3 * max(self.perplexities_)))

    def _check(self) -> None:
        if not self._asked() or not all(_is_number(each, _ABOVE_0) for each in self._asked()):
            raise LayoutError(
                f"The perplexity is {self.perplexity!r}: give a number above 0, or several."
            )
        if not (_is_number(self.label_weight, 0) and self.label_weight < 1):
            raise LayoutError(
                f"The label weight is {self.label_weight!r}: give a number from 0 to less than 1."
            )
        for name in ("early_exaggeration", "learning_rate"):
            value = getattr(self, name)
            if (name, value) != ("learning_rate", "auto") and not _is_number(value, _ABOVE_0):
                raise LayoutError(f"The {name} is {value!r}: give a number above 0.")
        for name, least in _COUNTS.items():
            value = getattr(self, name)
            if (name, value) != ("pca_components", None) and not (
                isinstance(value, Integral) and int(value) >= least
            ):
                raise LayoutError(f"The {name} is {value!r}: give a whole number from {least} on.")

    def _few(self, coordinates: Float32Array) -> Float32Array:
        self.perplexities_, self.n_iter_, self.kl_divergence_ = (), 0, math.nan
        self._is_told = False
        self.embedding_ = rows_and_columns(coordinates)
        return self.embedding_

    def _affinities(
        self, neighbours: Neighbours, vectors: npt.NDArray[Any], labels: npt.ArrayLike | None
    ) -> Any:
        """Return the affinities of all items, and keep what `transform` needs."""
        self._nearness = Nearness(vectors, self.metric, self.pca_components)
        self._is_told = labels is not None
        self.perplexities_ = tuple(min(p, (len(vectors) - 1) / 3) for p in self._asked())
        near = self._nearness.among(neighbours, self._reach())
        if labels is not None:
            near = told_labels(near, labels, self.label_weight)
        return attraction(near, self.perplexities_, threads=self._threads(len(vectors)))

    def _descended(
        self, start: Float64Array, affinities: Any, random: np.random.Generator, *phases: Phase
    ) -> Float64Array:
        descent = Descent(
            random,
            learning_rate=self.learning_rate,
            patience=self.n_iter_without_progress,
            threads=self._threads(len(start)),
            progress=self.progress,
        )
        positions = descent.run(start, affinities, phases)
        self.n_iter_, self.kl_divergence_ = descent.n_iter_, descent.kl_divergence_
        return told_apart(positions, random)

    def _threads(self, n: int) -> int:
        asked = self.n_jobs if self.n_jobs > 0 else os.cpu_count() or 1
        return max(1, min(asked, n // _ITEMS_A_THREAD))


def _is_number(value: object, least: float) -> bool:
    return isinstance(value, Real) and least <= float(value) < math.inf
