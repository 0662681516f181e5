"""What the measures mean, in sentences for people who know no statistics."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bilderatlas.types import Layout

__all__ = ["BY_LIKENESS", "Finding", "findings", "of_cluster", "of_structure"]

BY_LIKENESS = frozenset({"tsne", "tsne-spread", "umap", "pacmap", "pca", "apart", "grid"})
"""Kinds that mean to put like beside like; the others have another order."""

_ONLY_NEAR = frozenset({"tsne", "tsne-spread", "umap", "pacmap", "apart"})
"""Kinds that keep who is beside whom and give up sizes and distances."""

Levels = Sequence[tuple[float, str]]
"""Words from the value on at which they hold, best first."""

# Measured on 2,140 property photographs: t-SNE 0.97 and 0.96, PCA 0.85 and 0.90, chance 0.5.
_ALIKE: Levels = (
    (0.95, "is almost always"),
    (0.88, "is mostly"),
    (0.75, "is often"),
    (0.6, "is now and then"),
    (-1, "is hardly more often than by chance"),
)
_TOGETHER: Levels = tuple((least, words.removeprefix("is ")) for least, words in _ALIKE)

_TELLS: Levels = ((0.8, "much"), (0.5, "something"), (0.2, "little"), (-1, "nothing"))

# Photographs: 0.65 from seed to seed, 0.54 from perplexity 30 to 50; noise: 0.29 and 0.30.
_STAYS: Levels = (
    (0.6, "most of what stands together here is no accident of the drawing"),
    (0.4, "believe the groups rather than who stands right beside whom"),
    (-1, "much of what stands together here is an accident of the drawing"),
)

# Photographs: t-SNE with its gaps narrowed has 0.92 of what t-SNE keeps, PCA 0.14.
_AGAINST: Levels = (
    (0.9, "about as good as"),
    (0.7, "a little worse than"),
    (0.4, "worse than"),
    (-1, "much worse than"),
)

_LIMITS = (
    "How large a group looks on this map, and how wide the gaps between groups are, is the "
    "method's doing and not the pictures': such a map only keeps who stands beside whom."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure of a map in words.

    ``measure``: its name in ``Layout.quality``, or ``against`` and ``limits`` for what is said of
    the map beside others and of any such map; ``value`` and ``error`` (standard), None where there
    is none.
    """

    measure: str
    value: float | None
    error: float | None
    sentence: str


def findings(
    layout: Layout, layouts: Sequence[Layout] = (), titles: Mapping[str, str] | None = None
) -> list[Finding]:
    """Say how far a map can be believed.

    Parameters
    ----------
    layout
        With the quality that `measure` gives, and if it is known ``stability_seeds`` and
        ``stability_perplexities``: what `stability` gives for other seeds and other perplexities.
    layouts
        All layouts of the collection, to compare with.
    titles
        What people call the layouts, by their names.

    Returns
    -------
    list of Finding
        The verdict among all layouts first, then the measures, then what no such map can tell.
    """
    said = [*_against(layout, layouts, titles or {})]
    for measure, sentence in _SENTENCES.items():
        value = layout.quality.get(measure)
        if value is not None:
            error = layout.quality.get(f"{measure}_error")
            said.append(Finding(measure, value, error, sentence(value, layout.quality)))
    if layout.kind in _ONLY_NEAR:
        said.append(Finding("limits", None, None, _LIMITS))
    return said


def of_structure(verdict: str, clear: int, weak: int, clusters: int) -> str:
    """Say whether a collection has clusters.

    Parameters
    ----------
    verdict
        ``clear``, ``weak``, ``none`` or ``unknown``.
    clear, weak, clusters
        How many clusters are so, and how many there are.
    """
    if verdict == "unknown":
        return "These are too few pictures to tell whether their clusters are real."
    if verdict == "none":
        return (
            "The map shows no real clusters: such groups would be found in any cloud of pictures "
            "that has none."
        )
    than_noise = "better than the groups that are found in a cloud of pictures without any"
    if verdict == "clear":
        return (
            f"The clusters are real: {_of(clear, clusters)} together far {than_noise}, and come "
            "again when pictures are left out."
        )
    some = f"{_of(clear + weak, clusters)} together"
    how = f"far {than_noise}" if not weak else f"{than_noise}, {clear or 'none'} of them far better"
    return f"There are clusters, but few or with blurred borders: {some} {how}."


def of_cluster(verdict: str, stay: float, expected: float, neighbours: int) -> str:
    """Say how well one cluster holds together.

    Parameters
    ----------
    verdict
        ``clear``, ``weak``, ``none`` or ``unknown``.
    stay, expected
        Share of its members' nearest pictures that are in it too, and would be by lot.
    neighbours
        How many are looked at.
    """
    heads = {
        "clear": "A real cluster",
        "weak": "A cluster with blurred borders",
        "none": "No real cluster, but a part of a larger whole",
        "unknown": "Too small to tell whether it is a real cluster",
    }
    return (
        f"{heads[verdict]}: of the {neighbours} pictures most like one of its own, "
        f"{_count(stay * neighbours, 'is', 'are')} in it too; by lot "
        f"{_count(expected * neighbours, 'would be', 'would be')}."
    )


def _against(layout: Layout, layouts: Sequence[Layout], titles: Mapping[str, str]) -> list[Finding]:
    """Compare the neighbours kept with those of the best layout."""
    rivals = [
        other
        for other in layouts
        if other.kind in BY_LIKENESS and other.name != layout.name and "kept" in other.quality
    ]
    if "kept" not in layout.quality or layout.quality.get("kept_by_lot", 0) >= 1:
        return []
    if layout.kind not in BY_LIKENESS:
        sentence = "This layout has an order of its own, and does not try to put like beside like."
        return [Finding("against", None, None, sentence)]
    if not rivals:
        return []
    best = max(rivals, key=lambda other: other.quality["kept"])
    own, most = layout.quality["kept"], best.quality["kept"]
    if most <= 0 or own > most:
        sentence = "No other layout of this collection puts like beside like as well as this one."
        return [Finding("against", None, None, sentence)]
    title, rival = (titles.get(one.name, one.name) for one in (layout, best))
    return [
        Finding(
            "against",
            own / most,
            None,
            f"{title} is {_words(_AGAINST, own / most)} {rival} at putting like beside like: it "
            f"keeps {own:.0%} of the nearest pictures together, and {rival} {most:.0%}.",
        )
    ]


def _kept(value: float, quality: Mapping[str, float]) -> str:
    of = round(quality["kept_of"])
    lot = quality.get("kept_by_lot", 0)
    if lot >= 1:
        return f"These are so few pictures that each stands beside all {of} others on any map."
    stand = _count(value * of, "stands", "stand")
    would = f"; by lot {_count(lot * of, 'would', 'would')}" if lot * of >= 0.5 else ""
    return f"Of the {of} pictures most like a picture, {stand} beside it on this map{would}."


def _false(value: float, quality: Mapping[str, float]) -> str:
    of = round(quality["kept_of"])
    return (
        f"Of the {of} pictures beside a picture on this map, {_count(value * of, 'is', 'are')} "
        f"not even among the {round(quality['false_of'])} most like it."
    )


def _trustworthiness(value: float, _: Mapping[str, float]) -> str:
    return (
        f"What stands together on this map {_words(_ALIKE, value)} at least broadly alike "
        f"(trustworthiness {value:.2f}; 1 is perfect, 0.5 is chance)."
    )


def _continuity(value: float, _: Mapping[str, float]) -> str:
    return (
        f"What is alike stands {_words(_TOGETHER, value)} at least in the same part of this map "
        f"(continuity {value:.2f}; 1 is perfect, 0.5 is chance)."
    )


def _distances(value: float, _: Mapping[str, float]) -> str:
    return (
        f"How far apart two pictures are on this map tells {_words(_TELLS, value)} about how "
        f"unlike they are (rank correlation {value:.2f}; 1 is perfect, 0 is none)."
    )


def _proportions(value: float, _: Mapping[str, float]) -> str:
    return (
        f"Distances on this map grow in step with unlikeness to the degree of {value:.2f} "
        "(linear correlation; 1 is perfect, 0 is none)."
    )


def _stable(again: str) -> Callable[[float, Mapping[str, float]], str]:
    def sentence(value: float, quality: Mapping[str, float]) -> str:
        of = round(quality["kept_of"])
        return (
            f"When the map is drawn again {again}, of the {of} pictures beside a picture "
            f"{_count(value * of, 'stays', 'stay')} beside it: {_words(_STAYS, value)}."
        )

    return sentence


_SENTENCES: Mapping[str, Callable[[float, Mapping[str, float]], str]] = {
    "kept": _kept,
    "false": _false,
    "trustworthiness": _trustworthiness,
    "continuity": _continuity,
    "distances_spearman": _distances,
    "distances_pearson": _proportions,
    "stability_seeds": _stable("from another start"),
    "stability_perplexities": _stable("with another perplexity"),
}


def _words(levels: Levels, value: float) -> str:
    return next(words for least, words in levels if value >= least)


def _count(value: float, one: str, several: str) -> str:
    """Return a mean number of pictures and the verb that goes with it, as people say it."""
    if 0 < value < 0.5:
        return f"hardly one {one}"
    whole = math.floor(value + 0.5)
    return f"{whole} {one if whole == 1 else several}"


def _of(some: int, all_: int) -> str:
    return f"{some} of {all_} {'holds' if some == 1 else 'hold'}"
