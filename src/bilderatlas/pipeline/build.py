"""The ordered stages of a build."""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilderatlas.errors import SourceError
from bilderatlas.ingest.models.loader import model_fingerprint
from bilderatlas.ingest.models.names import class_names
from bilderatlas.ingest.sources import Listing, Source
from bilderatlas.pipeline.arranging import arrange
from bilderatlas.pipeline.freshness import Ledger, fingerprint, fingerprint_rows
from bilderatlas.pipeline.ingestion import Ingestion, ingest
from bilderatlas.pipeline.progress import Progress
from bilderatlas.pipeline.publication import publish
from bilderatlas.pipeline.settings import Settings
from bilderatlas.pipeline.threads import one_thread_if_few
from bilderatlas.record import Record, StageRecord
from bilderatlas.store import Store
from bilderatlas.types import Float32Array, Neighbours, Problem

if TYPE_CHECKING:
    from bilderatlas.pipeline.mapping import Before

__all__ = ["Summary", "build"]

_PARTS = (
    "bilderatlas",
    "faiss-cpu",
    "numpy",
    "onnxruntime",
    "opentsne",
    "pillow",
    "scikit-network",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build has made.

    ``seconds`` are by stage, of those stages that had to run; ``total_seconds`` is the whole.
    """

    items: int
    ingestion: Ingestion
    others: int
    problems: tuple[Problem, ...]
    clusters: int
    duplicate_groups: int
    seconds: dict[str, float]
    total_seconds: float


def build(
    source: Source,
    store: Store,
    *,
    name: str,
    described: dict[str, Any],
    settings: Settings,
    progress: Progress,
) -> Summary:
    """Make or update the atlas in ``store`` from ``source``; do only what is not done yet.

    Parameters
    ----------
    name
        Title of the atlas.
    described
        How to find the source again, for ``atlas.json``.

    Raises
    ------
    SourceError
        If the source holds no picture that can be used.
    """
    listing = source.list()
    if not listing.found:  # before anything is written, or what is there is taken for gone
        raise SourceError(
            f"{described['root']} holds no picture, and {listing.others or 'no'} other files: "
            "check the folder's name."
        )
    with store.locked():
        return _Build(listing, store, name, described, settings, progress).run()


class _Build:
    def __init__(
        self,
        listing: Listing,
        store: Store,
        name: str,
        described: dict[str, Any],
        settings: Settings,
        progress: Progress,
    ) -> None:
        self.start = time.perf_counter()
        self.listing = listing
        self.store = store
        self.settings = settings
        self.progress = progress
        _check_label(settings.label, listing.columns)
        self.parameters = settings.parameters()

        model = {"name": settings.model, "fingerprint": model_fingerprint(settings.model)}
        last = store.read_record() if store.exists else None
        record = store.read_pending() or last or Record(name)
        if record.model and record.model != model:
            progress.note(f"The model is now {settings.model}: all pictures are read again.")
            store.start_over()
            last, record = None, Record(name)
        self.last = last
        self.retry = record.parameters.get("items") != self.parameters["items"]
        self.ledger = Ledger(store, record)
        self.ledger.amend(name=name, source=described, model=model, versions=_versions())

    def run(self) -> Summary:
        ingestion = self._ingest()
        self.ledger.run("metadata", self._of_metadata(), self._metadata)
        graph = fingerprint(self.keys, self.parameters["neighbours"])
        self.ledger.run("neighbours", graph, lambda: self._neighbours(self.store.index(graph)))
        self.ledger.run("layouts", fingerprint(graph, self.parameters["layouts"]), self._layouts)
        self.ledger.run("clusters", fingerprint(graph, self.parameters["clusters"]), self._clusters)
        self.ledger.run("duplicates", graph, self._duplicates)
        self.ledger.run("structure", self._of_structure(), self._structure)
        arrange(self.store, self.ledger, self.progress)
        self.ledger.run("oddities", graph, self._oddities)
        problems = tuple(problem for problem, _, _ in self.store.read_problems())
        counts = {
            "items": self.n,
            "clusters": len(self.store.read_clusters(self.ledger.version("clusters"))),
            "duplicate_groups": len(self.store.read_duplicates(self.ledger.version("duplicates"))),
            "problems": len(problems),
            "others": self.listing.others,
        }
        self.ledger.amend(counts=counts, parameters=self.parameters)
        publish(self.store, self.ledger, self.progress)
        self._tell_of_classes()
        if self.ledger.ran or self.last != self.ledger.record:
            self.store.commit(self.ledger.record)
            self.store.sweep(self.ledger.record)
        return Summary(
            items=self.n,
            ingestion=ingestion,
            others=self.listing.others,
            problems=problems,
            clusters=counts["clusters"],
            duplicate_groups=counts["duplicate_groups"],
            seconds=self.ledger.ran,
            total_seconds=time.perf_counter() - self.start,
        )

    # --- stages, in their order ---------------------------------------------------------------

    def _ingest(self) -> Ingestion:
        start = time.perf_counter()
        done = ingest(
            self.listing, self.store, self.settings, self.progress, retry_problems=self.retry
        )
        version = self.store.compact_items()
        table = self.store.read_items(version, ["uri", "key"]).to_pydict()
        self.uris, self.item_keys = table["uri"], table["key"]
        self.n = len(self.uris)
        if not self.n:
            raise SourceError(
                f"No picture that can be used was found: {len(self.listing.found)} pictures could "
                f"not be read (see {self.store.folder / 'problems.parquet'}) and "
                f"{self.listing.others} files are not pictures; check the folder's name."
            )
        self.items = fingerprint_rows(zip(self.uris, self.item_keys, strict=True))
        self.keys = fingerprint_rows((key,) for key in self.item_keys)
        made = StageRecord(self.items, version)
        if made != self.ledger.record.stages.get("items"):
            self.ledger.enter("items", made, time.perf_counter() - start)
        return done

    def _of_metadata(self) -> str:
        columns = self.listing.columns
        rows = (self.listing.metadata.get(uri, {}) for uri in self.uris)
        cells = (tuple(row.get(c, "") for c in columns) for row in rows)
        return fingerprint(self.items, columns, fingerprint_rows(cells))

    def _metadata(self) -> int:
        rows = [self.listing.metadata.get(uri, {}) for uri in self.uris]
        columns = {
            column: [row.get(column) or None for row in rows] for column in self.listing.columns
        }
        return self.store.write_metadata(self.uris, columns)

    def _neighbours(self, folder: Path) -> int:
        from bilderatlas.analysis.neighbours import INDEXES, choose, nearest, recall

        kind = self.settings.index or choose(self.n)
        facts: dict[str, Any] = {"index": kind}
        with self.progress.stage("finding neighbours"):
            index = INDEXES[kind].build(self.vectors)
            graph = nearest(self.vectors, self.settings.neighbours, index=index)
        if kind != "exact":
            with self.progress.stage("measuring what the index misses"):
                index.save(folder)
                found = recall(graph, self.vectors, random_state=self.settings.random_state)
            facts |= {"recall": round(found.share, 4), "recall_error": round(found.error, 4)}
            facts |= {"recall_at": found.k, "recall_sample": found.sample}
        self.ledger.amend(measured={**self.ledger.record.measured, "neighbours": facts})
        return self.store.write_neighbours(graph)

    def _layouts(self) -> int:
        from bilderatlas.pipeline.mapping import lay_out

        with self.progress.stage("drawing the map", "steps") as report, one_thread_if_few(self.n):
            layouts = lay_out(self.vectors, self.neighbours, self.settings, self._before(), report)
        return self.store.write_layouts(layouts)

    def _clusters(self) -> int:
        from bilderatlas.analysis.clusters import find_clusters
        from bilderatlas.analysis.words import name_clusters

        with self.progress.stage("finding clusters"):
            found = find_clusters(
                self.neighbours,
                self.vectors,
                resolution=self.settings.resolution,
                random_state=self.settings.random_state,
            )
            classes, scores = self.store.read_names(self.ledger.version("items"))
            words = class_names()
            return self.store.write_clusters(name_clusters(found, classes, scores, words))

    def _duplicates(self) -> int:
        from bilderatlas.pipeline.copies import find_copies

        with self.progress.stage("finding duplicates"):
            version = self.ledger.version("items")
            groups, alike = find_copies(self.store, version, self.item_keys, self.neighbours)
            return self.store.write_duplicates(groups, alike)

    def _of_structure(self) -> str:
        stages = self.ledger.record.stages
        made = [stages[stage].fingerprint for stage in ("clusters", "duplicates")]
        return fingerprint(made, self.parameters["clusters"])

    def _structure(self) -> int:
        from bilderatlas.pipeline.believing import structure_of

        with self.progress.stage("asking whether the clusters are real"):
            found = structure_of(
                self.vectors,
                self.neighbours,
                self.store.read_clusters(self.ledger.version("clusters")),
                self.store.read_duplicates(self.ledger.version("duplicates")),
                self.settings,
            )
        self.ledger.amend(measured={**self.ledger.record.measured, "structure": found})
        return 0

    def _oddities(self) -> int:
        from bilderatlas.analysis.oddities import find_oddities

        measures = ["brightness", "contrast", "sharpness", "width", "height"]
        with self.progress.stage("finding what is odd"):
            items = self.store.read_items(self.ledger.version("items"), measures)
            groups = self.store.read_duplicates(self.ledger.version("duplicates"))
            columns = {name: items.column(name).to_numpy() for name in measures}
            found = find_oddities(self.neighbours, **columns, duplicates=groups)
            return self.store.write_oddities(found)

    def _tell_of_classes(self) -> None:
        """Say which classes were asked for of what is no longer so."""
        from bilderatlas.pipeline.classification import outdated_classifications

        if outdated := outdated_classifications(self.store, self.ledger.record):
            labels = " and ".join(map(repr, outdated))
            self.progress.note(
                f"The pictures or labels have changed since you asked for the classes of {labels}: "
                "run 'bilderatlas classify' again."
            )

    # --- what the stages need -----------------------------------------------------------------

    @cached_property
    def vectors(self) -> Float32Array:
        return self.store.read_vectors(self.ledger.version("items"))

    @cached_property
    def neighbours(self) -> Neighbours:
        return self.store.read_neighbours(self.ledger.version("neighbours"))

    def _before(self) -> Before | None:
        """Return the map of the last good build, if it was drawn in the same way."""
        if self.last is None or self.last.parameters["layouts"] != self.parameters["layouts"]:
            return None
        from bilderatlas.pipeline.mapping import Before

        keys = self.store.read_items(self.last.stages["items"].version, ["key"])
        layouts = self.store.read_layouts(self.last.stages["layouts"].version)
        return Before.of(layouts, keys.column(0).to_pylist(), self.item_keys)


def _check_label(asked: str | None, columns: Sequence[str]) -> None:
    if asked is not None and asked not in columns:
        raise SourceError(
            f"--label {asked}: the metadata has no such column; "
            f"it has {', '.join(columns) or 'none'}."
        )


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {part: version_of(part) for part in _PARTS}
