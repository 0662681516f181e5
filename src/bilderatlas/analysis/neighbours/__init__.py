"""Who is near whom: an index is built from vectors and queried for the nearest of others."""

from collections.abc import Mapping

from bilderatlas.analysis.neighbours.annoy import Annoy
from bilderatlas.analysis.neighbours.exact import Exact
from bilderatlas.analysis.neighbours.graph import choose, nearest
from bilderatlas.analysis.neighbours.index import Index
from bilderatlas.analysis.neighbours.ivf import Ivf
from bilderatlas.analysis.neighbours.recall import Recall, recall

__all__ = ["INDEXES", "Annoy", "Exact", "Index", "Ivf", "Recall", "choose", "nearest", "recall"]

INDEXES: Mapping[str, type[Exact | Ivf | Annoy]] = {"exact": Exact, "ivf": Ivf, "annoy": Annoy}
"""The ways of finding neighbours by the names that ``choose`` and people use."""
