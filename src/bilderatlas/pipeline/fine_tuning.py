"""The atlas's network, retrained on its labels and written as a model file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.errors import QueryError
from bilderatlas.pipeline.progress import Progress
from bilderatlas.pipeline.settings import Settings
from bilderatlas.pipeline.threads import work_through
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Float16Array

if TYPE_CHECKING:
    from bilderatlas.ingest.models.last_block import CutNetwork

__all__ = ["FineTuning", "fine_tune_atlas"]

_MOST_PICTURES = 20_000  # 20 KB of maps each
_BATCH = 8
_PARTS = 5  # one of them is held out


@dataclass(frozen=True, slots=True)
class FineTuning:
    """How a network has learnt.

    Attributes
    ----------
    model
        The network that was retrained.
    pictures, held_out
        How many it has learnt from, and how many only judged it.
    seen, unseen
        Share told right after each epoch, of the pictures learnt from and of those held out.
    best
        The epoch, counted from 1, whose weights were kept.
    """

    model: str
    pictures: int
    held_out: int
    seen: tuple[float, ...]
    unseen: tuple[float, ...]
    best: int

    def sentences(self) -> list[str]:
        """Return what a layman should know of the new network."""
        seen, unseen = self.seen[self.best - 1], self.unseen[self.best - 1]
        gap = 100 * (self.seen[-1] - self.unseen[-1])
        return [
            f"After epoch {self.best} of {len(self.seen)}, the retrained network told "
            f"{100 * seen:.1f}% of the {self.pictures:,} pictures that it learnt from and "
            f"{100 * unseen:.1f}% of the {self.held_out:,} held out; this epoch was kept, as the "
            "one that did best on pictures held out, so the second figure flatters it a little.",
            f"At the end the two are {gap:.1f} points apart: by so much it has learnt the pictures "
            "by heart.",
            "On a map of its vectors, the pictures it has learnt from lie apart more clearly than "
            "new ones will.",
        ]


def fine_tune_atlas(
    store: Store, record: Record, found: Classification, output: Path, progress: Progress
) -> FineTuning:
    """Retrain the last block of the atlas's network on its labels, and write it as an ONNX file.

    A fifth of the pictures is held out; copies of a picture stay on one side.

    Raises
    ------
    MissingExtraError
        If torch is not installed.
    ModelError
        If the network cannot be cut.
    QueryError
        If too few of the pictures are where they were, or there is no folder for the file.
    """
    from bilderatlas.analysis.labels.folds import deal
    from bilderatlas.analysis.labels.groups import groups_of
    from bilderatlas.ingest.models.fine_tune import fine_tune, require_torch
    from bilderatlas.ingest.models.last_block import CutNetwork

    require_torch()
    if not output.parent.is_dir():
        raise QueryError(
            f"--fine-tune {output}: there is no folder {output.parent}: make it first."
        )
    network = CutNetwork(record.model["name"])
    rows = np.flatnonzero(found.given >= 0)
    if len(rows) > _MOST_PICTURES:
        rows = np.sort(np.random.default_rng(0).choice(rows, _MOST_PICTURES, replace=False))
    version = record.stages["items"].version
    locations = store.take_items(version, rows, ["location"]).column(0).to_pylist()
    maps = _maps(network, [Path(os.fsdecode(one)) for one in locations], record, progress)
    there = np.array([one is not None for one in maps])
    rows, codes = rows[there], found.given[rows[there]]
    if len(np.unique(codes)) < 2 or len(rows) < _PARTS:
        raise QueryError(
            f"--fine-tune: {len(rows):,} of the labelled pictures of {store.folder} are where they "
            "were: bring them back, or build the atlas again where they are now."
        )
    groups = groups_of(len(found.given), store.read_duplicates(record.stages["duplicates"].version))
    held_out = deal(codes, groups[rows], _PARTS) == 0
    with progress.stage("retraining the last block", "epochs") as report:
        tuned = fine_tune(
            network.block,
            np.stack([one for one in maps if one is not None]),
            np.unique(codes, return_inverse=True)[1].astype(np.int32),
            held_out,
            report=report,
        )
    result = FineTuning(
        model=record.model["name"],
        pictures=int((~held_out).sum()),
        held_out=int(held_out.sum()),
        seen=tuple(epoch.seen for epoch in tuned.epochs),
        unseen=tuple(epoch.unseen for epoch in tuned.epochs),
        best=tuned.best + 1,
    )
    notes = {"label": found.label, "classes": list(found.names), **asdict(result)}
    text = json.dumps(notes, ensure_ascii=False)
    output.write_bytes(network.joined(tuned.block, {"fine-tuning": text}))
    return result


def _maps(
    network: CutNetwork, paths: Sequence[Path], record: Record, progress: Progress
) -> list[Float16Array | None]:
    """Return what goes into the last block for each file, ``None`` where it cannot be read."""
    from bilderatlas.ingest.trunk_reader import TrunkReader

    def open_reader() -> TrunkReader:
        most = record.parameters["items"]["max_pixels"]
        return TrunkReader(network.open_trunk(), max_pixels=most)

    batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
    maps: list[Float16Array | None] = []
    with progress.stage("reading pictures", "pictures") as report:
        for some in work_through(batches, open_reader, Settings().workers):
            maps += some
            report(len(maps), len(paths))
    return maps
