"""Changes to an atlas that is built: what was asked for is made, and the site published anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilderatlas.errors import AtlasError
from bilderatlas.pipeline.arranging import arrange, ask, read_layouts, withdraw
from bilderatlas.pipeline.freshness import Ledger
from bilderatlas.pipeline.progress import Progress
from bilderatlas.pipeline.publication import publish
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Layout

__all__ = ["add_layout", "remove_layout"]


def add_layout(
    store: Store, kind: str, name: str, parameters: Mapping[str, Any], progress: Progress
) -> Layout:
    """Make a layout of the last good build, keep it, and publish it.

    Raises
    ------
    LayoutError, MissingExtraError
        If it cannot be made; the atlas is left as it was.
    """
    with store.locked():
        asked = ask(_whole(store), kind, name, parameters)
        record = _revised(store, asked, progress, must=name)
    return next(layout for layout in read_layouts(store, record) if layout.name == name)


def remove_layout(store: Store, name: str, progress: Progress) -> None:
    """Forget a layout that was asked for, and publish without it.

    Raises
    ------
    LayoutError
        If it was not asked for.
    """
    with store.locked():
        _revised(store, withdraw(_whole(store), name), progress)


def _revised(
    store: Store, record: Record, progress: Progress, *, must: str | None = None
) -> Record:
    ledger = Ledger(store, record)
    try:
        arrange(store, ledger, progress, must=must)
        publish(store, ledger, progress)
    except BaseException:
        store.forget_pending()
        raise
    store.commit(ledger.record)
    store.sweep(ledger.record)
    return ledger.record


def _whole(store: Store) -> Record:
    """Return the last good build's record, if no other build was begun since.

    What an interrupted build has read stands in newer versions of the tables: it goes first.
    """
    record = store.read_record()
    if store.read_pending() is not None:
        raise AtlasError(
            f"{store.folder} is being brought up to date: end that first, by the same "
            "'bilderatlas build' as before."
        )
    return record
