"""How far a map can be believed, and what it is a map of."""

from bilderatlas.analysis.quality.beside import beside
from bilderatlas.analysis.quality.distances import correlation_of_distances
from bilderatlas.analysis.quality.kept import false, kept
from bilderatlas.analysis.quality.measure import Measures, measure
from bilderatlas.analysis.quality.ranks import trustworthiness_and_continuity
from bilderatlas.analysis.quality.sentences import BY_LIKENESS, Finding, findings
from bilderatlas.analysis.quality.silhouette import silhouettes_of_map, silhouettes_of_vectors
from bilderatlas.analysis.quality.stability import stability
from bilderatlas.analysis.quality.structure import ClusterStructure, Structure, structure
from bilderatlas.analysis.quality.votes import Votes, vote

__all__ = [
    "BY_LIKENESS",
    "ClusterStructure",
    "Finding",
    "Measures",
    "Structure",
    "Votes",
    "beside",
    "correlation_of_distances",
    "false",
    "findings",
    "kept",
    "measure",
    "silhouettes_of_map",
    "silhouettes_of_vectors",
    "stability",
    "structure",
    "trustworthiness_and_continuity",
    "vote",
]
