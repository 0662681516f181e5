"""Bilderatlas: see a whole picture collection at once, and trust what you see."""

from bilderatlas.atlas import Atlas, build, open
from bilderatlas.errors import (
    AtlasError,
    BilderatlasError,
    ExportError,
    FigureError,
    MissingExtraError,
    ModelError,
    PictureError,
    QueryError,
    SiteError,
    SourceError,
    TableError,
)
from bilderatlas.pipeline.settings import Settings

__all__ = [
    "Atlas",
    "AtlasError",
    "BilderatlasError",
    "ExportError",
    "FigureError",
    "MissingExtraError",
    "ModelError",
    "PictureError",
    "QueryError",
    "Settings",
    "SiteError",
    "SourceError",
    "TableError",
    "build",
    "open",
]
