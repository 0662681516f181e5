"""What is odd, and what only looks so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.unit.analysis.test_outliers import graph_of, vectors_of

from bilderatlas.analysis.oddities import find_oddities
from bilderatlas.types import Neighbours

ORDINARY = {"brightness": 0.5, "contrast": 0.2, "sharpness": 0.5, "width": 640, "height": 480}


def flags_of(**changes: float) -> set[str]:
    """Return the oddities of the second of two pictures, which differs as told."""
    values = [ORDINARY, ORDINARY | changes]
    columns: dict[str, Any] = {name: np.array([v[name] for v in values]) for name in ORDINARY}
    nobody = Neighbours(np.zeros((2, 0), np.int32), np.zeros((2, 0), np.float32))
    oddities = find_oddities(nobody, **columns)
    assert not any(flag[0] for flag in oddities.flags.values())
    return {name for name, flag in oddities.flags.items() if flag[1]}


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({"brightness": 0.03}, {"very dark"}),
        ({"contrast": 0.01}, {"near-blank"}),
        ({"contrast": 0.01, "brightness": 0.01}, {"near-blank", "very dark"}),
        ({"sharpness": 0.3}, {"blurred"}),
        ({"width": 150, "height": 100}, {"tiny"}),
        ({"width": 150, "height": 400}, set()),
        ({"width": 1600, "height": 400}, {"odd shape"}),
        ({"width": 400, "height": 1600}, {"odd shape"}),
        ({"width": 1200, "height": 400}, set()),
    ],
)
def test_an_oddity_is_named(changes: dict[str, float], flags: set[str]) -> None:
    assert flags_of(**changes) == flags


def test_of_too_little_nobody_says_that_it_is_blurred() -> None:
    assert flags_of(sharpness=0.3, contrast=0.01) == {"near-blank"}
    assert flags_of(sharpness=0.3, width=16, height=16) == {"tiny"}


def test_a_stranger_is_an_outlier() -> None:
    vectors = vectors_of(100)
    stranger = -vectors.mean(axis=0, keepdims=True)
    graph = graph_of(np.vstack([vectors, stranger / np.linalg.norm(stranger)]), 30)
    columns: dict[str, Any] = {name: np.full(101, value) for name, value in ORDINARY.items()}
    oddities = find_oddities(graph, **columns)
    assert np.flatnonzero(oddities.flags["outlier"]).tolist() == [100]
    assert int(oddities.outlier.argmax()) == 100
