"""What a source holds now against what the atlas holds: which files must be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bilderatlas.types import Found

__all__ = ["Plan", "Stamp", "make_plan"]

Stamp = tuple[int, int]
"""The cheap first look at a file: bytes and mtime_ns."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``read`` the files that are new or changed, ``drop`` the uris that are gone or changed."""

    read: tuple[Found, ...]
    drop: tuple[str, ...]


def make_plan(
    found: Sequence[Found], items: Mapping[str, Stamp], problems: Mapping[str, Stamp]
) -> Plan:
    """Compare by path, size and time of change.

    Parameters
    ----------
    found
        All picture files of the source.
    items, problems
        The stamps of the files that the atlas holds, and of those it could not use; the latter are
        not tried again while they are the same.
    """
    now = {f.uri: (f.bytes, f.mtime_ns) for f in found}
    return Plan(
        read=tuple(f for f in found if now[f.uri] not in (items.get(f.uri), problems.get(f.uri))),
        drop=tuple(uri for uri, stamp in items.items() if now.get(uri) != stamp),
    )
