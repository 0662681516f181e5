"""From vectors and labels to what can be said of the classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.calibration import (
    calibration_error,
    fit_temperature,
    probabilities,
    unseen_probabilities,
)
from bilderatlas.analysis.labels.classification import Classification, ClassMeasures
from bilderatlas.analysis.labels.groups import groups_of
from bilderatlas.analysis.labels.mislabelled import find_mislabelled
from bilderatlas.analysis.labels.probe import FOLDS, LEARNT_FROM, Probe, unseen_scores
from bilderatlas.analysis.labels.shuffling import compare_with_shuffled
from bilderatlas.analysis.labels.spaces import measure_map, measure_vectors
from bilderatlas.errors import QueryError
from bilderatlas.types import BoolArray, DuplicateGroup, Float32Array, Int32Array, Neighbours

__all__ = ["classify"]

_FEWEST = 3
"""Pictures that a class needs, copies counting once."""

_MOST_CLASSES = 100
_FEW = 5_000


def classify(
    vectors: npt.NDArray[Any],
    labels: Sequence[str | None],
    *,
    label: str,
    neighbours: Neighbours,
    duplicates: Sequence[DuplicateGroup] = (),
    maps: Mapping[str, npt.NDArray[Any]] | None = None,
    random_state: int = 0,
) -> Classification:
    """Ask how well the classes can be told apart, and which items speak against theirs.

    A linear probe learns from four fifths of the labelled items what the labels of the last fifth
    are, five times; duplicates stay on one side. Alain & Bengio 2017, "Understanding intermediate
    layers using linear classifier probes". Of more than 20,000 items, each probe learns from as
    many; every item is judged all the same.

    Parameters
    ----------
    vectors
        Shape (n, d), of any float type, L2-normalised.
    labels
        The label of each item, ``None`` for none; those are given a suggestion.
    label
        What the labels are called, for messages.
    neighbours
        The graph of the n items.
    duplicates
        Items that show the same picture.
    maps
        Positions (n, 2) by the layout's name.
    random_state
        Seed of folds, draws and shuffles.

    Raises
    ------
    QueryError
        If there are not two classes of at least three pictures, or more than 100.
    """
    from threadpoolctl import threadpool_limits

    groups = groups_of(len(labels), duplicates)
    names, left_out, given = _numbered(label, labels, groups)
    rows = np.flatnonzero(given >= 0)
    others = np.flatnonzero(given < 0)
    own, codes = vectors if len(others) == 0 else vectors[rows], given[rows]
    single, groups = _one_of_each(groups, given), groups[rows]

    # Two cores take three times as long as one for so little work at a time.
    with threadpool_limits(1 if len(rows) <= _FEW else None):
        scores, fold = unseen_scores(own, codes, groups, random_state=random_state)
    unseen = unseen_probabilities(scores, codes, fold)
    temperature = fit_temperature(scores, codes)
    of_classes = np.empty((len(given), len(names)), np.float32)
    of_classes[rows] = unseen
    if len(others):
        whole = Probe.fit(own, codes, np.arange(len(rows)), random_state=random_state)
        of_classes[others] = probabilities(whole.scores(vectors, others), temperature)

    predicted = of_classes.argmax(axis=1).astype(np.int32)
    right = predicted[rows] == codes
    confusion = np.zeros((len(names), len(names)), np.int32)
    np.add.at(confusion, (codes, predicted[rows]), 1)
    of_given = np.full(len(given), np.nan, np.float32)
    of_given[rows] = unseen[np.arange(len(rows)), codes]
    mislabelled = np.zeros(len(given), bool)
    mislabelled[rows] = find_mislabelled(scores, codes)
    ranked = np.sort(of_classes, axis=1)
    found = Classification(
        label=label,
        classes=_measures(names, confusion, vectors, given),
        given=given,
        predicted=predicted,
        probability=ranked[:, -1],
        probability_of_given=of_given,
        margin=ranked[:, -1] - ranked[:, -2],
        mislabelled=mislabelled,
        confusion=confusion,
        accuracy=float(right.mean()),
        accuracy_error=_error_of_share(float(right.mean()), len(np.unique(groups))),
        majority=float(confusion.sum(axis=1).max() / len(rows)),
        shuffled=compare_with_shuffled(own, codes, groups, random_state=random_state),
        calibration_error=calibration_error(unseen, codes),
        temperature=temperature,
        spaces=(
            measure_vectors(vectors, neighbours, given, single, random_state=random_state),
            *(
                measure_map(name, positions, given, single, random_state=random_state)
                for name, positions in (maps or {}).items()
            ),
        ),
        left_out=left_out,
        learnt_from=min(LEARNT_FROM, int(len(rows) * (1 - 1 / FOLDS))),
    )
    # Of a class that is hardly told from others, nobody can be said to be no member.
    return found if found.is_telling else replace(found, mislabelled=np.zeros(len(given), bool))


def _numbered(
    label: str, labels: Sequence[str | None], groups: Int32Array
) -> tuple[list[str], dict[str, int], Int32Array]:
    """Return the classes, the labels left out with their counts, and each item's number."""
    items = Counter(name for name in labels if name is not None)
    pairs = {(name, group) for name, group in zip(labels, groups.tolist(), strict=True)}
    pictures = Counter(name for name, _ in pairs if name is not None)
    names = sorted(name for name in items if pictures[name] >= _FEWEST)
    left_out = {name: count for name, count in items.most_common() if pictures[name] < _FEWEST}
    if not items:
        raise QueryError(f"No picture has a label in {label!r}: choose other labels.")
    if len(items) == 1:
        raise QueryError(
            f"All labels in {label!r} are {next(iter(items))!r}, and a class needs another to be "
            "told from: choose other labels."
        )
    if len(names) < 2:
        raise QueryError(
            f"{label!r} has no two classes of at least {_FEWEST} pictures (copies count once): "
            "label more pictures, or choose other labels."
        )
    if len(names) > _MOST_CLASSES:
        raise QueryError(
            f"{label!r} has {len(names):,} classes, and at most {_MOST_CLASSES} can be told apart: "
            "join some into larger ones, or choose other labels."
        )
    number = {name: code for code, name in enumerate(names)} | dict.fromkeys(left_out, -2)
    given = [-1 if name is None else number[name] for name in labels]
    return names, left_out, np.array(given, np.int32)


def _one_of_each(groups: Int32Array, given: Int32Array) -> BoolArray:
    """Return which items stand for their group, shape (n,), bool: the first one of a class."""
    order = np.argsort(given < 0, kind="stable")
    _, first = np.unique(groups[order], return_index=True)
    single = np.zeros(len(groups), bool)
    single[order[first]] = True
    return single


def _error_of_share(share: float, n: int) -> float:
    """Return the standard error of a share of n, not 0 if it is 0 or 1 (Agresti & Coull 1998)."""
    near = (share * n + 2) / (n + 4)
    return float(np.sqrt(near * (1 - near) / (n + 4)))


def _measures(
    names: Sequence[str],
    confusion: Int32Array,
    vectors: npt.NDArray[Any],
    given: Int32Array,
) -> tuple[ClassMeasures, ...]:
    predicted = confusion.sum(axis=0)
    measures = []
    for code, name in enumerate(names):
        members = np.flatnonzero(given == code)
        right = float(confusion[code, code])
        measures.append(
            ClassMeasures(
                name=name,
                items=len(members),
                precision=right / max(1, int(predicted[code])),
                recall=right / len(members),
                f1=2 * right / float(len(members) + predicted[code]),
                medoid=int(members[_medoid(np.asarray(vectors[members], np.float32))]),
            )
        )
    return tuple(measures)


def _medoid(vectors: Float32Array) -> int:
    return int(np.argmax(vectors @ vectors.sum(axis=0)))
