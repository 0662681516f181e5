"""Collections whose classes are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.analysis.labels.classify import classify
from bilderatlas.types import DuplicateGroup, Float32Array, Neighbours

DIMENSIONS = 24


def made(
    sizes: list[int], *, apart: float = 1.0, seed: int = 0
) -> tuple[Float32Array, list[str | None]]:
    """Return vectors (n, 24) around one direction for each class, and labels a, b, c…

    Without ``apart``, all are around nothing.
    """
    random = np.random.default_rng(seed)
    classes = np.repeat(np.arange(len(sizes)), sizes)
    vectors = random.normal(scale=0.12, size=(len(classes), DIMENSIONS))
    vectors[np.arange(len(classes)), classes] += apart
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), [chr(ord("a") + code) for code in classes]


def graph(vectors: Float32Array, k: int = 10) -> Neighbours:
    """Return the neighbour graph."""
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -2)
    ids = np.argsort(-similarity, axis=1)[:, :k]
    return Neighbours(ids.astype(np.int32), np.take_along_axis(similarity, ids, axis=1))


def classified(
    vectors: Float32Array,
    labels: Sequence[str | None],
    duplicates: Sequence[DuplicateGroup] = (),
) -> Classification:
    """Return what is found of classes called "kind", also on a map of the first two dimensions."""
    return classify(
        vectors,
        labels,
        label="kind",
        neighbours=graph(vectors),
        duplicates=duplicates,
        maps={"flat": vectors[:, :2]},
    )
