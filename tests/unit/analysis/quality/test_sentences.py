"""The measures in words."""

from typing import Any

import numpy as np
import pytest
from tests.unit.analysis.quality.made import noise

from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import findings, measure
from bilderatlas.analysis.quality.sentences import of_cluster, of_structure
from bilderatlas.types import Layout


def layout(name: str, /, kind: str = "", **quality: float) -> Layout:
    quality = {"kept_of": 10, "false_of": 50, **quality}
    return Layout(name, kind or name, np.zeros((1, 2), np.float32), quality=quality)


def said(measure: str, *arguments: Any) -> str:
    (sentence,) = [f.sentence for f in findings(*arguments) if f.measure == measure]
    return sentence


def test_each_measure_of_a_map_has_a_sentence_with_its_number_and_error() -> None:
    vectors, positions = noise(300, 6), noise(300, 3, seed=1)[:, :2]
    quality = measure(nearest(vectors, 60), vectors, positions).quality
    whole = {**quality, "stability_seeds": 0.6, "stability_perplexities": 0.5}
    found = {f.measure: f for f in findings(layout("tsne", "tsne", **whole))}
    told = {name for name in whole if not name.endswith(("_of", "_by_lot", "_error"))}
    assert set(found) == told | {"limits"}
    for name in told:
        assert found[name].value == whole[name]
        assert found[name].error == whole.get(f"{name}_error")
        assert found[name].sentence.endswith(".")
        assert found[name].sentence.count(". ") == 0


def test_of_few_pictures_it_is_told_what_any_map_would_keep() -> None:
    few = layout("tsne", kept=0.7, kept_by_lot=10 / 19)
    assert said("kept", few).endswith("7 stand beside it on this map; by lot 5 would.")
    pca = layout("pca", kept=1.0, kept_by_lot=1.0, kept_of=7)
    rival = layout("tsne", kept=1.0, kept_by_lot=1.0, kept_of=7)
    assert said("kept", pca).endswith("each stands beside all 7 others on any map.")
    assert not [f for f in findings(pca, [pca, rival]) if f.measure == "against"]


@pytest.mark.parametrize(
    ("kept", "stand"),
    [
        (0.31, "3 stand"),
        (0.12, "1 stands"),
        (0.04, "hardly one stands"),
        (0, "0 stand"),
        (1, "10 stand"),
    ],
)
def test_a_layman_is_told_how_many_of_the_most_alike_stand_beside_a_picture(
    kept: float, stand: str
) -> None:
    wanted = f"Of the 10 pictures most like a picture, {stand} beside it on this map."
    assert said("kept", layout("tsne", kept=kept)) == wanted


def test_a_layman_is_told_how_many_beside_a_picture_are_false() -> None:
    assert said("false", layout("tsne", false=0.4)) == (
        "Of the 10 pictures beside a picture on this map, 4 are not even among the 50 most like it."
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.97, "almost always"), (0.9, "mostly"), (0.8, "often"), (0.5, "hardly more often than by")],
)
def test_trust_has_words_by_its_level(value: float, words: str) -> None:
    assert words in said("trustworthiness", layout("tsne", trustworthiness=value))
    assert words in said("continuity", layout("tsne", continuity=value))


def test_a_map_that_changes_much_from_seed_to_seed_says_so() -> None:
    assert "is an accident" in said("stability_seeds", layout("tsne", stability_seeds=0.29))
    assert "is no accident" in said("stability_seeds", layout("tsne", stability_seeds=0.65))


def test_pca_is_called_much_worse_than_t_sne() -> None:
    maps = [layout("tsne", kept=0.31), layout("pca", kept=0.043), layout("time", kept=0.02)]
    titles = {"tsne": "t-SNE", "pca": "PCA"}
    assert said("against", maps[1], maps, titles) == (
        "PCA is much worse than t-SNE at putting like beside like: it keeps 4% of the nearest "
        "pictures together, and t-SNE 31%."
    )
    assert "No other layout" in said("against", maps[0], maps, titles)
    assert "an order of its own" in said("against", maps[2], maps, titles)


def test_a_map_alone_is_compared_with_nothing() -> None:
    alone = layout("tsne", kept=0.3)
    assert [f.measure for f in findings(alone, [alone])] == ["kept", "limits"]


def test_only_maps_that_give_up_distances_warn_of_reading_them() -> None:
    for kind, warned in (("tsne", True), ("umap", True), ("pca", False), ("map", False)):
        measures = [f.measure for f in findings(layout("one", kind))]
        assert ("limits" in measures) is warned


def test_a_cluster_is_described_by_the_neighbours_that_stay() -> None:
    assert of_cluster("clear", 0.93, 0.25, 15) == (
        "A real cluster: of the 15 pictures most like one of its own, 14 are in it too; by lot "
        "4 would be."
    )


def test_the_verdict_on_all_clusters_counts_them() -> None:
    cloud = "the groups that are found in a cloud of pictures without any"
    assert of_structure("clear", 4, 0, 4) == (
        f"The clusters are real: 4 of 4 hold together far better than {cloud}, and come again "
        "when pictures are left out."
    )
    assert of_structure("weak", 1, 0, 9) == (
        "There are clusters, but few or with blurred borders: 1 of 9 holds together far better "
        f"than {cloud}."
    )
    assert of_structure("weak", 1, 2, 9).endswith(
        f"3 of 9 hold together better than {cloud}, 1 of them far better."
    )
    assert of_structure("weak", 0, 3, 5).endswith(
        f"3 of 5 hold together better than {cloud}, none of them far better."
    )
    assert "no real clusters" in of_structure("none", 0, 0, 7)
