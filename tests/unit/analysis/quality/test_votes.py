"""What the neighbours of an item would call it."""

import numpy as np
from scipy.stats import mode
from tests.unit.analysis.quality.made import noise

from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import beside, vote


def test_most_neighbours_win_and_of_two_that_tie_the_nearest() -> None:
    codes = np.array([0, 1, 1, 2, 2], np.int32)
    ids = np.array([[1, 3, 4, 2], [3, 4, 2, 0], [1, 3, 0, 4], [4, 1, 2, 0], [1, 2, 0, 3]])
    votes = vote(ids, codes)
    assert votes.winner.tolist() == [1, 2, 2, 1, 1]
    assert votes.share.tolist() == [0.0, 0.25, 0.25, 0.25, 0.25]
    assert votes.right.tolist() == [0, 0, 0, 0, 0]


def test_the_winner_is_the_most_frequent_label() -> None:
    vectors = noise(200, 3)
    codes = (vectors[:, 0] > 0).astype(np.int32) + (vectors[:, 1] > 0).astype(np.int32)
    ids = nearest(vectors, 7).ids
    most = mode(codes[ids], axis=1)
    counts = (codes[ids][:, :, None] == np.arange(3)).sum(axis=1)
    tied = np.ptp(np.sort(counts)[:, 1:], axis=1) == 0
    assert (vote(ids, codes).winner == most.mode)[~tied].all()
    assert (~tied).sum() > 150


def test_who_has_no_label_does_not_vote_and_may_be_told_one() -> None:
    codes = np.array([0, -1, 0, 1, -1], np.int32)
    ids = np.array([[1, 2], [0, 2], [1, 4], [0, 1], [-1, -1]])
    votes = vote(ids, codes)
    assert votes.winner.tolist() == [0, 0, -1, 0, -1]
    np.testing.assert_array_equal(votes.share, [1, np.nan, np.nan, 0, np.nan])
    np.testing.assert_array_equal(votes.right, [1, np.nan, np.nan, 0, np.nan])


def test_neighbours_on_a_map_vote_alike() -> None:
    positions = np.concatenate([noise(30, 2), 9 + noise(30, 2)])
    codes = np.arange(60, dtype=np.int32) // 30
    positions[3] = np.nan
    votes = vote(beside(positions, 10), codes)
    assert np.nanmin(votes.right) == np.nanmin(votes.share) == 1
    assert np.flatnonzero(np.isnan(votes.share)).tolist() == [3]


def test_without_neighbours_nobody_votes() -> None:
    votes = vote(np.empty((1, 0), np.int32), np.zeros(1, np.int32))
    assert votes.winner.tolist() == [-1]
    assert np.isnan(votes.share).all()
