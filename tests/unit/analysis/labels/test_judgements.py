"""What is said of single items, and of labels that make few classes or none."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.analysis.labels.classes import classified, graph, made

from bilderatlas.analysis.labels import shuffling
from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.analysis.labels.classify import classify
from bilderatlas.analysis.labels.words import sentences
from bilderatlas.errors import QueryError
from bilderatlas.types import DuplicateGroup


@pytest.fixture(autouse=True)
def few_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend no time on what is not tested here."""
    monkeypatch.setattr(shuffling, "SHUFFLES", 1)


def test_a_wrong_label_is_the_first_that_is_at_odds() -> None:
    vectors, labels = made([30, 30])
    labels[4], labels[50] = "b", "a"
    result = classified(vectors, labels)
    assert set(result.at_odds()[:2].tolist()) == {4, 50}
    assert np.flatnonzero(result.mislabelled).tolist() == [4, 50]
    assert any("2 of them likely mislabelled" in sentence for sentence in sentences(result))
    assert result.probability_of_given[4] < 0.1


def test_the_picture_between_two_classes_is_nearest_to_the_boundary() -> None:
    vectors, labels = made([30, 30])
    vectors[7] = vectors[:30].mean(axis=0) + vectors[30:].mean(axis=0)
    vectors[7] /= np.linalg.norm(vectors[7])
    assert classified(vectors, labels).boundary()[0] == 7


def test_nobody_is_between_two_classes_that_are_clearly_apart() -> None:
    assert len(classified(*made([30, 30])).boundary()) == 0


def test_who_has_no_label_gets_a_suggestion_with_its_probability() -> None:
    vectors, labels = made([30, 30])
    truth = list(labels)
    for item in range(0, 60, 6):
        labels[item] = None
    result = classified(vectors, labels)
    suggested = result.suggestions()
    assert sorted(suggested.tolist()) == list(range(0, 60, 6))
    assert [result.names[result.predicted[item]] for item in suggested] == [
        truth[item] for item in suggested
    ]
    assert (np.diff(result.probability[suggested]) <= 0).all()
    assert result.probability[suggested].min() > 0.5
    assert np.isnan(result.probability_of_given[suggested]).all()
    assert result.labelled == 50


def test_the_exemplar_of_a_class_is_in_its_middle_and_the_typical_ones_sure() -> None:
    vectors, labels = made([30, 30])
    vectors[12] = 0
    vectors[12, 0] = 1
    result = classified(vectors, labels)
    assert result.classes[0].medoid == 12
    typical = result.typical(1)
    assert sorted(typical.tolist()) == list(range(30, 60))
    assert result.probability_of_given[typical[0]] == result.probability_of_given[30:].max()


def test_a_class_of_two_pictures_is_left_out_and_said_to_be() -> None:
    vectors, labels = made([20, 20, 2])
    result = classified(vectors, labels)
    assert result.left_out == {"c": 2}
    assert result.given[-2:].tolist() == [-2, -2]
    assert result.labelled == 40
    assert "c (2)" in sentences(result)[-1]
    assert len(result.suggestions()) == 0


def test_copies_of_a_picture_count_once() -> None:
    vectors, labels = made([20, 20, 6])
    copies = DuplicateGroup("exact", np.arange(41, 46, dtype=np.int32))
    assert classified(vectors, labels, duplicates=[copies]).left_out == {"c": 6}
    assert classified(vectors, labels).left_out == {}


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ([None] * 12, "No picture has a label in 'kind'"),
        (["a"] * 12, "All labels in 'kind' are 'a'"),
        (["a"] * 10 + ["b"] * 2, "no two classes of at least 3"),
        ([str(i) for i in range(12)], "no two classes of at least 3"),
    ],
)
def test_labels_that_make_no_classes_are_refused_in_a_sentence(
    labels: list[str | None], reason: str
) -> None:
    vectors, _ = made([12])
    with pytest.raises(QueryError, match=reason) as refused:
        classified(vectors, labels)
    assert str(refused.value).endswith("choose other labels.")


def test_more_than_a_hundred_classes_are_refused() -> None:
    vectors, _ = made([303])
    with pytest.raises(QueryError, match="101 classes"):
        classified(vectors, [str(i % 101) for i in range(303)])


def test_six_pictures_in_two_classes_are_enough() -> None:
    vectors, labels = made([3, 3])
    result = classified(vectors, labels)
    assert result.confusion.sum() == 6
    assert np.isfinite([result.accuracy, result.accuracy_error, result.calibration_error]).all()


def test_pictures_without_a_place_on_a_map_do_not_count_there() -> None:
    vectors, labels = made([30, 30])
    places = vectors[:, :2].copy()
    places[::2] = np.nan
    result = classify(
        vectors, labels, label="kind", neighbours=graph(vectors), maps={"map": places}
    )
    assert result.spaces[1].votes > 0.97
    nowhere = np.full((60, 2), np.nan, np.float32)
    result = classify(
        vectors, labels, label="kind", neighbours=graph(vectors), maps={"map": nowhere}
    )
    assert result.spaces[1].chance == 1


def test_copies_do_not_make_labels_look_shared_that_mean_nothing() -> None:
    vectors, _ = made([60], apart=0)
    random = np.random.default_rng(0)
    labels = [name for name in random.choice(["a", "b", "c"], 60) for _ in range(5)]
    copied = np.repeat(vectors, 5, axis=0)
    copies = [
        DuplicateGroup("exact", np.arange(i, i + 5, dtype=np.int32)) for i in range(0, 300, 5)
    ]
    result = classify(
        copied,
        labels,
        label="kind",
        neighbours=graph(copied, 80),
        duplicates=copies,
        maps={"flat": copied[:, :2]},
    )
    for space in result.spaces:
        assert space.agreement == pytest.approx(space.agreement_by_chance, abs=0.06)


def test_copies_with_different_labels_leave_some_folds_empty_and_no_number_missing() -> None:
    vectors, _ = made([3, 3])
    pairs = [DuplicateGroup("same", np.array([i, i + 3], np.int32)) for i in range(3)]
    result = classified(vectors, list("aaabbb"), duplicates=pairs)
    assert np.isfinite([result.accuracy, result.accuracy_error]).all()


def test_a_few_pictures_that_are_all_told_right_do_not_make_the_accuracy_certain() -> None:
    vectors, labels = made([4, 4])
    result = classified(vectors, labels)
    assert result.accuracy == 1
    assert result.accuracy_error > 0.05


def test_it_comes_back_from_json_as_it_went() -> None:
    vectors, labels = made([20, 20, 2])
    labels[3] = None
    result = classified(vectors, labels)
    text = result.to_json()
    back = Classification.from_json(text)
    assert back.to_json() == text
    for name in ("given", "predicted", "mislabelled", "confusion"):
        one, other = getattr(result, name), getattr(back, name)
        assert (one.dtype, one.tolist()) == (other.dtype, other.tolist())
    np.testing.assert_allclose(back.probability_of_given, result.probability_of_given, atol=1e-4)
    assert (back.classes, back.spaces, back.shuffled) == (
        result.classes,
        result.spaces,
        result.shuffled,
    )
    assert sentences(back) == sentences(result)
