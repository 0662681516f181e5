"""From the store to the site: gathers what the publish wing asks for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.publish.site.content import SiteContent
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Cluster, Float32Array

__all__ = ["site_content"]

_FACTS = ("key", "uri", "width", "height", "bytes", "taken_at", "latitude", "longitude", "suffix")


def site_content(
    store: Store, record: Record, *, label: str | None, words: tuple[str, ...], generator: str
) -> SiteContent:
    """Return all that the site is made from.

    Parameters
    ----------
    label
        The metadata column that holds the class.
    words
        The names of the classes that the model's classifier knows.
    """
    made = record.stages
    version = made["items"].version
    items = store.read_items(version, [*_FACTS, "names", "name_scores"])
    clusters = store.read_clusters(made["clusters"].version)
    return SiteContent(
        title=record.name,
        items=_with_words(items, words),
        metadata=store.read_metadata(made["metadata"].version),
        label=label,
        layouts=store.read_layouts(made["layouts"].version),
        neighbours=store.read_neighbours(made["neighbours"].version),
        clusters=clusters,
        duplicates=store.read_duplicates(made["duplicates"].version),
        priority=_priority(clusters, len(items)),
        problems=record.counts["problems"],
        blur=store.read_blur(version),
        thumbnails=_Thumbnails(store, version),
        place_picture=_Pictures(store, version),
        generator=generator,
    )


def _with_words(items: pa.Table, words: tuple[str, ...]) -> pa.Table:
    """Number the items, and put the words of the classes in place of their numbers."""
    classes = items.column("names").combine_chunks()
    spoken = pa.array(words, pa.string()).take(classes.flatten())
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
