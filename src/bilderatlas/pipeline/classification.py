"""The classes of an atlas: asked for, kept, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.analysis.labels.spaces import VECTORS
from bilderatlas.errors import QueryError
from bilderatlas.pipeline.arranging import FIRST, read_layouts, stage_of
from bilderatlas.pipeline.freshness import fingerprint
from bilderatlas.pipeline.labelling import (
    class_column,
    labels_of_column,
    labels_of_tags,
    labels_to_choose,
)
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Layout

__all__ = [
    "TAGS",
    "classify_atlas",
    "judgements",
    "kept_classifications",
    "not_drawn_from",
    "outdated_classifications",
]

_FORM = 2
"""Of what is kept; raised when that changes, so that older files are left alone."""

TAGS = "tags"
"""What classes are called that a file of tags holds."""


def classify_atlas(
    store: Store, record: Record, *, label: str | None, tags: Path | None, flag: str = "--label"
) -> Classification:
    """Ask how well classes can be told apart, and keep the answer in the atlas.

    Parameters
    ----------
    label
        A metadata column, or ``folder``; by default the column the atlas was built with.
    tags
        A CSV file of tags to take instead.
    flag
        What the label was named by, for messages.

    Raises
    ------
    QueryError
        If there are no such labels, or they make no classes.
    """
    from bilderatlas.analysis.labels.classify import classify

    made = record.stages
    items = store.read_items(made["items"].version, ["key", "uri"]).to_pydict()
    if tags is not None:
        if label is not None:
            raise QueryError(f"--tags {tags} holds labels of its own: leave out --label {label}.")
        name, labels = TAGS, labels_of_tags(tags, items["key"], items["uri"])
    else:
        metadata = store.read_metadata(made["metadata"].version)
        column = label or class_column(record, metadata.column_names)
        if column is None:
            choose = labels_to_choose(metadata, items["uri"])
            raise QueryError(f"{flag}: the atlas has no class column; {choose}.")
        name = column
        labels = labels_of_column(metadata, items["uri"], name, flag=flag)
    found = classify(
        store.read_vectors(made["items"].version),
        labels,
        label=name,
        neighbours=store.read_neighbours(made["neighbours"].version),
        duplicates=store.read_duplicates(made["duplicates"].version),
        maps={
            each.name: each.positions for each in not_drawn_from(name, read_layouts(store, record))
        },
    )
    text = json.dumps({"maps": _maps(record), "found": json.loads(found.to_json())})
    store.write_classification(name, _made_from(record), text)
    return found


def kept_classifications(store: Store, record: Record) -> dict[str, Classification]:
    """Return by label what was found of the classes of the items and labels as they are now.

    What was found of a layout that has been made anew since, or is gone, is left out.
    """
    now = _maps(record)
    kept = {}
    for label, text in store.read_classifications(_made_from(record)).items():
        content = json.loads(text)
        found = Classification.from_json(json.dumps(content["found"]))
        then = content["maps"]
        spaces = tuple(
            space
            for space in found.spaces
            if space.name == VECTORS or then[space.name] == now.get(space.name)
        )
        kept[label] = replace(found, spaces=spaces)
    return kept


def outdated_classifications(store: Store, record: Record) -> list[str]:
    """Return the labels that were asked of when the items or labels were others."""
    made_from = _made_from(record)
    return [label for label, then in store.classified().items() if then != made_from]


def not_drawn_from(label: str, layouts: Iterable[Layout]) -> list[Layout]:
    """Return the layouts that do not know the label: one that was drawn from it proves nothing."""
    told: set[str] = set()
    free = []
    for layout in layouts:
        asked = layout.parameters
        if label in (asked.get("supervised"), asked.get("by")) or asked.get("base") in told:
            told.add(layout.name)
        else:
            free.append(layout)
    return free


def judgements(found: Classification, keys: pa.ChunkedArray, uris: pa.ChunkedArray) -> pa.Table:
    """Return a row an item: what it is given as, and what it looks like.

    Returns
    -------
    pyarrow.Table
        ``id``, ``key``, ``uri``, ``given`` (null without a class), ``predicted``, ``probability``,
        ``probability_of_given``, ``margin``, and ``finding``: ``likely mislabelled``, ``at odds``,
        ``suggestion``, or nothing.
    """
    names = np.array(found.names, object)
    finding: npt.NDArray[np.object_] = np.full(len(found.given), "", object)
    finding[found.given == -1] = "suggestion"
    finding[found.at_odds()] = "at odds"
    finding[found.mislabelled] = "likely mislabelled"
    unknown = found.given < 0
    return pa.table(
        {
            "id": np.arange(len(found.given), dtype=np.int32),
            "key": keys,
            "uri": uris,
            "given": pa.array(names[found.given], pa.string(), mask=unknown),
            "predicted": pa.array(names[found.predicted], pa.string()),
            "probability": found.probability,
            "probability_of_given": pa.array(found.probability_of_given, mask=unknown),
            "margin": found.margin,
            "finding": pa.array(finding, pa.string()),
        }
    )


def _made_from(record: Record) -> str:
    stages = record.stages
    return fingerprint(_FORM, stages["items"].fingerprint, stages["metadata"].fingerprint)


def _maps(record: Record) -> dict[str, str]:
    """Return by name of each layout what it was made from."""
    stages = record.stages
    made = dict.fromkeys(FIRST, stages["layouts"].fingerprint)
    asked = ((name, stages.get(stage_of(name))) for name in record.asked_layouts)
    return made | {name: stage.fingerprint for name, stage in asked if stage is not None}
