"""The manifest: what a site holds and how to read it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.publish.site.content import Said, SiteContent
from bilderatlas.publish.site.folder import CHUNK
from bilderatlas.publish.site.order import Arrangement
from bilderatlas.types import Cluster, Layout

__all__ = ["FORMAT", "layout_title", "make_manifest"]

FORMAT = 1
"""Version of the site format (docs/format.md)."""

TITLES = {
    "tsne": "t-SNE",
    "tsne-spread": "t-SNE, gaps narrowed",
    "umap": "UMAP",
    "pacmap": "PaCMAP",
    "pca": "PCA",
    "apart": "No overlap",
}


def make_manifest(
    content: SiteContent,
    arrangements: Sequence[Arrangement],
    *,
    pages: Sequence[str],
    backdrops: Sequence[bool],
    cell_aspect: float,
    columns: Sequence[Mapping[str, Any]],
    neighbours: int,
    duplicates: Mapping[str, int],
    files: Mapping[str, str],
) -> dict[str, Any]:
    """Return the manifest of a written site.

    Parameters
    ----------
    arrangements
        One for each layout.
    pages
        For each layout the name of that whose small pages it uses.
    backdrops
        For each layout whether it has one.
    columns
        What `write_columns` said.
    neighbours
        Neighbours that each item has on the site.
    duplicates
        What `write_duplicates` counted.
    files
        The hash of each family of files.
    """
    first = arrangements[0]
    index = np.empty(len(first.order), np.int64)
    index[first.order] = np.arange(len(first.order))
    return {
        "format": FORMAT,
        "generator": content.generator,
        "title": content.title,
        "n": len(index),
        "chunk": CHUNK,
        "cell_aspect": cell_aspect,
        "layouts": [
            _layout(*each, content.sentences.get(each[0].name, ()))
            for each in zip(content.layouts, arrangements, pages, backdrops, strict=True)
        ],
        "columns": list(columns),
        "clusters": [_cluster(cluster, first.points, index) for cluster in content.clusters],
        "structure": content.structure,
        "neighbours": {"k": neighbours, "index": content.index, "recall": content.recall},
        "duplicates": dict(duplicates),
        "problems": content.problems,
        "files": dict(files),
    }


def layout_title(layout: Layout) -> str:
    """Return what people call a layout."""
    called, _, number = layout.name.rpartition("-")
    if called == layout.kind and called in TITLES:  # as tsne-2
        return f"{TITLES[called]} {number}"
    words = layout.name.replace("-", " ")
    if layout.name == layout.kind:
        if layout.kind in TITLES:
            return TITLES[layout.kind]
        if layout.kind == "facet":
            words = f"by {layout.parameters['by']}"
        elif layout.kind == "xy":
            words = f"{layout.parameters['x']} and {layout.parameters['y']}"
    return words[:1].upper() + words[1:]


def _layout(
    layout: Layout, arrangement: Arrangement, pages: str, backdrop: bool, said: Sequence[Said]
) -> dict[str, Any]:
    return {
        "name": layout.name,
        "kind": layout.kind,
        "title": layout_title(layout),
        "extent": arrangement.extent,
        "placed": arrangement.placed,
        "levels": arrangement.levels,
        "room": arrangement.room,
        "backdrop": backdrop,
        "t32": pages,
        "parameters": dict(layout.parameters),
        "quality": {
            name: float(value) for name, value in layout.quality.items() if math.isfinite(value)
        },
        "sentences": [
            {"measure": measure, "value": value, "error": error, "sentence": sentence}
            for measure, value, error, sentence in said
        ],
    }


def _cluster(
    cluster: Cluster, points: npt.NDArray[np.uint16], index: npt.NDArray[np.int64]
) -> dict[str, Any]:
    centre = points[cluster.exemplar].astype(np.float64)
    distance = np.linalg.norm(points[cluster.members] - centre, axis=1)
    return {
        "name": cluster.name,
        "size": len(cluster.members),
        "exemplar": index[cluster.exemplar],
        "centre": points[cluster.exemplar],
        "radius": math.ceil(np.quantile(distance, 0.8, method="inverted_cdf")),
    }
