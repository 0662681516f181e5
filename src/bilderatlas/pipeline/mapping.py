"""The map of a collection that may have had one before: old pictures keep their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bilderatlas.analysis.layouts.spread import spread, spread_share
from bilderatlas.analysis.layouts.tsne import TSNE
from bilderatlas.pipeline.believing import measured
from bilderatlas.pipeline.progress import Report
from bilderatlas.pipeline.settings import Settings
from bilderatlas.types import Float32Array, Layout, Neighbours

__all__ = ["Before", "lay_out"]

_ENOUGH_OLD = 0.5  # share of items with an old place below which the map is drawn afresh


@dataclass(frozen=True, slots=True)
class Before:
    """The map of the last build: places of today's items, shape (n, 2), NaN for new ones."""

    places: Float32Array
    share: float

    @classmethod
    def of(cls, layouts: Sequence[Layout], keys: Sequence[str], now: Sequence[str]) -> Before:
        """Look up the places of the items ``now`` in layouts of the items ``keys``."""
        by_name = {layout.name: layout for layout in layouts}
        place_of = dict(zip(keys, by_name["tsne"].positions, strict=True))
        nowhere = np.full(2, np.nan, np.float32)
        places = np.array([place_of.get(key, nowhere) for key in now], np.float32)
        spread_before = by_name.get("tsne-spread")
        share = spread_before.parameters["share"] if spread_before else 0.0
        return cls(places.reshape(-1, 2), share)

    @property
    def is_enough(self) -> bool:
        """Whether so many items have a place that the others can join them."""
        return bool(np.mean(np.isfinite(self.places[:, 0])) >= _ENOUGH_OLD)


def lay_out(
    vectors: Float32Array,
    neighbours: Neighbours,
    settings: Settings,
    before: Before | None,
    report: Report,
) -> list[Layout]:
    """Return the t-SNE layout, and before it, if it has wide gaps, the one that narrows them."""
    warm = before if before is not None and before.is_enough else None
    tsne = TSNE(perplexity=settings.perplexity, random_state=settings.random_state, progress=report)
    if warm:
        positions = tsne.update(neighbours, vectors, warm.places)
    else:
        positions = tsne.fit_transform(neighbours, vectors)
    share = warm.share if warm else spread_share(positions)

    parameters = {**tsne.parameters, **({"from": "the map before"} if warm else {})}
    plain = measured(Layout("tsne", "tsne", positions, parameters), vectors, neighbours)
    if share == 0:
        return [plain]
    moved = Layout("tsne-spread", "tsne-spread", spread(positions, share), {"share": share})
    return [measured(moved, vectors, neighbours), plain]
