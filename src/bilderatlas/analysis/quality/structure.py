"""Structure: whether a collection has clusters at all, and which of those found are real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.clusters import symmetric_graph
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality.noise import noise_like
from bilderatlas.analysis.quality.sentences import of_cluster, of_structure
from bilderatlas.analysis.quality.silhouette import silhouettes_of_vectors
from bilderatlas.types import Cluster, DuplicateGroup, Float32Array, Int32Array, Neighbours

__all__ = ["ClusterStructure", "Structure", "Verdict", "structure"]

Float64Array = npt.NDArray[np.float64]

Verdict = Literal["clear", "weak", "none", "unknown"]

_COMPARED = 1_000
"""Items compared with as many of noise."""

_CLUSTERED = 10_000
"""Items clustered again."""

_FEWEST = 40
"""Below this many items, noise has clusters as good as any."""

_FEWEST_MEMBERS = 5
"""Of a cluster among the items compared, for it to be judged."""

_NEAREST = 15
"""Neighbours that bind an item, as for `find_clusters`."""

_NOISES = 19
"""Collections of noise to compare with: the best cluster of a twentieth one is better than all
theirs in about 5% of cases (the Monte Carlo test of Hope 1968)."""

_RUNS = 5
"""Clusterings of four fifths of the items each, to see what comes again."""

_LEFT_OUT = 0.2

_STABLE, _DOUBTFUL = 0.75, 0.6
"""Jaccard index from which a cluster is valid and stable, and below which it is not to be trusted
(Hennig 2007, section 3)."""

_CLEAR = 1 / 3
"""How far from noise (0) to a cluster that nobody leaves (1) a clear one has come. Among property
photographs in four classes clusters come to 0.8 and more, among snapshots of a dozen subjects to
0.5."""


@dataclass(frozen=True, slots=True)
class ClusterStructure:
    """What sets one cluster apart.

    Attributes
    ----------
    verdict
        ``clear``, ``weak``, ``none``, or ``unknown`` for one too small in the sample.
    stay
        Share of the 15 nearest of its members that are members too.
    expected
        That share if neighbours were drawn by lot.
    held
        As ``stay``, with 0 for the lot and 1 for a cluster that nobody leaves, among the items
        compared with noise; NaN if unknown.
    stability
        Mean Jaccard index with the most similar cluster of other clusterings.
    silhouette
        Mean over its members, by cosine distance.
    sentence
        All that for people.
    """

    verdict: Verdict
    stay: float
    expected: float
    held: float
    stability: float
    silhouette: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Structure:
    """Whether a collection has clusters. NaN is what cannot be told.

    Attributes
    ----------
    verdict
        ``clear`` if at least half the items are in clear clusters; ``weak`` if any is, or if half
        are in weak ones; ``none``; ``unknown`` of fewer than 40 items.
    held, held_by_noise, held_by_noise_at_most
        Mean ``held`` of the clusters, that of the clusters that the same method finds in noise, and
        the largest of these.
    stability
        Mean ``stability`` of the clusters.
    silhouette
        Mean over all items in clusters, by cosine distance.
    sentence
        All that for people.
    clusters
        One for each cluster, in their order.
    """

    verdict: Verdict
    held: float
    held_by_noise: float
    held_by_noise_at_most: float
    stability: float
    silhouette: float
    sentence: str
    clusters: tuple[ClusterStructure, ...]


def structure(
    vectors: npt.NDArray[Any],
    neighbours: Neighbours,
    clusters: Sequence[Cluster],
    *,
    duplicates: Sequence[DuplicateGroup] = (),
    resolution: float = 1.0,
    random_state: int = 0,
) -> Structure:
    """Tell whether clusters are real or what any method would find in a cloud without any.

    Communities are found in every neighbour graph, that of noise included (Guimerà, Sales-Pardo &
    Amaral 2004). A cluster is real if it holds its members' neighbours better than the clusters
    that the same method finds in noise with the same mean and covariance (after SigClust, Liu et
    al. 2008), and if it comes again when a fifth of the items is left out (Hennig 2007). How well
    a cluster holds is the share of neighbours that stay, corrected for chance (the assortativity
    coefficient of Newman 2003, eq. 2, for one group).

    In some 5% of collections without clusters one passes by chance, and makes the verdict
    ``weak``. What also passes is a long thin band without gaps, as of the pictures of a film.
    Copies of a picture would make a cluster of any, so one of them counts for all.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    neighbours
        The graph of the n items.
    clusters
        What `find_clusters` has found in it.
    duplicates
        The groups of items that show the same picture.
    resolution
        With which it has.
    random_state
        Seed of the samples (1,000 items to compare with noise, 10,000 to be clustered again), of
        the noise and of the clusterings.
    """
    codes = np.full(len(vectors), -1, np.int32)
    for number, cluster in enumerate(clusters):
        codes[cluster.members] = number
    if duplicates:
        vectors, neighbours, codes = _without_copies(vectors, neighbours, codes, duplicates)
    n = len(vectors)
    sizes = np.bincount(codes[codes >= 0], minlength=len(clusters))
    near = neighbours.ids[:, :_NEAREST]
    stay, expected = _stays(near, codes, len(clusters))
    held = stability = np.full(len(clusters), np.nan)
    usual = chance = np.nan
    if n >= _FEWEST and clusters:
        random = np.random.default_rng(random_state)
        rows = _sample(n, _COMPARED, random)
        sample = np.asarray(vectors[rows], np.float32)
        held = _held(nearest(sample, _NEAREST), codes[rows], len(clusters))
        usual, chance = _held_by_noise(sample, resolution, random)
        stability = _stability(vectors, neighbours, codes, len(clusters), resolution, random)
    silhouettes = silhouettes_of_vectors(vectors, codes)
    parts = []
    for number in range(len(clusters)):
        verdict = _verdict_of_one(held[number], stability[number], usual, chance)
        parts.append(
            ClusterStructure(
                verdict=verdict,
                stay=float(stay[number]),
                expected=float(expected[number]),
                held=float(held[number]),
                stability=float(stability[number]),
                silhouette=_mean(silhouettes[codes == number]),
                sentence=of_cluster(verdict, stay[number], expected[number], near.shape[1]),
            )
        )
    verdicts = [part.verdict for part in parts]
    whole = _verdict(verdicts, sizes, n)
    return Structure(
        verdict=whole,
        held=_mean(held, sizes),
        held_by_noise=usual,
        held_by_noise_at_most=chance,
        stability=_mean(stability, sizes),
        silhouette=_mean(silhouettes),
        sentence=of_structure(whole, verdicts.count("clear"), verdicts.count("weak"), len(parts)),
        clusters=tuple(parts),
    )


def _without_copies(
    vectors: npt.NDArray[Any],
    neighbours: Neighbours,
    codes: Int32Array,
    duplicates: Sequence[DuplicateGroup],
) -> tuple[npt.NDArray[Any], Neighbours, Int32Array]:
    """Return vectors, graph and codes of the best copies only; an id of -1 is no neighbour."""
    best = np.ones(len(codes), bool)
    for group in duplicates:
        best[group.members[1:]] = False
    number = np.where(best, np.cumsum(best) - 1, -1).astype(np.int32)
    ids = number[neighbours.ids[best]]
    nearest_first = np.argsort(ids < 0, axis=1, kind="stable")
    graph = Neighbours(
        np.take_along_axis(ids, nearest_first, 1),
        np.take_along_axis(neighbours.similarity[best], nearest_first, 1),
    )
    return vectors[best], graph, codes[best]


def _sample(n: int, most: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    return np.sort(random.choice(n, min(n, most), replace=False))


def _held(graph: Neighbours, codes: Int32Array, clusters: int) -> Float64Array:
    """Return how well each cluster holds the neighbours of its members, NaN for a small one."""
    stay, expected = _stays(graph.ids, codes, clusters)
    held = np.divide(stay - expected, 1 - expected, out=np.zeros(clusters), where=expected < 1)
    small = np.bincount(codes[codes >= 0], minlength=clusters) < _FEWEST_MEMBERS
    return np.where(small, np.nan, held)


def _held_by_noise(
    sample: Float32Array, resolution: float, random: np.random.Generator
) -> tuple[float, float]:
    """Return how well the clusters of noise hold: the mean over items, and the best of them."""
    usual, best = [], []
    for cloud in noise_like(sample, _NOISES, random):
        graph = nearest(cloud, _NEAREST)
        codes = _communities(symmetric_graph(graph), resolution, random)
        clusters = int(codes.max()) + 1
        held = _held(graph, codes, clusters)
        usual.append(_mean(held, np.bincount(codes, minlength=clusters)))
        best.append(np.nanmax(held, initial=0))
    return float(np.mean(usual)), float(np.max(best))


def _stability(
    vectors: npt.NDArray[Any],
    neighbours: Neighbours,
    codes: Int32Array,
    clusters: int,
    resolution: float,
    random: np.random.Generator,
) -> Float64Array:
    """Return how like each cluster is to one that is found without a fifth of the items."""
    if len(codes) > _CLUSTERED:
        rows = _sample(len(codes), _CLUSTERED, random)
        neighbours, codes = nearest(vectors[rows], _NEAREST), codes[rows]
    edges = symmetric_graph(neighbours)
    runs = []
    for _ in range(_RUNS):
        rest = np.flatnonzero(random.random(len(codes)) >= _LEFT_OUT)
        again = _communities(edges[rest][:, rest], resolution, random)
        runs.append(_likeness(codes[rest], again, clusters))
    return np.asarray(np.mean(runs, axis=0))


def _communities(graph: Any, resolution: float, random: np.random.Generator) -> Int32Array:
    from sknetwork.clustering.louvain import Louvain

    seed = int(random.integers(2**31))
    if graph.nnz == 0:
        return np.arange(graph.shape[0], dtype=np.int32)
    found = Louvain(resolution=resolution, shuffle_nodes=True, random_state=seed).fit_predict(graph)
    return np.asarray(found, np.int32)


def _stays(
    ids: npt.NDArray[np.int32], codes: Int32Array, clusters: int
) -> tuple[Float64Array, Float64Array]:
    """Return which share of neighbours stay in each cluster, and would if drawn by lot."""
    near = ids >= 0
    same = ((codes[ids] == codes[:, None]) & near).sum(axis=1)
    inside = codes >= 0
    stay = np.bincount(codes[inside], same[inside], clusters)
    all_near = np.bincount(codes[inside], near.sum(axis=1)[inside], clusters)
    sizes = np.bincount(codes[inside], minlength=clusters)
    return stay / np.maximum(1, all_near), np.maximum(0, sizes - 1) / max(1, len(codes) - 1)


def _likeness(codes: Int32Array, again: Int32Array, clusters: int) -> Float64Array:
    """Return each cluster's Jaccard index with the most similar one of another clustering."""
    many = int(again.max(initial=-1)) + 1
    inside = codes >= 0
    both = np.bincount(codes[inside] * many + again[inside], minlength=clusters * many)
    shared = both.reshape(clusters, many).astype(np.float64)
    own = np.bincount(codes[inside], minlength=clusters)
    either = own[:, None] + np.bincount(again, minlength=many) - shared
    return np.asarray((shared / np.maximum(1, either)).max(axis=1, initial=0))


def _verdict_of_one(held: float, stability: float, usual: float, chance: float) -> Verdict:
    if np.isnan(held) or np.isnan(chance):
        return "unknown"
    if held <= chance or stability < _DOUBTFUL:
        return "none"
    return "clear" if held >= usual + _CLEAR * (1 - usual) and stability >= _STABLE else "weak"


def _verdict(verdicts: Sequence[Verdict], sizes: npt.NDArray[np.intp], n: int) -> Verdict:
    if n < _FEWEST:
        return "unknown"
    each = np.array(verdicts)
    clear, weak = sizes[each == "clear"].sum(), sizes[each == "weak"].sum()
    if clear >= n / 2:
        return "clear"
    return "weak" if clear > 0 or weak >= n / 2 else "none"


def _mean(values: npt.NDArray[Any], weights: npt.NDArray[Any] | None = None) -> float:
    """Return the mean of what is known."""
    known = np.isfinite(values)
    if not known.any():
        return np.nan
    return float(np.average(values[known], weights=None if weights is None else weights[known]))
