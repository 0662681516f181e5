"""From the store to the site: gathers what the publish wing asks for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.ingest.models.names import class_names
from bilderatlas.pipeline.arranging import read_layouts
from bilderatlas.pipeline.freshness import Ledger, fingerprint
from bilderatlas.pipeline.labelling import class_column
from bilderatlas.pipeline.progress import Progress
from bilderatlas.publish.site.content import Said, SiteContent
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Cluster, Float32Array, Layout

__all__ = ["described_items", "publish"]

_FACTS = (
    "key", "uri", "width", "height", "bytes", "taken_at", "latitude", "longitude", "suffix",
    "brightness", "contrast", "sharpness",
)  # fmt: skip


def publish(store: Store, ledger: Ledger, progress: Progress) -> None:
    """Write the site, unless it stands and shows what the stages have made."""
    from bilderatlas.publish.site.viewer import viewer_stamp
    from bilderatlas.publish.site.writer import write_site

    record = ledger.record
    made = {name: [s.fingerprint, s.version] for name, s in record.stages.items() if name != "site"}
    inputs = fingerprint(
        made, record.name, record.parameters["site"], record.counts, viewer_stamp()
    )

    def write() -> int:
        with progress.stage("writing the site", "pages") as report:
            write_site(_content(store, record), store.site, progress=report)
        return 0

    if not store.site.is_dir():
        ledger.forget("site")
    ledger.run("site", inputs, write)


def _content(store: Store, record: Record) -> SiteContent:
    made = record.stages
    version = made["items"].version
    items = described_items(store, record)
    metadata = store.read_metadata(made["metadata"].version)
    clusters = store.read_clusters(made["clusters"].version)
    layouts = read_layouts(store, record)
    search = record.measured.get("neighbours", {})
    return SiteContent(
        title=record.name,
        items=items,
        metadata=metadata,
        label=class_column(record, metadata.column_names),
        layouts=layouts,
        neighbours=store.read_neighbours(made["neighbours"].version),
        clusters=clusters,
        duplicates=store.read_duplicates(made["duplicates"].version),
        look_alikes=store.read_look_alikes(made["duplicates"].version),
        oddities=store.read_oddities(made["oddities"].version),
        priority=_priority(clusters, len(items)),
        problems=record.counts["problems"],
        blur=store.read_blur(version),
        thumbnails=_Thumbnails(store, version),
        place_picture=_Pictures(store, version),
        generator=f"bilderatlas {record.versions['bilderatlas']}",
        index=search.get("index", "exact"),
        recall=search.get("recall"),
        structure=record.measured.get("structure", {}).get("sentence"),
        sentences=_sentences(layouts),
    )


def _sentences(layouts: list[Layout]) -> dict[str, list[Said]]:
    """Say in words how far each layout can be believed."""
    from bilderatlas.analysis.quality.sentences import findings
    from bilderatlas.publish.site.manifest import layout_title

    titles = {layout.name: layout_title(layout) for layout in layouts}
    return {
        layout.name: [
            (said.measure, said.value, said.error, said.sentence)
            for said in findings(layout, layouts, titles)
        ]
        for layout in layouts
    }


def described_items(store: Store, record: Record) -> pa.Table:
    """Return what is known of each item, in id order: see `SiteContent.items`."""
    items = store.read_items(record.stages["items"].version, [*_FACTS, "names", "name_scores"])
    classes = items.column("names").combine_chunks()
    spoken = pa.array(class_names(), pa.string()).take(classes.flatten())
    scores = items.column("name_scores").combine_chunks()
    columns = {name: items.column(name) for name in _FACTS}
    return pa.table(
        {
            "id": pa.array(np.arange(len(items), dtype=np.int32)),
            **columns,
            "names": pa.ListArray.from_arrays(classes.offsets, spoken),
            "name_scores": scores.cast(pa.list_(pa.float32())),
        }
    )


def _priority(clusters: list[Cluster], n: int) -> Float32Array:
    """Exemplars represent a cell first, then the firmest members of their cluster."""
    priority = np.zeros(n, np.float32)
    for cluster in clusters:
        priority[cluster.members] = cluster.strength
        priority[cluster.exemplar] = 2.0
    return priority


class _Thumbnails:
    """Random access to the thumbnails of one version of the items."""

    def __init__(self, store: Store, version: int) -> None:
        self.store = store
        self.version = version

    def __call__(self, ids: npt.NDArray[np.int64], side: int) -> list[bytes]:
        column = f"t{side}"
        thumbnails: list[bytes] = (
            self.store.take_items(self.version, ids, [column]).column(column).to_pylist()
        )
        return thumbnails


class _Pictures:
    """The lightbox pictures: the reduced copy that the atlas holds, else the file itself."""

    def __init__(self, store: Store, version: int) -> None:
        self.store = store
        self.version = version
        self.published = store.site / "pictures"
        files = store.read_items(version, ["location", "copied"]).to_pydict()
        self.locations: list[bytes] = files["location"]
        self.copied: list[bool] = files["copied"]

    def __call__(self, item: int, destination: Path) -> bool:
        if self._linked(destination):
            return True
        if not self.copied[item]:
            return self._taken_from_source(item, destination)
        taken = self.store.take_items(self.version, np.array([item]), ["copy"])
        destination.write_bytes(taken.column("copy")[0].as_py())
        return True

    def _linked(self, destination: Path) -> bool:
        """Take the file of the site that still stands: its name is the hash of its content."""
        try:
            os.link(self.published / destination.parent.name / destination.name, destination)
        except OSError:
            return False
        return True

    def _taken_from_source(self, item: int, destination: Path) -> bool:
        try:
            shutil.copyfile(os.fsdecode(self.locations[item]), destination)
        except OSError:
            return False  # the original has gone since; the map still shows its thumbnail
        return True
