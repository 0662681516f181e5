"""Layouts beside the first: asked for by name, kept up with the collection, measured like it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bilderatlas.errors import LayoutError, MissingExtraError
from bilderatlas.pipeline.freshness import Ledger, fingerprint
from bilderatlas.pipeline.progress import Progress
from bilderatlas.pipeline.threads import one_thread_if_few
from bilderatlas.record import Record, StageRecord
from bilderatlas.store import Store
from bilderatlas.types import Layout

if TYPE_CHECKING:
    from bilderatlas.analysis.layouts import Given

__all__ = ["FIRST", "arrange", "ask", "read_layouts", "stage_of", "withdraw"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_READ = ("uri", "taken_at", "latitude", "longitude", "width", "height")
FIRST = ("tsne", "tsne-spread")
"""Names of the layouts that every build draws."""


def read_layouts(store: Store, record: Record) -> list[Layout]:
    """Return all layouts, the site's first one first."""
    layouts = store.read_layouts(record.stages["layouts"].version)
    for name in record.asked_layouts:
        if made := record.stages.get(stage_of(name)):
            layouts += store.read_layouts(made.version, _table(name))
    return layouts


def ask(record: Record, kind: str, name: str, parameters: Mapping[str, Any]) -> Record:
    """Return the record with a layout asked for; one of the same name gives way to it.

    Raises
    ------
    LayoutError
        If the name is one of the first layouts', or cannot be a folder's, or a parameter is no
        number.
    """
    if name in FIRST:
        raise LayoutError(
            f"Every build draws the layout {name!r} itself: choose another --name for yours."
        )
    if not _NAME.fullmatch(name):
        raise LayoutError(
            f"A layout cannot be called {name!r}: use up to 40 small letters, digits and '-'."
        )
    for parameter, value in parameters.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise LayoutError(f"{parameter} = {value}: give a finite number.")
    asked = {"kind": kind, "parameters": dict(parameters)}
    return replace(record, asked_layouts={**record.asked_layouts, name: asked})


def withdraw(record: Record, name: str) -> Record:
    """Return the record without an asked layout.

    Raises
    ------
    LayoutError
        If no such layout was asked for.
    """
    if name not in record.asked_layouts:
        there = ", ".join(record.asked_layouts) or "none"
        raise LayoutError(f"There is no layout {name!r} to remove: those asked for are {there}.")
    asked = {other: each for other, each in record.asked_layouts.items() if other != name}
    stages = {stage: made for stage, made in record.stages.items() if stage != stage_of(name)}
    timings = {stage: took for stage, took in record.timings.items() if stage != stage_of(name)}
    return replace(record, asked_layouts=asked, stages=stages, timings=timings)


def arrange(store: Store, ledger: Ledger, progress: Progress, *, must: str | None = None) -> None:
    """Make all layouts that were asked for, but those that are fresh.

    One that can no longer be made, its column or its package being gone, is left out with a note.

    Parameters
    ----------
    must
        The layout that was asked for just now: why it cannot be made is raised.

    Raises
    ------
    LayoutError, MissingExtraError
        If the layout ``must`` cannot be made.
    """
    everything = ledger.record.asked_layouts
    # Those that others build on go first.
    for name in sorted(everything, key=lambda name: len(_bases(ledger.record, name))):
        asked = everything[name]
        needed = ("neighbours", "layouts") + (("metadata", "clusters") if _reads(asked) else ())
        inputs = fingerprint(
            [ledger.record.stages[stage].fingerprint for stage in needed],
            asked,
            [made.fingerprint for _, made in _made(ledger.record, _bases(ledger.record, name)[:1])],
        )
        try:
            ledger.run(stage_of(name), inputs, _maker(store, ledger.record, progress, name))
        except (LayoutError, MissingExtraError) as error:
            ledger.forget(stage_of(name))
            if name == must:
                raise
            progress.note(f"The layout {name!r} is left out: {error}")


def _maker(store: Store, record: Record, progress: Progress, name: str) -> Any:
    def make() -> int:
        from bilderatlas.pipeline.believing import measured

        asked = record.asked_layouts[name]
        few = one_thread_if_few(record.counts["items"])
        with progress.stage(f"drawing {name}", "steps") as report, few:
            given = _given(store, record, name, report)
            layout = _drawn(asked["kind"], asked["parameters"], given, name)
        few = one_thread_if_few(record.counts["items"])
        with progress.stage(f"measuring {name}"), few:
            layout = measured(layout, given.vectors, given.neighbours)
        return store.write_layouts([layout], _table(name))

    return make


def _drawn(kind: str, parameters: Mapping[str, Any], given: Given, name: str) -> Layout:
    from bilderatlas.analysis.layouts import make_layout

    try:
        return make_layout(kind, given, name=name, **parameters)
    except (TypeError, ValueError) as error:
        if not parameters:
            raise
        # The libraries check their own parameters, each in its own words.
        asked = ", ".join(f"{parameter}={value!r}" for parameter, value in parameters.items())
        raise LayoutError(f"The layout {kind!r} cannot be made with {asked}: {error}.") from error


def _given(store: Store, record: Record, name: str, report: Any) -> Given:
    """Return what the layout ``name`` may be made from, all layouts that are not built on it."""
    from bilderatlas.analysis.layouts import Given

    made = record.stages
    version = made["items"].version
    items = store.read_items(version, _READ)
    metadata = store.read_metadata(made["metadata"].version)
    clusters = store.read_clusters(made["clusters"].version)
    of_item: list[str | None] = [None] * len(items)
    for cluster in clusters:
        for member in cluster.members.tolist():
            of_item[member] = cluster.name
    uris = items.column("uri").to_pylist()
    columns: dict[str, Sequence[Any]] = {
        "cluster": of_item,
        "folder": [uri.rpartition("/")[0] or None for uri in uris],
    }
    columns |= {column: metadata.column(column).to_pylist() for column in metadata.column_names}
    bases = store.read_layouts(made["layouts"].version)
    bases.sort(key=lambda layout: layout.name != "tsne")  # the truest is the one to build on
    others = [other for other in record.asked_layouts if other != name]
    for other, stage in _made(record, [o for o in others if name not in _bases(record, o)]):
        bases += store.read_layouts(stage.version, _table(other))
    degrees = {
        axis: items.column(axis).cast("float64").to_numpy(zero_copy_only=False)
        for axis in ("latitude", "longitude")
    }
    aspect = items.column("width").to_numpy() / items.column("height").to_numpy()
    return Given(
        vectors=store.read_vectors(version),
        neighbours=store.read_neighbours(made["neighbours"].version),
        positions={layout.name: layout.positions for layout in bases},
        columns=columns,
        taken_at=items.column("taken_at").to_pylist(),
        picture_aspect=float(np.clip(np.median(aspect), 2 / 3, 3 / 2)),
        progress=report,
        **degrees,
    )


def _reads(asked: Mapping[str, Any]) -> bool:
    """Return whether a layout reads columns: whether one of its parameters may name one."""
    return any(isinstance(value, str) for value in asked["parameters"].values())


def _bases(record: Record, name: str) -> list[str]:
    """Return the asked layout that ``name`` is built on, the one that this is built on, and so on.

    None is named twice, even if they are built on each other.
    """
    found: list[str] = []
    while (base := record.asked_layouts[name]["parameters"].get("base")) in record.asked_layouts:
        if base in found:
            break
        found.append(base)
        name = base
    return found


def _made(record: Record, names: Sequence[str]) -> list[tuple[str, StageRecord]]:
    """Return those of the asked layouts that are made, with their stages."""
    stages = record.stages
    return [(name, stages[stage_of(name)]) for name in names if stage_of(name) in stages]


def stage_of(name: str) -> str:
    """Return the stage that makes an asked layout."""
    return f"layout {name}"


def _table(name: str) -> str:
    return f"layout-{name}"
