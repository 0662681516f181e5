"""Whether classes can be told apart."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.analysis.labels.classes import classified, made

from bilderatlas.analysis.labels.words import sentences


def test_classes_that_lie_apart_are_told_apart() -> None:
    vectors, labels = made([40, 30, 20, 20])
    result = classified(vectors, labels)
    assert result.verdict == "all"
    assert result.accuracy > 0.97
    assert result.majority == pytest.approx(40 / 110)
    assert result.confusion.sum(axis=1).tolist() == [40, 30, 20, 20]
    assert [each.items for each in result.classes] == [40, 30, 20, 20]
    assert min(each.f1 for each in result.classes) > 0.95
    assert result.names == ("a", "b", "c", "d")
    assert "clearly" in sentences(result)[0]
    in_vectors, on_map = result.spaces
    assert in_vectors.silhouette > 0.3
    assert in_vectors.votes > 0.97
    assert on_map.agreement < in_vectors.agreement  # two classes share a place on it
    assert any("weaker than the classes" in sentence for sentence in sentences(result))


def test_with_labels_shuffled_probe_and_silhouettes_say_that_there_is_nothing() -> None:
    vectors, labels = made([60, 60, 60])
    shuffled = [labels[i] for i in np.random.default_rng(3).permutation(180)]
    result = classified(vectors, shuffled)
    assert result.verdict == "nothing"
    assert abs(result.accuracy - 1 / 3) < 0.12
    assert all(space.chance > 0.05 for space in result.spaces)
    assert not result.mislabelled.any()
    said = sentences(result)
    assert said[0].startswith("Nothing was found")
    assert [sentence.endswith("shuffled labels: nothing.") for sentence in said[1:]] == [True, True]


def test_classes_that_lie_a_little_apart_are_not_called_clear() -> None:
    vectors, labels = made([150, 150], apart=0.14)
    result = classified(vectors, labels)
    assert result.verdict in {"little", "much"}
    assert 0.6 < result.accuracy < 0.9
