"""An index on disk: a folder with a description, beside whatever files the index writes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bilderatlas.analysis.neighbours.stored import Source
from bilderatlas.errors import AtlasError

__all__ = ["opened", "saving"]

_DESCRIPTION = "index.json"


@contextmanager
def saving(folder: Path, kind: str, facts: Mapping[str, Any]) -> Iterator[Path]:
    """Give a folder to write to, which takes the place of ``folder`` once all is written.

    Parameters
    ----------
    kind
        What index it is.
    facts
        What ``opened`` shall return; ``n`` is the number of vectors.
    """
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    yield new
    description = json.dumps({"kind": kind, **facts}, indent=1)
    (new / _DESCRIPTION).write_text(description, encoding="utf-8")
    if folder.exists():
        shutil.rmtree(folder)
    new.replace(folder)


def opened(folder: Path, kind: str, vectors: Source) -> dict[str, Any]:
    """Return the facts of a saved index.

    Raises
    ------
    AtlasError
        If the folder holds no index of this kind, or one of another number of vectors.
    """
    try:
        facts: dict[str, Any] = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AtlasError(
            f"{folder} holds no index of neighbours ({_DESCRIPTION}): build it again."
        ) from error
    if facts.get("kind") != kind:
        raise AtlasError(
            f"{folder} holds an index of the kind {facts.get('kind')}, not {kind}: build it again."
        )
    if isinstance(vectors, np.ndarray) and len(vectors) != facts["n"]:
        raise AtlasError(
            f"The index in {folder} is of {facts['n']} vectors and there are {len(vectors)}: "
            "build it again."
        )
    return facts
