"""How far an atlas is believed."""

from __future__ import annotations

import numpy as np

from bilderatlas.analysis.clusters import find_clusters
from bilderatlas.analysis.neighbours import nearest
from bilderatlas.pipeline.believing import structure_of
from bilderatlas.pipeline.settings import Settings
from bilderatlas.types import DuplicateGroup


def test_copies_do_not_make_clusters_real() -> None:
    noise = np.random.default_rng(0).normal(size=(100, 64))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    vectors = np.repeat(noise, 10, axis=0).astype(np.float32)
    graph = nearest(vectors, 50)
    clusters = find_clusters(graph, vectors)
    copies = [
        DuplicateGroup("exact", np.arange(i, i + 10, dtype=np.int32)) for i in range(0, 1000, 10)
    ]
    assert structure_of(vectors, graph, clusters, [], Settings())["verdict"] == "clear"
    assert structure_of(vectors, graph, clusters, copies, Settings())["verdict"] == "none"
