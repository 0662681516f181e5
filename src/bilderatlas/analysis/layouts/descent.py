"""The gradient descent of t-SNE, which ends by itself when the map is stable."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Descent", "Phase", "jittered", "join", "told_apart"]

Float64Array = npt.NDArray[np.float64]

_JITTER = 0.01
"""Random shifts as a share of the positions' deviation."""

_APART = (1e-7, 1e-3)
"""Least and largest shift that keeps copies apart; pictures side by side are about 1 apart."""

_FEW = 10_000
"""Below this many items that stand still, others join them faster by Barnes-Hut than by FFT."""

_LEAST_SPAN = 50
"""Cells along a side of the smallest grid that the FFT is made on, each 1 wide."""

_REPORT_EVERY = 25
"""Iterations between two reports of progress, and two looks at whether the map is stable."""

_PROGRESS = 0.005
"""Share by which the divergence must fall in ``patience`` iterations.

On 2,140 photographs: stopped after 675 iterations, 0.309 of the neighbours are kept, after 1,500
0.310.
"""

_JOIN_ITER = 250
_JOIN_RATE = 0.1
_JOIN_GRADIENT = 0.25
"""How items join a map that stands still: by small steps (Poličar, Stražar & Zupan 2023)."""


class Phase(NamedTuple):
    """A number of iterations under one rule."""

    n_iter: int
    exaggeration: float = 1.0
    momentum: float = 0.8


@dataclass
class Descent:
    """One run of gradient descent, in phases.

    Parameters
    ----------
    random
        Where the shifts come from that set copies apart.
    learning_rate
        ``"auto"``: number of items / exaggeration.
    patience
        A phase without exaggeration ends when the divergence has fallen by less than 0.5% in this
        many iterations; 0: never.
    threads
        Threads that compute.
    progress
        Called now and then with the number of iterations made and that of all.

    Attributes
    ----------
    n_iter_
        Iterations made.
    kl_divergence_
        The Kullback-Leibler divergence that is left.
    """

    random: np.random.Generator
    learning_rate: float | Literal["auto"]
    patience: int
    threads: int
    progress: Callable[[int, int], None] | None

    def __post_init__(self) -> None:
        self.n_iter_ = 0
        self.kl_divergence_ = math.nan

    def run(self, start: Float64Array, affinities: Any, phases: Sequence[Phase]) -> Float64Array:
        """Return the positions, shape (n, 2), reached from ``start`` under csr ``affinities``."""
        from openTSNE.affinity import Affinities
        from openTSNE.tsne import TSNEEmbedding, kl_divergence_bh, kl_divergence_fft

        def repulsion(embedding: Float64Array, *args: Any, **options: Any) -> Any:
            if _is_fft_faster(embedding):
                return kl_divergence_fft(embedding, *args, **options)
            # Copies of a picture are drawn together without end, and the tree of Barnes-Hut grows
            # as deep as they are close: it is shown them apart.
            return kl_divergence_bh(told_apart(embedding, self.random), *args, **options)

        given = Affinities()
        given.P = affinities
        embedding = TSNEEmbedding(
            start,
            given,
            negative_gradient_method=repulsion,
            n_jobs=self.threads,
        )
        total = sum(phase.n_iter for phase in phases)
        for phase in phases:
            watch = _Watch(self, phase, total)
            embedding = embedding.optimize(
                phase.n_iter,
                exaggeration=phase.exaggeration,
                momentum=phase.momentum,
                learning_rate=self.learning_rate,
                callbacks=watch,
                callbacks_every_iters=_REPORT_EVERY,
            )
            self.n_iter_ += watch.stopped_at or phase.n_iter
        if self.progress is not None and self.n_iter_ < total:
            self.progress(total, total)
        self.kl_divergence_ = float(embedding.kl_divergence)
        return np.asarray(embedding)


def join(
    start: Float64Array, affinities: Any, standing: npt.NDArray[Any], threads: int
) -> Float64Array:
    """Return where new items come to lie among items that stand still.

    Parameters
    ----------
    start
        Shape (m, 2).
    affinities
        Shape (m, n), csr, of each new item to those that stand; each row sums to 1.
    standing
        Shape (n, 2).
    threads
        Threads that compute.
    """
    from openTSNE.affinity import Affinities
    from openTSNE.tsne import PartialTSNEEmbedding, TSNEEmbedding
    from scipy.sparse import csr_matrix

    n = len(standing)
    none = Affinities()
    none.P = csr_matrix((n, n))  # those that stand still are not drawn by each other
    repulsion = {
        "negative_gradient_method": "bh" if n < _FEW else "fft",
        "n_jobs": threads,
    }
    reference = TSNEEmbedding(standing.astype(np.float64), none, **repulsion)
    joining = PartialTSNEEmbedding(start, reference, affinities, **repulsion).optimize(
        _JOIN_ITER, learning_rate=_JOIN_RATE, momentum=0.8, max_grad_norm=_JOIN_GRADIENT
    )
    return np.asarray(joining)


def jittered(
    positions: npt.NDArray[Any], deviation: float, random: np.random.Generator
) -> Float64Array:
    """Shift all positions at random, by a hundredth of ``deviation``."""
    return np.asarray(positions, np.float64) + random.normal(
        0, _JITTER * deviation, positions.shape
    )


def told_apart(positions: npt.NDArray[Any], random: np.random.Generator) -> Float64Array:
    """Shift all positions by so little that nobody sees it and no two are the same."""
    shift = np.clip(_JITTER * np.std(positions), *_APART)
    return jittered(positions, shift / _JITTER, random)


def _is_fft_faster(embedding: Float64Array) -> bool:
    """Return whether FFT costs less for this map than Barnes-Hut.

    The former grows with the map's area and n, the latter with n log n; measured for 10,000 items
    that spread over 5 to 220. So most maps begin with FFT, and only large ones keep to it.
    """
    n = len(embedding)
    span = max(_LEAST_SPAN, float(np.ptp(embedding)))
    return span**2 < n * (0.13 * math.log2(n) - 0.5)


class _Watch:
    """Reports the progress of a phase, and ends it when the map is stable."""

    def __init__(self, descent: Descent, phase: Phase, total: int) -> None:
        self._progress = descent.progress
        self._before, self._total = descent.n_iter_, total
        # Under exaggeration the divergence is not what is minimised, and says nothing.
        patience = descent.patience if phase.exaggeration == 1 else 0
        self._looks = math.ceil(patience / _REPORT_EVERY)
        self._seen: list[float] = []
        self.stopped_at: int | None = None

    def __call__(self, iteration: int, divergence: float, _: Any) -> bool:
        if self._progress is not None:
            self._progress(self._before + iteration, self._total)
        self._seen.append(divergence)
        if 0 < self._looks < len(self._seen):
            was = self._seen[-1 - self._looks]
            if was - divergence < _PROGRESS * abs(was):
                self.stopped_at = iteration
                return True
        return False
