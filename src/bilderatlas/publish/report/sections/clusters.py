"""Chapter 3: the clusters."""

from __future__ import annotations

from bilderatlas.publish.report.blocks import Block, Gallery, Section, Table, Text
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.report.pictures import tile
from bilderatlas.publish.wording import counted, number
from bilderatlas.types import Cluster

__all__ = ["section_of_clusters"]

_PICTURES = 8  # beside the exemplar
_SHOWN = 24


def section_of_clusters(content: ReportContent) -> Section:
    """Show the clusters, each with its exemplar and firmest members, and how well it holds."""
    structure, clusters = content.structure, content.clusters
    blocks: list[Block] = [Text(structure.sentence, "verdict")]
    if not clusters:
        return Section("clusters", "Clusters", [*blocks, Text("No clusters were found.")])
    blocks.append(
        Text(
            "A cluster is a set of pictures whose nearest pictures are mostly in the set too. It "
            "is found among the pictures themselves and not on the map, and nobody has said "
            "how many there should be. Its name is what the network sees in it most often: a "
            "suggestion."
        )
    )
    for cluster, (sentence, _) in list(zip(clusters, structure.clusters, strict=True))[:_SHOWN]:
        blocks.append(_gallery(content, cluster, sentence))
    if len(clusters) > _SHOWN:
        blocks.append(Text(f"{len(clusters) - _SHOWN:,} smaller ones are only in the table."))
    blocks.append(_table(content))
    return Section("clusters", "Clusters", blocks)


def _gallery(content: ReportContent, cluster: Cluster, sentence: str) -> Gallery:
    firmest = [item for item in cluster.members.tolist() if item != cluster.exemplar]
    tiles = [tile(content, cluster.exemplar, ["the most typical"], large=True)]
    tiles += [tile(content, item) for item in firmest[:_PICTURES]]
    title = f"{cluster.name} ({counted(len(cluster.members), 'picture')})"
    return Gallery(tiles, title, sentence, led=True)


def _table(content: ReportContent) -> Table:
    rows = [
        (
            cluster.name,
            f"{len(cluster.members):,}",
            f"{float(cluster.strength.mean()):.0%}",
            number(silhouette),
        )
        for cluster, (_, silhouette) in zip(
            content.clusters, content.structure.clusters, strict=True
        )
    ]
    return Table(
        "Clusters. Firmness: how much of its members' likeness to their neighbours stays in the "
        "cluster, 100% if nobody has a neighbour outside. Silhouette: 1 if it is compact and far "
        "from all others, 0 if it touches them.",
        ("Cluster", "Pictures", "Firmness", "Silhouette"),
        rows,
        (1, 2, 3),
    )
