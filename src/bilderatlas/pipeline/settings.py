"""The parameters of a build."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Settings"]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Parameters of all stages; the defaults are good ones.

    Parameters
    ----------
    model
        Name of the network in the registry, or ``onnx:FILE``.
    max_pixels
        Pictures with more pixels are not decoded.
    label
        The metadata column that holds the class; by default ``label`` or else ``category``.
    neighbours
        Neighbours kept of each item, at least three times the perplexity.
    index
        How neighbours are searched: ``exact``, ``ivf`` or ``annoy``; by default the one that is
        the fastest for so many pictures.
    perplexity
        Of t-SNE: about how many neighbours an item's place depends on.
    resolution
        Of the clusters: higher makes more and smaller ones.
    random_state
        Seed of all that is random.
    workers
        Threads that read pictures; it does not change the result.
    """

    model: str = "efficientnet-lite2"
    max_pixels: int = 150_000_000
    label: str | None = None
    neighbours: int = 90
    index: str | None = None
    perplexity: float = 30.0
    resolution: float = 1.0
    random_state: int = 0
    workers: int = field(default_factory=_cores)

    def parameters(self) -> dict[str, dict[str, Any]]:
        """Return, for each stage, the parameters that its result depends on."""
        return {
            "items": {"model": self.model, "max_pixels": self.max_pixels},
            "neighbours": {"k": self.neighbours, "index": self.index},
            "layouts": {"perplexity": self.perplexity, "random_state": self.random_state},
            "clusters": {"resolution": self.resolution, "random_state": self.random_state},
            "site": {"label": self.label},
        }
