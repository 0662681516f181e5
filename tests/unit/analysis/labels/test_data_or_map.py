"""Whether it is the data or the map where classes do not show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.analysis.labels.classes import classified, made

from bilderatlas.analysis.labels import shuffling
from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.analysis.labels.data_or_map import data_or_map


@pytest.fixture(autouse=True)
def few_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend no time on what is not tested here."""
    monkeypatch.setattr(shuffling, "SHUFFLES", 1)


def on_the_map(found: Classification, agreement: float) -> Classification:
    vectors, flat = found.spaces
    return replace(found, spaces=(vectors, replace(flat, agreement=agreement)))


def test_a_map_that_hides_clear_classes_is_to_blame() -> None:
    found = on_the_map(classified(*made([30, 30])), 0.55)
    assert data_or_map(found, "flat", "The flat one").startswith("It is the map and not the data")
    assert "on the map The flat one 5.5 of the 10 beside it do" in data_or_map(
        found, "flat", "The flat one"
    )


def test_a_map_that_shows_clear_classes_is_not() -> None:
    found = on_the_map(classified(*made([30, 30])), 0.97)
    assert data_or_map(found, "flat").startswith("Neither the data nor the map is weak")


def test_shuffled_labels_are_the_data_s_fault() -> None:
    vectors, labels = made([40, 40])
    shuffled = np.random.default_rng(1).permutation(np.array(labels, object)).tolist()
    found = classified(vectors, shuffled)
    assert found.verdict in ("nothing", "little")
    assert data_or_map(found, "flat").startswith("It is the data")


def test_classes_that_can_be_learnt_but_do_not_make_alike_are_told_from_both() -> None:
    found = classified(*made([30, 30]))
    vectors = replace(found.spaces[0], agreement=0.55, agreement_by_chance=0.49)
    fine = replace(found, spaces=(vectors, found.spaces[1]))
    assert data_or_map(fine, "flat").startswith("It is neither the data nor the map alone")


def test_a_map_that_was_not_looked_at_is_not_judged() -> None:
    said = data_or_map(classified(*made([30, 30])), "younger")
    assert said.startswith("The classes are in the pictures")


def test_a_map_that_shows_as_much_as_there_is_is_not_to_blame() -> None:
    found = replace(on_the_map(classified(*made([30, 30])), 0.97), accuracy=0.8)
    assert found.verdict == "much"
    assert data_or_map(found, "flat").startswith("The map is not to blame")
