"""How far the layouts of an atlas can be believed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from bilderatlas.pipeline.settings import Settings
from bilderatlas.types import Cluster, DuplicateGroup, Float32Array, Layout, Neighbours

__all__ = ["measured", "structure_of"]

_SAMPLE = 500
"""Items that are drawn again and again to see whether a layout is stable."""

_OTHER_SEED = 1  # added to the seed
_OTHER_PERPLEXITIES = (0.5, 2.0)  # factors


def measured(layout: Layout, vectors: Float32Array, neighbours: Neighbours) -> Layout:
    """Return the layout with all measures of how true it is, as a whole and at each item.

    ``misplaced`` is among those of items, 1 for one that has none of its true neighbours beside it,
    where the layout means to put like beside like.
    """
    from bilderatlas.analysis.quality import BY_LIKENESS, measure

    found = measure(neighbours, vectors, layout.positions)
    stable = _stability(layout.kind, layout.parameters, vectors, neighbours)
    of_items = {**layout.of_items, **found.of_items}
    if layout.kind in BY_LIKENESS:
        of_items["misplaced"] = (found.of_items["kept"] == 0).astype(np.float32)
    return replace(layout, quality={**layout.quality, **found.quality, **stable}, of_items=of_items)


def structure_of(
    vectors: Float32Array,
    neighbours: Neighbours,
    clusters: Sequence[Cluster],
    duplicates: Sequence[DuplicateGroup],
    settings: Settings,
) -> dict[str, Any]:
    """Return whether the clusters are real, as JSON: the fields of `analysis.quality.Structure`."""
    from bilderatlas.analysis.quality import structure

    found = structure(
        vectors,
        neighbours,
        clusters,
        duplicates=duplicates,
        resolution=settings.resolution,
        random_state=settings.random_state,
    )
    said = _without_nan(asdict(found))
    return {**said, "clusters": [_without_nan(each) for each in said["clusters"]]}


def _without_nan(values: Mapping[str, Any]) -> dict[str, Any]:
    """Say ``None`` where nothing is known: JSON has no NaN."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


def _stability(
    kind: str, parameters: Mapping[str, Any], vectors: Float32Array, neighbours: Neighbours
) -> dict[str, float]:
    """Draw a sample again from another seed and with other perplexities, and compare.

    Returns
    -------
    dict
        ``stability_seeds`` and ``stability_perplexities``: the share of those beside an item that
        are beside it again; ``stability_of``: how many items were drawn. Empty for a layout that
        depends on neither.
    """
    from bilderatlas.analysis.layouts import LAYOUTS, Given, make_layout
    from bilderatlas.analysis.neighbours import nearest
    from bilderatlas.analysis.quality import stability

    known = LAYOUTS[kind].parameters if kind in LAYOUTS else {}
    if "random_state" not in known or len(vectors) < 3:
        return {}
    if len(vectors) > _SAMPLE:
        random = np.random.default_rng(0)
        vectors = vectors[np.sort(random.choice(len(vectors), _SAMPLE, replace=False))]
        neighbours = nearest(vectors, neighbours.ids.shape[1])
    given = Given(vectors=vectors, neighbours=neighbours)
    own = {name: value for name, value in parameters.items() if name in known}
    own.pop("supervised", None)

    def drawn(**changes: Any) -> Float32Array:
        return make_layout(kind, given, **{**own, **changes}).positions

    here = drawn()
    seeds, _ = stability(here, [drawn(random_state=own["random_state"] + _OTHER_SEED)])
    found = {"stability_seeds": seeds, "stability_of": float(len(vectors))}
    if "perplexity" in known:
        asked = np.atleast_1d(own["perplexity"])
        others = [drawn(perplexity=(asked * factor).tolist()) for factor in _OTHER_PERPLEXITIES]
        found["stability_perplexities"], _ = stability(here, others)
    return found
