"""The map of a collection that may have had one before: old pictures keep their places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bilderatlas.analysis.layouts.tsne import TSNE
from bilderatlas.analysis.quality import kept, trustworthiness_and_continuity
from bilderatlas.pipeline.progress import Report
from bilderatlas.pipeline.settings import Settings
from bilderatlas.types import Float32Array, Layout, Neighbours

__all__ = ["lay_out", "places_before"]

_ENOUGH_OLD = 0.5  # share of items with an old place below which the map is drawn afresh


def places_before(layout: Layout, before: Sequence[str], now: Sequence[str]) -> Float32Array:
    """Return the places that items had, shape (n, 2), NaN for those that had none.

    Parameters
    ----------
    layout
        The old layout, of the items whose keys were ``before``.
    before, now
        The keys of the items, in id order, then and now.
    """
    place_of = dict(zip(before, layout.positions, strict=True))
    nowhere = np.full(2, np.nan, np.float32)
    return np.array([place_of.get(key, nowhere) for key in now], np.float32).reshape(-1, 2)


def lay_out(
    vectors: Float32Array,
    neighbours: Neighbours,
    settings: Settings,
    before: Float32Array | None,
    report: Report,
) -> Layout:
    """Return the t-SNE layout with its quality, from ``before`` if that covers enough items."""
    placed = 0.0 if before is None else float(np.mean(~np.isnan(before[:, 0])))
    warm = placed >= _ENOUGH_OLD
    tsne = TSNE(perplexity=settings.perplexity, random_state=settings.random_state)
    total = tsne.warm_iterations if warm else tsne.early_iterations + tsne.iterations
    done = 0

    def count(steps: int) -> None:
        nonlocal done
        done += steps
        report(done, total)

    tsne.progress = count
    if before is not None and warm:
        positions = tsne.update(neighbours, vectors, before)
    else:
        positions = tsne.fit_transform(neighbours, vectors)
    share, of_item = kept(neighbours, positions)
    return Layout(
        name="tsne",
        kind="tsne",
        positions=positions,
        parameters={"perplexity": settings.perplexity, "random_state": settings.random_state},
        quality={"kept": share, **trustworthiness_and_continuity(neighbours, vectors, positions)},
        kept=of_item,
    )
