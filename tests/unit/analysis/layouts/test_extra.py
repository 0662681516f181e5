"""Layouts of other packages: as they say, on our neighbours; and what to do without them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bilderatlas.analysis.layouts.extra import imported
from bilderatlas.analysis.layouts.pacmap import PaCMAP
from bilderatlas.analysis.layouts.umap import UMAP
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.analysis.quality import kept
from bilderatlas.errors import LayoutError, MissingExtraError

LAYOUTS = [UMAP, PaCMAP]


@pytest.fixture(scope="module")
def vectors() -> npt.NDArray[Any]:
    random = np.random.default_rng(0)
    centres = random.normal(size=(6, 32))
    made = centres[np.arange(240) % 6] + 0.6 * random.normal(size=(240, 32))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def needed(layout: type) -> None:
    pytest.importorskip(layout.__name__.lower(), reason="an extra that is not installed")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_map_keeps_neighbours_and_new_pictures_find_theirs(
    layout: Any, vectors: npt.NDArray[Any]
) -> None:
    needed(layout)
    old, new = vectors[:200], vectors[200:]
    made = layout()
    positions = made.fit_transform(nearest(old, 40), old).copy()
    assert positions.dtype == np.float32
    assert kept(nearest(old, 10), positions)[0] > 0.15
    placed = made.transform(new)
    np.testing.assert_array_equal(made.embedding_, positions)
    beside = np.linalg.norm(placed[:, None] - positions[None], axis=2).argsort(axis=1)[:, :10]
    assert np.mean(beside % 6 == (np.arange(200, 240) % 6)[:, None]) > 0.9
    assert made.transform(vectors[:0]).shape == (0, 2)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_pictures_give_the_same_map(layout: Any, vectors: npt.NDArray[Any]) -> None:
    needed(layout)
    graph = nearest(vectors, 40)
    one = layout().fit_transform(graph, vectors)
    np.testing.assert_array_equal(layout().fit_transform(graph, vectors), one)
    assert not np.array_equal(layout(random_state=1).fit_transform(graph, vectors), one)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("n", [2, 12, 14, 30])
def test_a_few_pictures_are_placed_or_refused(
    layout: Any, n: int, vectors: npt.NDArray[Any]
) -> None:
    needed(layout)
    few = vectors[:n]
    if n == 2:
        with pytest.raises(LayoutError, match="was given 2 and"):
            layout().fit_transform(nearest(few, 90), few)
    else:
        positions = layout().fit_transform(nearest(few, 90), few)
        assert positions.shape == (n, 2)
        assert np.isfinite(positions).all()


@pytest.mark.parametrize("distance", [-1, 5])
def test_a_least_distance_that_umap_cannot_keep_is_refused(
    distance: float, vectors: npt.NDArray[Any]
) -> None:
    needed(UMAP)
    with pytest.raises(LayoutError, match="min_dist"):
        UMAP(min_dist=distance).fit_transform(nearest(vectors, 40), vectors)


def test_a_package_that_is_missing_is_named_with_what_to_install() -> None:
    with pytest.raises(MissingExtraError, match=r"pip install 'bilderatlas\[umap\]'"):
        imported("no_such_package_as_this", "umap")
