"""Bilderatlas: see a whole picture collection at once, and trust what you see."""

from bilderatlas.atlas import Atlas, build, open
from bilderatlas.errors import (
    AtlasError,
    BilderatlasError,
    MissingExtraError,
    ModelError,
    PictureError,
    SiteError,
    SourceError,
)
from bilderatlas.pipeline.settings import Settings

__all__ = [
    "Atlas",
    "AtlasError",
    "BilderatlasError",
    "MissingExtraError",
    "ModelError",
    "PictureError",
    "Settings",
    "SiteError",
    "SourceError",
    "build",
    "open",
]
