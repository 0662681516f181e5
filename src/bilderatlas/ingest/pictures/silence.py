"""Decoders kept quiet."""

from __future__ import annotations

import threading
import warnings
from types import TracebackType

__all__ = ["decoders_silenced"]


class _Silence:
    """Ignores the warnings of the decoding libraries while any thread is inside.

    ``warnings.catch_warnings`` alone is not made for threads: two that overlap may restore each
    other's filters. So the first one in sets the filters, and the last one out takes them away.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._saved: warnings.catch_warnings[None] = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._saved = warnings.catch_warnings()
                self._saved.__enter__()
                warnings.filterwarnings("ignore", module=r"(PIL|pillow_heif)\b")
            self._inside += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._saved.__exit__(kind, error, traceback)


decoders_silenced = _Silence()
"""Use as ``with decoders_silenced:``; nesting and threads are welcome."""
