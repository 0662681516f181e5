"""Files that are there whole or not at all, and files that one process holds alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["held_alone", "replacing"]


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside ``path``, and put it in its place in one step when it is whole."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the lock dies with the process.

    Raises
    ------
    BlockingIOError
        If another process holds it. Where the system knows no such locks (Windows), never.
    """
    with path.open("w") as file:
        try:
            import fcntl
        except ImportError:
            pass
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
