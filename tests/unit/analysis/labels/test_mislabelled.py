"""Items that are likely to bear a wrong label."""

from __future__ import annotations

import numpy as np

from bilderatlas.analysis.labels.mislabelled import find_mislabelled


def test_only_who_is_as_sure_of_another_class_as_its_items_are_is_suspect() -> None:
    of_classes = np.array(
        [[0.9, 0.1], [0.7, 0.3], [0.1, 0.9], [0.2, 0.8], [0.05, 0.95], [0.45, 0.55]], np.float32
    )
    codes = np.array([0, 0, 1, 1, 0, 0], np.int32)
    # In the mean, items of class 1 have it with 0.85: 0.95 is as sure as that, 0.55 is not.
    assert find_mislabelled(of_classes, codes).tolist() == [False] * 4 + [True, False]
