import numpy as np

from bilderatlas.analysis.words import name_clusters
from bilderatlas.types import Cluster

WORDS = ["wall", "bathtub", "shower curtain", "stove", "patio", "toilet seat"]


def clusters(*sizes: int) -> list[Cluster]:
    starts = np.cumsum([0, *sizes])
    return [
        Cluster(
            f"Cluster {number}",
            int(start),
            np.arange(start, start + size, dtype=np.int32),
            np.ones(size, np.float32),
        )
        for number, (start, size) in enumerate(zip(starts[:-1], sizes, strict=True), start=1)
    ]


def names(sizes: list[int], rows: list[list[int]], scores: list[list[float]]) -> list[str]:
    """Name clusters whose members all have the classes and scores of the cluster's row."""
    classes = np.repeat(np.array(rows, np.int16), sizes, axis=0)
    of_item = np.repeat(np.array(scores, np.float16), sizes, axis=0)
    return [c.name for c in name_clusters(clusters(*sizes), classes, of_item, WORDS)]


def test_a_cluster_is_named_by_what_sets_it_apart_and_not_by_what_is_common() -> None:
    found = names([100, 80], [[0, 1, 2], [0, 3, 4]], [[0.5, 0.3, 0.2], [0.5, 0.4, 0.1]])
    assert found == ["bathtub, shower curtain", "stove, patio"]


def test_a_cluster_without_distinctive_words_keeps_its_number() -> None:
    assert names([50, 50], [[0, 1], [0, 1]], [[0.6, 0.4]] * 2) == ["Cluster 1", "Cluster 2"]


def test_a_single_cluster_keeps_its_number() -> None:
    assert names([50], [[0, 1]], [[0.6, 0.4]]) == ["Cluster 1"]


def test_a_cluster_of_two_uncertain_pictures_keeps_its_number() -> None:
    assert names([200, 2], [[0, 1], [3, 4]], [[0.6, 0.4], [0.1, 0.1]])[1] == "Cluster 2"


def test_no_two_clusters_have_the_same_name() -> None:
    found = names(
        [90, 90, 90, 300],
        [[1, 2, 5], [1, 2, 5], [1, 2, 5], [0, 3, 4]],
        [[0.4, 0.3, 0.2]] * 3 + [[0.5, 0.3, 0.2]],
    )
    assert found[:3] == [
        "bathtub, shower curtain",
        "bathtub, shower curtain, toilet seat",
        "bathtub, shower curtain (Cluster 3)",
    ]


def test_two_classes_of_one_name_are_said_once() -> None:
    classes = np.repeat(np.array([[0, 1], [2, 3]], np.int16), 90, axis=0)
    scores = np.full(classes.shape, 0.5, np.float32)
    found = name_clusters(clusters(90, 90), classes, scores, ["crane", "crane", "wall", "sky"])
    assert [c.name for c in found] == ["crane", "wall, sky"]


def test_without_a_classifier_clusters_keep_their_numbers() -> None:
    made = clusters(3, 2)
    empty = np.empty((5, 0))
    assert name_clusters(made, empty.astype(np.int16), empty.astype(np.float32), []) == made


def test_only_the_name_of_a_cluster_changes() -> None:
    made = clusters(90, 90)
    classes = np.repeat(np.array([[1], [2]], np.int16), 90, axis=0)
    named = name_clusters(made, classes, np.ones(classes.shape, np.float32), WORDS)
    assert [c.exemplar for c in named] == [0, 90]
    assert named[0].members is made[0].members
