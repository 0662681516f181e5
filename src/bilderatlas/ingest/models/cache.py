"""Where converted networks are kept between runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

__all__ = ["cache_folder", "cached"]


def cache_folder() -> Path:
    """Return the user's cache folder, or what ``BILDERATLAS_CACHE`` says."""
    if chosen := os.environ.get("BILDERATLAS_CACHE"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("bilderatlas", appauthor=False))


def cached(name: str, make: Callable[[], bytes]) -> bytes:
    """Return the content of a cached file, made first if it is not there.

    The file appears whole or not at all. A cache that cannot be written is no error: the content
    is then made each time.
    """
    path = cache_folder() / name
    try:
        return path.read_bytes()
    except OSError:
        content = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError:
        pass
    return content
