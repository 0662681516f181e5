"""What is known of the classes, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bilderatlas.analysis.labels.classification import Classification, Space
from bilderatlas.analysis.labels.shuffling import LEVEL
from bilderatlas.analysis.labels.spaces import VECTORS

__all__ = ["LOST_BY_MAP", "sentences"]

LOST_BY_MAP = 0.1
"""Share of neighbours of one's class by which a map that falls short of the vectors is to blame."""

_WELL_TOLD = 0.9
_BADLY_TOLD = 0.6


def sentences(found: Classification, titles: Mapping[str, str] | None = None) -> list[str]:
    """Return what a layman should know of the classes, the most important first.

    The first sentence is the verdict. ``titles`` are what people call the maps, by their names.
    """
    said = [_verdict(found)]
    if found.verdict != "nothing":
        said += [*_of_classes(found), *_of_confusion(found)]
    said += _of_spaces(found, titles or {})
    if found.verdict != "nothing":
        said += [_of_mislabelled(found), _of_calibration(found)]
    return [*said, *_of_what_was_used(found)]


def _verdict(found: Classification) -> str:
    right, error = _percent(found.accuracy), 100 * found.accuracy_error
    told = f"{right} ± {error:.1f} of the pictures are told right without having been seen"
    shuffled = f"{_percent(float(np.mean(found.shuffled.accuracies)))} when labels are shuffled"
    against = f"against {_percent(found.majority)} for always saying the same, and {shuffled}"
    name = repr(found.label)
    if found.verdict == "nothing":
        return (
            f"Nothing was found in the pictures that tells the classes of {name} apart: {told}, "
            f"{against}."
        )
    opening = {
        "little": f"The classes of {name} are told apart a little, and more than by chance",
        "much": f"The classes of {name} are told apart in part",
        "all": f"The classes of {name} are told apart clearly",
    }[found.verdict]
    return f"{opening}: {told}, {against}."


def _of_classes(found: Classification) -> list[str]:
    well = [each.name for each in found.classes if each.f1 >= _WELL_TOLD]
    badly = [each.name for each in found.classes if each.f1 < _BADLY_TOLD]
    if not badly or not well:
        return []
    return [f"Clear are {_listed(well)}; not clear are {_listed(badly)}."]


def _of_confusion(found: Classification) -> list[str]:
    mixed = found.confusion + found.confusion.T
    mixed[np.diag_indices(len(mixed))] = 0
    one, other = np.unravel_index(mixed.argmax(), mixed.shape)
    if not mixed[one, other]:
        return []
    names, both = found.names, int(found.confusion[[one, other]].sum())
    return [
        f"Most often confused are {names[one]} and {names[other]}: "
        f"{_count(int(mixed[one, other]), 'picture')} of {both:,}."
    ]


def _of_spaces(found: Classification, titles: Mapping[str, str]) -> list[str]:
    by_name = {space.name: space for space in found.spaces}
    vectors = by_name.pop(VECTORS)
    said = [
        f"Of the 10 pictures most like a picture, {_tenths(vectors)} bear its label "
        f"({10 * vectors.agreement_by_chance:.1f} by chance); the silhouette of the classes is "
        f"{vectors.silhouette:.2f}{_of_chance(vectors)}."
    ]
    for name, space in by_name.items():
        title = titles.get(name, name)
        sentence = (
            f"On the map {title}, {_tenths(space)} of the 10 beside a picture bear its label; the "
            f"silhouette is {space.silhouette:.2f}{_of_chance(space)}"
        )
        if vectors.chance <= LEVEL and vectors.agreement - space.agreement > LOST_BY_MAP:
            sentence += ": the map is weaker than the classes are"
        said.append(sentence + ".")
    return said


def _of_chance(space: Space) -> str:
    return "" if space.chance <= LEVEL else ", no better than with shuffled labels: nothing"


def _of_mislabelled(found: Classification) -> str:
    if not found.is_telling:
        return "The classes are too much alike for anything to be said of single labels."
    suspects = int(found.mislabelled.sum())
    odd = len(found.at_odds())
    if not odd:
        return "No picture is at odds with its label."
    verb = "is" if odd == 1 else "are"
    likely = f"{suspects:,} of them likely mislabelled" if suspects else "none surely mislabelled"
    return f"{_count(odd, 'picture')} {verb} at odds with the label, {likely}."


def _of_calibration(found: Classification) -> str:
    return (
        "The probabilities differ from how often they come true by "
        f"{100 * found.calibration_error:.1f} points in the mean."
    )


def _of_what_was_used(found: Classification) -> list[str]:
    said = []
    if found.left_out:
        few = [f"{name} ({count})" for name, count in found.left_out.items()]
        said.append(f"Left out, as too few pictures bear them: {_listed(few)}.")
    if found.learnt_from < int(found.labelled * 0.8):
        said.append(
            f"Each probe has learnt from {found.learnt_from:,} pictures drawn from the "
            f"{found.labelled:,} with a label; all of them were judged."
        )
    return said


def _tenths(space: Space) -> str:
    return f"{10 * space.agreement:.1f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _listed(names: list[str], most: int = 8) -> str:
    shown = names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
