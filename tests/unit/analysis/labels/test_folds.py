"""Folds: even, and no group on two sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.analysis.labels.folds import deal


@given(
    items=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30)), min_size=1, max_size=80),
    folds=st.integers(2, 6),
    seed=st.integers(0, 100),
)
def test_no_group_is_torn_apart_and_no_fold_favoured(
    items: list[tuple[int, int]], folds: int, seed: int
) -> None:
    codes, groups = np.array(items, np.int32).T
    fold = deal(codes, groups, folds, random_state=seed)
    assert all(len(set(fold[groups == group])) == 1 for group in groups)
    _, first = np.unique(groups, return_index=True)
    for some in (first, *(first[codes[first] == code] for code in range(4))):
        counts = np.bincount(fold[some], minlength=folds)
        assert counts.max() - counts.min() <= 1


def test_another_seed_deals_otherwise_and_the_same_seed_alike() -> None:
    codes, groups = np.zeros(50, np.int32), np.arange(50, dtype=np.int32)
    one, same, other = (deal(codes, groups, 5, random_state=seed) for seed in (0, 0, 1))
    assert (one == same).all()
    assert (one != other).any()
