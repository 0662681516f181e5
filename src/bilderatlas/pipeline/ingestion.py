"""The streaming stage: files to rows of the items table, resumable at any item."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bilderatlas.ingest.reader import Known, Reader
from bilderatlas.ingest.sources import Listing
from bilderatlas.pipeline.plan import Stamp, make_plan
from bilderatlas.pipeline.progress import Progress, Report
from bilderatlas.pipeline.settings import Settings
from bilderatlas.pipeline.threads import work_through
from bilderatlas.store import Store
from bilderatlas.types import Found, Picture, Problem

__all__ = ["Ingestion", "ingest"]

_BATCH = 8  # pictures a thread takes at once
_KEEP_EVERY = 256  # pictures; with the next line, what a kill can cost
_KEEP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What the streaming stage has done: counts of files."""

    read: int
    known: int
    dropped: int
    problems: int


def ingest(
    listing: Listing,
    store: Store,
    settings: Settings,
    progress: Progress,
    *,
    retry_problems: bool,
) -> Ingestion:
    """Bring the items table and the problems in line with the source.

    Rows are added in the order of the listing and in portions, each all or nothing, so a killed
    run goes on where it stopped and no file is ever there twice.

    Parameters
    ----------
    retry_problems
        Try files again that could not be used, though they have not changed.
    """
    base = store.items_version()
    table = store.read_items(base, ["uri", "bytes", "mtime_ns", "key"]).to_pydict()
    items: dict[str, Stamp] = {
        uri: (size, mtime)
        for uri, size, mtime in zip(table["uri"], table["bytes"], table["mtime_ns"], strict=True)
    }
    row_of = {key: row for row, key in enumerate(table["key"])}
    present = {f.uri: f for f in listing.found}
    problems = [] if retry_problems else _still_true(store.read_problems(), present)

    plan = make_plan(listing.found, items, {p.uri: stamp for p, stamp in problems})
    if plan.drop:
        store.delete_items(plan.drop)
    portion = _Portion(store, row_of, base)
    problems += [(problem, (0, 0)) for problem in listing.problems]

    if plan.read:
        with progress.stage("reading pictures", "pictures") as report:
            problems += _read(plan.read, portion, settings, report)
    store.write_problems([(problem, *stamp) for problem, stamp in problems])
    return Ingestion(portion.pictures, portion.known, len(plan.drop), len(problems))


def _read(
    files: Sequence[Found], portion: _Portion, settings: Settings, report: Report
) -> list[tuple[Problem, Stamp]]:
    """Read files into the store; return those that cannot be used."""
    problems: list[tuple[Problem, Stamp]] = []
    batches = [files[i : i + _BATCH] for i in range(0, len(files), _BATCH)]
    done = work_through(batches, _opener(settings, portion.knows), settings.workers)
    seen = 0
    for batch, results in zip(batches, done, strict=True):
        for found, result in zip(batch, results, strict=True):
            if isinstance(result, Problem):
                problems.append((result, (found.bytes, found.mtime_ns)))
            else:
                portion.add(found, result)
        portion.keep_if_due()
        seen += len(batch)
        report(seen, len(files))
    portion.keep()
    return problems


class _Portion:
    """Results on their way to the store."""

    def __init__(self, store: Store, row_of: dict[str, int], base: int) -> None:
        self.store = store
        self.row_of = row_of
        self.base = base
        self.pictures = 0
        self.known = 0
        self._waiting: list[tuple[Found, Picture | int]] = []
        self._since = time.monotonic()

    def knows(self, key: str) -> bool:
        """Return whether the table had a picture with this key before."""
        return key in self.row_of

    def add(self, found: Found, result: Picture | Known) -> None:
        if isinstance(result, Known):
            self.known += 1
            self._waiting.append((found, self.row_of[result.key]))
        else:
            self.pictures += 1
            self._waiting.append((found, result))

    def keep_if_due(self) -> None:
        late = time.monotonic() - self._since > _KEEP_SECONDS
        if len(self._waiting) >= _KEEP_EVERY or late:
            self.keep()

    def keep(self) -> None:
        if self._waiting:
            self.store.append_items(self._waiting, self.base)
        self._waiting = []
        self._since = time.monotonic()


def _opener(
    settings: Settings, known: Callable[[str], bool]
) -> Callable[[], Callable[[Sequence[Found]], Sequence[Picture | Known | Problem]]]:
    def open_reader() -> Reader:
        return Reader.open(settings.model, known=known, max_pixels=settings.max_pixels)

    return open_reader


def _still_true(
    problems: Sequence[tuple[Problem, int, int]], present: dict[str, Found]
) -> list[tuple[Problem, Stamp]]:
    """Return the problems of files that are there as they were."""
    return [
        (problem, (size, mtime))
        for problem, size, mtime in problems
        if (f := present.get(problem.uri)) and (f.bytes, f.mtime_ns) == (size, mtime)
    ]
