"""What ``atlas.json`` says: enough to rebuild the atlas from its source."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bilderatlas.errors import AtlasError

__all__ = ["FORMAT", "Record", "StageRecord"]

FORMAT = 2
"""Version of the format on disk; an atlas of another version is refused."""


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What a stage has made: the fingerprint of its inputs, and the version of its table."""

    fingerprint: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """The content of ``atlas.json``.

    ``asked_layouts`` are by name the layouts beside those of every build: ``kind``, ``parameters``.
    ``measured`` says of a stage how good its result is, as ``{"neighbours": {"recall": 0.998}}``.
    """

    name: str
    source: dict[str, Any] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    asked_layouts: dict[str, Any] = field(default_factory=dict)
    measured: dict[str, Any] = field(default_factory=dict)
    stages: dict[str, StageRecord] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> str:
        """Return the record as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, path: Path) -> Record:
        """Return the record that ``text`` holds.

        Raises
        ------
        AtlasError
            If it is no record, or one of another format; the message names ``path``.
        """
        try:
            content = json.loads(text)
            found = content["format"]
        except (ValueError, KeyError, TypeError) as error:
            raise AtlasError(
                f"{path} cannot be read ({error}): delete it and build again."
            ) from error
        if found != FORMAT:
            raise AtlasError(
                f"{path} has format {found}, this version of bilderatlas reads {FORMAT}: "
                f"delete {path.parent} and build again."
            )
        stages = {name: StageRecord(**made) for name, made in content.pop("stages").items()}
        return cls(**content, stages=stages)
