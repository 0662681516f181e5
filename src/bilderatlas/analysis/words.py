"""Names for clusters, from the words that a classifier has for their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Cluster

__all__ = ["name_clusters"]

_DISTINCTIVE = 1.96
"""z-score from which a word is more frequent in a cluster than chance would have it (5%)."""

_COMMON = 0.05
"""Share of a cluster's words that one must have to stand for it."""

_PRIOR = 0.1
"""Weight of the collection's words in the prior, as a share of all words."""

_WORDS = 2
"""Words in a name."""


def name_clusters(
    clusters: Sequence[Cluster],
    classes: npt.NDArray[Any],
    scores: npt.NDArray[Any],
    words: Sequence[str],
) -> list[Cluster]:
    """Name each cluster by its most distinctive words; the others keep their number.

    A word is distinctive if its log-odds in the cluster against the rest, with the collection's
    words as the prior, are high for their deviation (Monroe, Colaresi & Quinn 2008, "Fightin'
    Words", eqs. 16-22). No two names are alike: where two would be, the later one takes its
    next word as well, or its number.

    Parameters
    ----------
    clusters
        With numbers for names.
    classes, scores
        Shape (n, m): each item's most probable classes, and their probabilities; m may be 0.
    words
        The name of each class.

    Returns
    -------
    list of Cluster
        The same clusters in the same order, named.
    """
    if not clusters or classes.size == 0:
        return list(clusters)
    counts = np.zeros((len(clusters), len(words)))
    for row, cluster in zip(counts, clusters, strict=True):
        np.add.at(row, classes[cluster.members], scores[cluster.members].astype(np.float64))
    taken: set[str] = set()
    named = []
    for number, cluster in enumerate(clusters):
        name = _name((words[w] for w in _distinctive(counts, number)), cluster.name, taken)
        taken.add(name)
        named.append(replace(cluster, name=name))
    return named


def _distinctive(counts: npt.NDArray[np.float64], number: int) -> npt.NDArray[np.intp]:
    """Return the classes that stand for a cluster, the most distinctive first."""
    here = counts[number]
    rest = counts.sum(axis=0) - here
    prior = _PRIOR * (here + rest)
    seen = np.flatnonzero(here > 0)

    def log_odds(count: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        odds = count + prior
        return np.asarray(np.log(odds[seen] / np.maximum(odds.sum() - odds[seen], 1e-12)))

    deviation = np.sqrt(1 / (here + prior)[seen] + 1 / (rest + prior)[seen])
    z = (log_odds(here) - log_odds(rest)) / deviation
    fit = (z >= _DISTINCTIVE) & (here[seen] >= _COMMON * here.sum())
    chosen: npt.NDArray[np.intp] = seen[fit][np.argsort(-z[fit], kind="stable")]
    return chosen


def _name(words: Iterable[str], number: str, taken: set[str]) -> str:
    """Return the first words that make a name not yet taken, else with the number."""
    distinct = list(dict.fromkeys(words))
    for length in range(min(_WORDS, len(distinct)), len(distinct) + 1):
        name = ", ".join(distinct[:length])
        if name and name not in taken:
            return name
    return f"{', '.join(distinct[:_WORDS])} ({number})" if distinct else number
