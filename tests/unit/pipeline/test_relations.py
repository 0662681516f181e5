"""Duplicates are told from look-alikes."""

from __future__ import annotations

import numpy as np

from bilderatlas.pipeline.relations import Relations
from bilderatlas.types import DuplicateGroup


def test_the_same_bytes_are_exact_and_the_rest_of_a_group_is_the_same_picture() -> None:
    keys = ["aa", "bb", "aa", "cc", "dd"]
    groups = [DuplicateGroup("same", np.array([1, 0, 2], np.int32))]
    relations = Relations(keys, {"aa": 0, "bb": 1, "cc": 3, "dd": 4}, groups)
    items = np.arange(5, dtype=np.int32)
    said = relations.between(items[:, None], items)
    assert said[0].tolist() == ["exact", "same picture", "exact", "", ""]
    assert said[1].tolist() == ["same picture", "exact", "same picture", "", ""]
    assert said[3].tolist() == ["", "", "", "exact", ""]
