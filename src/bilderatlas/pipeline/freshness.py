"""Which stages must run: a stage whose inputs have the fingerprint they had is left alone."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bilderatlas.record import Record, StageRecord
from bilderatlas.store import Store

__all__ = ["Ledger", "fingerprint", "fingerprint_rows"]


def fingerprint(*parts: Any) -> str:
    """Return 32 hexadecimal digits that depend on all of ``parts`` (JSON values)."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def fingerprint_rows(rows: Iterable[tuple[str, ...]]) -> str:
    """Return a fingerprint of many rows of text without holding them in memory."""
    digest = hashlib.blake2b(digest_size=16)
    for row in rows:
        for cell in row:
            encoded = cell.encode()
            digest.update(len(encoded).to_bytes(4, "little") + encoded)
    return digest.hexdigest()


class Ledger:
    """The stages of one build: runs what is stale, remembers what is done, times it.

    Parameters
    ----------
    store
        Where a running build's record is kept.
    record
        The record of the build that this one goes on from.
    """

    def __init__(self, store: Store, record: Record) -> None:
        self.store = store
        self.record = record
        self.ran: dict[str, float] = {}

    def is_fresh(self, stage: str, inputs: str) -> bool:
        """Return whether ``stage`` has been made from inputs of this fingerprint."""
        made = self.record.stages.get(stage)
        return made is not None and made.fingerprint == inputs

    def version(self, stage: str) -> int:
        """Return the version of the table that ``stage`` has made."""
        return self.record.stages[stage].version

    def run(self, stage: str, inputs: str, make: Callable[[], int]) -> int:
        """Make ``stage`` unless it is fresh; return its table's version.

        ``make`` writes the table and returns its version.
        """
        if not self.is_fresh(stage, inputs):
            start = time.perf_counter()
            version = make()
            self.enter(stage, StageRecord(inputs, version), time.perf_counter() - start)
        return self.version(stage)

    def enter(self, stage: str, made: StageRecord, seconds: float) -> None:
        """Remember what a stage has made, and how long it took."""
        self.ran[stage] = seconds
        self.amend(
            stages={**self.record.stages, stage: made},
            timings={**self.record.timings, stage: round(seconds, 3)},
        )

    def forget(self, stage: str) -> None:
        """Have a stage run again: what it made is gone."""
        self.amend(stages={name: s for name, s in self.record.stages.items() if name != stage})

    def amend(self, **changes: Any) -> None:
        """Change the record, and remember it should this build be killed."""
        amended = replace(self.record, **changes)
        if amended != self.record:
            self.record = amended
            self.store.write_pending(amended)
