"""t-SNE on the shared neighbour graph."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.frame import held, laid_wide
from bilderatlas.analysis.layouts.pca import PCA
from bilderatlas.analysis.neighbours import Exact
from bilderatlas.types import Float32Array, Neighbours

__all__ = ["TSNE"]

Float64Array = npt.NDArray[np.float64]

_FEWEST = 11
"""Below this many items there is nothing to optimise: they stand in rows and columns."""

_INIT_SPREAD = 1e-4
"""Deviation of the first positions along x (Kobak & Berens 2019)."""

_JITTER = 0.01
"""Random shifts as a share of the positions' deviation."""

_PLACED_BY = 10
"""How many placed neighbours say where a new item begins."""

_FEW = 10_000
"""Below this many items, repulsion by Barnes-Hut is faster than by FFT."""

_APART = (1e-7, 1e-3)
"""Least and largest shift that keeps copies apart; pictures side by side are about 1 apart."""

_ITEMS_A_THREAD = 2_500
"""With fewer, threads win little, and lose much where other programs keep the cores busy."""

_REPORT_EVERY = 25
"""Iterations between two reports of progress."""


class TSNE:
    """t-SNE (van der Maaten & Hinton 2008) by openTSNE, in the manner of scikit-learn.

    Affinities come from the cosine distances of the neighbour graph; repulsion is Barnes-Hut's
    below 10,000 items and interpolated by FFT from there (Linderman et al. 2019). Positions begin
    at the principal components (Kobak & Berens 2019). The same input and seed give the same bits
    for any ``n_jobs``.

    Parameters
    ----------
    perplexity
        About how many neighbours an item's place depends on. The graph should hold three times as
        many; where it holds fewer, the perplexity is a third of what it holds.
    early_exaggeration, early_iterations
        Factor on the attraction at first, and how long it holds.
    iterations
        Iterations after that.
    warm_iterations
        Iterations of `update`, and of `iterations` the share that is new on the map on top.
    learning_rate
        ``"auto"``: number of items / exaggeration (Belkina et al. 2019).
    random_state
        Seed of the jitter that sets copies apart.
    n_jobs
        Threads, at most one for each 2,500 items; -1: all cores.
    progress
        Called now and then with the number of iterations made and that of all.

    Attributes
    ----------
    perplexity_
        The perplexity that was used.
    kl_divergence_
        What was minimised; NaN below 11 items.
    """

    perplexity_: float
    kl_divergence_: float

    def __init__(
        self,
        *,
        perplexity: float = 30.0,
        early_exaggeration: float = 12.0,
        early_iterations: int = 250,
        iterations: int = 500,
        warm_iterations: int = 50,
        learning_rate: float | Literal["auto"] = "auto",
        random_state: int = 0,
        n_jobs: int = -1,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.perplexity = perplexity
        self.early_exaggeration = early_exaggeration
        self.early_iterations = early_iterations
        self.iterations = iterations
        self.warm_iterations = warm_iterations
        self.learning_rate = learning_rate
        self.random_state = random_state
        self.n_jobs = n_jobs
        self.progress = progress

    def fit_transform(self, neighbours: Neighbours, vectors: npt.NDArray[Any]) -> Float32Array:
        """Lay out all items anew, turned so that the map lies wide.

        Parameters
        ----------
        neighbours
            The graph of n items, e.g. `nearest(vectors, 3 * perplexity)`.
        vectors
            Shape (n, d), of any float type; positions begin at their principal components.

        Returns
        -------
        Shape (n, 2), float32, centred on (0, 0). Up to 10 items stand in a near-square grid:
        columns by the first principal component, rows by the second.
        """
        coordinates = PCA().fit_transform(vectors)
        if len(coordinates) < _FEWEST:
            self.perplexity_ = self.kl_divergence_ = math.nan
            return _rows_and_columns(coordinates)
        random = np.random.default_rng(self.random_state)
        spread = float(coordinates[:, 0].std())
        start = coordinates * (_INIT_SPREAD / spread if spread > 0 else 0)
        start = _jittered(start, _JITTER * _INIT_SPREAD, random)
        early = _Phase(self.early_iterations, self.early_exaggeration, momentum=0.5)
        embedding = self._optimised(start, neighbours, random, early, _Phase(self.iterations))
        return laid_wide(_apart(embedding, random))

    def update(
        self, neighbours: Neighbours, vectors: npt.NDArray[Any], old: Float32Array
    ) -> Float32Array:
        """Place new items on a map and let it settle; the old ones stay about where they are.

        New items begin amid their nearest placed neighbours; then all move for some iterations
        without exaggeration, and what is common to all movements is undone, so that the map
        keeps its frame.

        Parameters
        ----------
        neighbours, vectors
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
            return self.fit_transform(neighbours, vectors)
        random = np.random.default_rng(self.random_state)
        start = _placed(neighbours, vectors, old)
        start[~known] = _jittered(start[~known], _JITTER * start[known].std(), random)
        iterations = self.warm_iterations + round(self.iterations * float(np.mean(~known)))
        embedding = self._optimised(start, neighbours, random, _Phase(iterations))
        return held(_apart(embedding, random), old)

    def _optimised(
        self,
        start: Float64Array,
        neighbours: Neighbours,
        random: np.random.Generator,
        *phases: _Phase,
    ) -> Float64Array:
        from openTSNE.tsne import TSNEEmbedding, kl_divergence_bh

        # Copies of a picture are drawn together without end, and the tree of Barnes-Hut grows as
        # deep as they are close: it is shown them apart.
        def barnes_hut(embedding: Float64Array, *args: Any, **options: Any) -> Any:
            return kl_divergence_bh(_apart(embedding, random), *args, **options)

        asked = self.n_jobs if self.n_jobs > 0 else os.cpu_count() or 1
        threads = max(1, min(asked, len(start) // _ITEMS_A_THREAD))
        embedding = TSNEEmbedding(
            start,
            self._affinities(neighbours, threads),
            negative_gradient_method=barnes_hut if len(start) < _FEW else "fft",
            n_jobs=threads,
        )
        done = 0
        for phase in phases:
            embedding = embedding.optimize(
                phase.iterations,
                exaggeration=phase.exaggeration,
                momentum=phase.momentum,
                learning_rate=self.learning_rate,
                callbacks=self._reporter(done, sum(phase.iterations for phase in phases)),
                callbacks_every_iters=_REPORT_EVERY,
            )
            done += phase.iterations
        self.kl_divergence_ = float(embedding.kl_divergence)
        return np.asarray(embedding)

    def _affinities(self, neighbours: Neighbours, threads: int) -> Any:
        from openTSNE.affinity import Affinities, joint_probabilities_nn

        in_graph = neighbours.ids.shape[1]
        self.perplexity_ = min(self.perplexity, in_graph / 3)
        k = min(in_graph, round(3 * self.perplexity_))
        affinities = Affinities()
        affinities.P = joint_probabilities_nn(
            neighbours.ids[:, :k],
            np.maximum(0, 1 - neighbours.similarity[:, :k].astype(np.float64)),
            [self.perplexity_],
            n_jobs=threads,
        )
        return affinities

    def _reporter(self, before: int, total: int) -> Callable[..., None] | None:
        progress = self.progress
        if progress is None:
            return None
        return lambda iteration, *_: progress(before + iteration, total)


class _Phase(NamedTuple):
    iterations: int
    exaggeration: float = 1.0
    momentum: float = 0.8


def _jittered(
    positions: npt.NDArray[Any], spread: float, random: np.random.Generator
) -> Float64Array:
    return np.asarray(positions, np.float64) + random.normal(0, spread, positions.shape)


def _apart(positions: npt.NDArray[Any], random: np.random.Generator) -> Float64Array:
    """Shift all positions by so little that nobody sees it and no two are the same."""
    return _jittered(positions, np.clip(_JITTER * np.std(positions), *_APART), random)


def _rows_and_columns(coordinates: Float32Array) -> Float32Array:
    """Put each item on a place of its own in a near-square grid."""
    positions = np.zeros((len(coordinates), 2), np.float32)
    if len(coordinates) == 0:
        return positions
    order = np.argsort(coordinates[:, 0], kind="stable")
    for x, column in enumerate(np.array_split(order, math.ceil(math.sqrt(len(order))))):
        column = column[np.argsort(coordinates[column, 1], kind="stable")]
        positions[column, 0] = x
        positions[column, 1] = np.arange(len(column))
    positions -= positions.max(axis=0) / 2
    return positions


def _placed(neighbours: Neighbours, vectors: npt.NDArray[Any], old: Float32Array) -> Float64Array:
    """Return a position for every item: its old one, or the mean of its placed neighbours'.

    Items whose neighbours are all new follow in further rounds; a group of new items that no
    placed item is near to begins at the placed item that resembles each most.
    """
    positions = old.astype(np.float64)
    placed = np.asarray(np.isfinite(positions).all(axis=1))
    while not placed.all():
        new = np.flatnonzero(~placed)
        weight = np.where(
            placed[neighbours.ids[new]], np.maximum(neighbours.similarity[new], 1e-6), 0.0
        )
        weight[np.cumsum(weight > 0, axis=1) > _PLACED_BY] = 0
        total = weight.sum(axis=1)
        reached = total > 0
        if not reached.any():
            known = np.flatnonzero(placed)
            nearest = Exact.build(vectors[known]).query(vectors[new], 1).ids[:, 0]
            positions[new] = positions[known[nearest]]
            break
        rows = new[reached]
        around = np.nan_to_num(positions[neighbours.ids[rows]])
        mean = np.einsum("mk,mkc->mc", weight[reached], around) / total[reached, None]
        positions[rows] = mean
        placed[rows] = True
    return positions
