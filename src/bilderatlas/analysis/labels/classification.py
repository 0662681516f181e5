"""What is known of the classes of a collection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.shuffling import Shuffled
from bilderatlas.types import BoolArray, Float32Array, Int32Array

__all__ = ["ClassMeasures", "Classification", "Space", "Verdict"]

Verdict = Literal["nothing", "little", "much", "all"]

_ALL = 0.9
_MUCH = 0.5
_BETWEEN = 0.5
"""By so much the two most probable classes of an item differ that is surely of one."""
_DECIMALS = 4
_ARRAYS = {
    "given": np.int32,
    "predicted": np.int32,
    "probability": np.float32,
    "probability_of_given": np.float32,
    "margin": np.float32,
    "mislabelled": np.bool_,
    "confusion": np.int32,
}


@dataclass(frozen=True, slots=True)
class ClassMeasures:
    """How well one class is told from the others.

    Attributes
    ----------
    name
        The label.
    items
        How many items bear it.
    precision
        Share of the items predicted to be of the class that bear the label; 0 if there are none.
    recall
        Share of the items with the label that are predicted to be of the class.
    f1
        The harmonic mean of the two.
    medoid
        The item most alike to all others of the class.
    """

    name: str
    items: int
    precision: float
    recall: float
    f1: float
    medoid: int


@dataclass(frozen=True, slots=True)
class Space:
    """How well the classes hold together in the vectors, or on one map, copies counting once.

    Attributes
    ----------
    name
        ``vectors``, or the layout's name.
    agreement
        Share of the 10 nearest that bear an item's own label, in the mean over all items.
    agreement_by_chance
        The same if labels meant nothing.
    votes
        Share of items whose label most of the 10 nearest bear.
    silhouette
        Mean silhouette, in -1…1; 0 is nothing (Rousseeuw 1987).
    chance
        The p-value of the silhouette among those of shuffled labels, on at most 1,000 items.
    silhouettes
        The mean silhouette of each class.
    """

    name: str
    agreement: float
    agreement_by_chance: float
    votes: float
    silhouette: float
    chance: float
    silhouettes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """What a linear probe on the vectors says of the classes of n items.

    Arrays have one value for each item of the collection, in id order.

    Attributes
    ----------
    label
        What the classes were taken from: a column's name.
    classes
        One for each class, in order of the names.
    given
        Shape (n,), int32: the number of each item's class; -1 without a label, -2 with a label of
        which there are too few.
    predicted
        Shape (n,), int32: the most probable class. For an item of a class, that of a probe which
        has seen neither the item nor a duplicate of it.
    probability
        Shape (n,), float32: the calibrated probability of ``predicted``.
    probability_of_given
        Shape (n,), float32: that of ``given``; NaN without one.
    margin
        Shape (n,), float32: by how much the most probable class is ahead of the next.
    mislabelled
        Shape (n,), bool: likely to bear a wrong label; nobody unless the labels are telling.
    confusion
        Shape (c, c), int32: how many of each class (row) are predicted to be of which (column).
    accuracy, accuracy_error
        Share told right over the five folds, and its standard error, copies counting once.
    majority
        Share of the largest class: the accuracy of always saying the same.
    shuffled
        The probe on shuffled labels.
    calibration_error
        Expected difference of ``probability`` from the share that is right, on unseen items.
    temperature
        What scores are divided by to be calibrated.
    spaces
        How well the classes hold together in the vectors and on each map.
    left_out
        Labels of which there are too few, with how many items bear them.
    learnt_from
        How many items each probe has seen.
    """

    label: str
    classes: tuple[ClassMeasures, ...]
    given: Int32Array
    predicted: Int32Array
    probability: Float32Array
    probability_of_given: Float32Array
    margin: Float32Array
    mislabelled: BoolArray
    confusion: Int32Array
    accuracy: float
    accuracy_error: float
    majority: float
    shuffled: Shuffled
    calibration_error: float
    temperature: float
    spaces: tuple[Space, ...]
    left_out: Mapping[str, int]
    learnt_from: int

    @property
    def verdict(self) -> Verdict:
        """How much of the way from guessing to knowing the probe goes: nothing, little, much, all.

        It is nothing if the probe is no better than on shuffled labels. Half of the way is much,
        nine tenths are as good as all.
        """
        if (
            not self.shuffled.is_surpassed
            and self.accuracy < self.majority + 3 * self.accuracy_error
        ):
            return "nothing"
        way = (self.accuracy - self.majority) / (1 - self.majority)
        return "all" if way >= _ALL else "much" if way >= _MUCH else "little"

    @property
    def is_telling(self) -> bool:
        """Whether the classes are told apart so well that something can be said of one label."""
        return self.verdict in ("much", "all")

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, in the order of their numbers."""
        return tuple(each.name for each in self.classes)

    @property
    def labelled(self) -> int:
        """How many items have a class."""
        return int((self.given >= 0).sum())

    def at_odds(self) -> npt.NDArray[np.int64]:
        """Return the items predicted to be of another class, the least probable labels first."""
        wrong = np.flatnonzero((self.given >= 0) & (self.predicted != self.given))
        return wrong[np.argsort(self.probability_of_given[wrong], kind="stable")]

    def boundary(self) -> npt.NDArray[np.int64]:
        """Return the items with a class that lie between two, those nearest to both first."""
        own = np.flatnonzero((self.given >= 0) & (self.margin < _BETWEEN))
        return own[np.argsort(self.margin[own], kind="stable")]

    def suggestions(self) -> npt.NDArray[np.int64]:
        """Return the items without a label, those with the surest prediction first."""
        open_ = np.flatnonzero(self.given == -1)
        return open_[np.argsort(-self.probability[open_], kind="stable")]

    def typical(self, code: int) -> npt.NDArray[np.int64]:
        """Return the items of a class, those most surely predicted to be of it first."""
        own = np.flatnonzero(self.given == code)
        return own[np.argsort(-self.probability_of_given[own], kind="stable")]

    def sentences(self, titles: Mapping[str, str] | None = None) -> list[str]:
        """Return what a layman should know of the classes, the verdict first.

        ``titles`` are what people call the maps, by their names.
        """
        from bilderatlas.analysis.labels.words import sentences

        return sentences(self, titles)

    def to_json(self) -> str:
        """Return the whole as JSON text; probabilities have four decimals."""
        return json.dumps(
            {name: _plain(getattr(self, name)) for name in self.__slots__}, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str) -> Classification:
        """Return what ``to_json`` has written."""
        content: dict[str, Any] = json.loads(text)
        arrays: dict[str, Any] = {
            name: np.array(content.pop(name), object).astype(kind)  # null becomes NaN
            for name, kind in _ARRAYS.items()
        }
        content["classes"] = tuple(ClassMeasures(**each) for each in content["classes"])
        content["spaces"] = tuple(
            Space(**{**each, "silhouettes": tuple(each["silhouettes"])})
            for each in content["spaces"]
        )
        of_shuffled = content["shuffled"]
        of_shuffled["accuracies"] = tuple(of_shuffled["accuracies"])
        return cls(**{**content, **arrays, "shuffled": Shuffled(**of_shuffled)})


def _plain(value: Any) -> Any:
    """Return what JSON can say: a matrix as its rows, NaN as null."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f":
            rounded = np.round(value.astype(np.float64), _DECIMALS)
            return [None if np.isnan(each) else each for each in rounded.tolist()]
        return value.tolist()
    if isinstance(value, tuple):
        return [asdict(each) for each in value]
    if isinstance(value, Shuffled):
        return asdict(value)
    return dict(value) if isinstance(value, Mapping) else value
