"""What the default network makes of 2,140 property photographs in four classes."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import bilderatlas as ba

CHANGED = 20


def labels(atlas: ba.Atlas) -> np.ndarray:
    return np.array(atlas.items.column("label").to_pylist())


def test_every_photograph_is_an_item(houses_atlas: Path) -> None:
    atlas = ba.open(houses_atlas)
    assert len(atlas) == 2140
    assert atlas.problems == []


def test_the_nearest_of_a_photograph_share_its_class(houses_atlas: Path) -> None:
    atlas = ba.open(houses_atlas)
    own = labels(atlas)
    near = own[atlas.neighbours.ids[:, :10]]
    assert (near == own[:, None]).mean() >= 0.965
    classes, numbers = np.unique(own, return_inverse=True)
    votes = (near[:, :, None] == classes).sum(axis=1)
    assert (votes.argmax(axis=1) == numbers).mean() >= 0.98


def test_the_map_keeps_the_neighbours_that_t_sne_can_keep(houses_atlas: Path) -> None:
    layouts = ba.open(houses_atlas).layouts
    assert layouts["tsne"].quality["kept"] >= 0.30
    assert layouts["tsne-spread"].quality["kept"] >= 0.27


def test_the_clusters_are_the_four_classes_found_unasked(houses_atlas: Path) -> None:
    atlas = ba.open(houses_atlas)
    own = labels(atlas)
    assert len(atlas.clusters) == 4
    for cluster in atlas.clusters:
        _, counts = np.unique(own[cluster.members], return_counts=True)
        assert counts.max() / counts.sum() > 0.95
        assert not cluster.name.startswith("Cluster")


@pytest.fixture
def collection(houses: Path, houses_atlas: Path, tmp_path: Path) -> Path:
    """Return a folder of links to the photographs beside a copy of their atlas."""
    folder = tmp_path / "houses"
    (folder / "images").mkdir(parents=True)
    for path in (houses / "images").iterdir():
        (folder / "images" / path.name).symlink_to(path)
    (folder / "metadata.csv").symlink_to(houses / "metadata.csv")
    shutil.copytree(houses_atlas, tmp_path / "houses.atlas")
    return folder


def test_the_same_photographs_again_are_neither_decoded_nor_embedded(collection: Path) -> None:
    atlas = collection.with_suffix(".atlas")
    ba.build(collection, atlas)  # brings the site up to date with the viewer that is installed
    summary = ba.build(collection, atlas).summary
    assert summary is not None
    assert (summary.ingestion.read, summary.seconds) == (0, {})


def test_twenty_more_and_twenty_less_leave_the_old_map_in_place(collection: Path) -> None:
    atlas = collection.with_suffix(".atlas")
    paths = sorted((collection / "images").iterdir())[::107][:CHANGED]
    photographs = {path: path.resolve() for path in paths}

    for path in photographs:
        path.unlink()
    before = places(ba.open(atlas))
    less = ba.build(collection, atlas)
    assert less.summary is not None
    assert (less.summary.ingestion.read, less.summary.ingestion.dropped) == (0, CHANGED)
    assert moved(before, places(less)) < 0.02
    assert not any(path.name in (less.site / "items.csv").read_text() for path in photographs)

    for path, photograph in photographs.items():
        path.symlink_to(photograph)
    before = places(less)
    more = ba.build(collection, atlas)
    assert more.summary is not None
    assert (more.summary.ingestion.read, len(more)) == (CHANGED, 2140)
    assert moved(before, places(more)) < 0.02


def places(atlas: ba.Atlas) -> dict[str, np.ndarray]:
    positions = next(iter(atlas.layouts.values())).positions
    return dict(zip(atlas.items.column("uri").to_pylist(), positions, strict=True))


def moved(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> float:
    """Return how far the median item that was there before has moved, in widths of the map."""
    width = np.ptp([place[0] for place in before.values()])
    steps = [np.linalg.norm(after[uri] - place) for uri, place in before.items() if uri in after]
    return float(np.median(steps) / width)
