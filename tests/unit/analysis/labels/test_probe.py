"""The linear probe."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.analysis.labels.classes import made

from bilderatlas.analysis.labels import probe
from bilderatlas.analysis.labels.probe import Probe, unseen_scores


def codes_of(labels: list[str | None]) -> np.ndarray:
    return np.unique(np.array(labels), return_inverse=True)[1].astype(np.int32)


@pytest.mark.parametrize("sizes", [[20, 20], [20, 9, 30]])
def test_it_tells_what_lies_apart_from_vectors_that_it_has_not_seen(sizes: list[int]) -> None:
    vectors, labels = made(sizes)
    codes = codes_of(labels)
    seen = np.arange(0, len(codes), 2)
    scores = Probe.fit(vectors, codes, seen).scores(vectors, seen + (seen + 1 < len(codes)))
    assert scores.shape == (len(seen), len(sizes))
    assert (scores.argmax(axis=1) == codes[seen + (seen + 1 < len(codes))]).all()


def test_its_scores_are_the_log_probabilities_of_scikit_learn() -> None:
    from sklearn.linear_model import LogisticRegression

    vectors, labels = made([30, 30], apart=0.2)
    codes = codes_of(labels)
    rows = np.arange(len(codes))
    scores = Probe.fit(vectors, codes, rows).scores(vectors, rows)
    own = LogisticRegression(C=1000 / 60, max_iter=1000).fit(vectors, codes)
    wanted = own.predict_log_proba(vectors)
    np.testing.assert_allclose(np.diff(scores), np.diff(wanted), atol=1e-3)


def test_a_class_that_it_has_not_seen_never_wins() -> None:
    vectors, labels = made([12, 12, 12])
    codes = codes_of(labels)
    rows = np.arange(36)
    for seen in (rows[codes != 2], rows[codes == 0]):
        scores = Probe.fit(vectors, codes, seen).scores(vectors, rows)
        assert set(scores.argmax(axis=1)) == set(codes[seen])


def test_of_very_many_items_it_learns_from_some_and_from_some_of_every_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probe, "LEARNT_FROM", 100)
    vectors, labels = made([4000, 4000, 25])
    codes = codes_of(labels)
    scores, _ = unseen_scores(vectors, codes, np.arange(len(codes), dtype=np.int32))
    told = scores.argmax(axis=1) == codes
    assert told.mean() > 0.99
    assert told[codes == 2].mean() > 0.9


def test_a_copy_of_an_item_does_not_give_its_label_away() -> None:
    """Copies of noise with labels of their own: only who has seen a copy could tell them."""
    random = np.random.default_rng(0)
    pictures = random.normal(size=(60, 200)).astype(np.float32)
    pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    vectors = np.repeat(pictures, 4, axis=0)
    codes = np.repeat(random.permutation(np.arange(60) % 2), 4).astype(np.int32)
    apart, _ = unseen_scores(vectors, codes, np.arange(240, dtype=np.int32))
    assert (apart.argmax(axis=1) == codes).mean() > 0.95
    together, _ = unseen_scores(vectors, codes, np.repeat(np.arange(60, dtype=np.int32), 4))
    assert (together.argmax(axis=1) == codes).mean() < 0.7
