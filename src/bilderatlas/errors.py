"""The errors a caller may want to tell apart."""

__all__ = [
    "AtlasError",
    "BilderatlasError",
    "ExportError",
    "FigureError",
    "LayoutError",
    "MissingExtraError",
    "ModelError",
    "PictureError",
    "QueryError",
    "SiteError",
    "SourceError",
    "TableError",
]


class BilderatlasError(Exception):
    """Base class: one sentence that names the file or flag and says what to do."""


class SourceError(BilderatlasError):
    """The pictures cannot be found or listed."""


class PictureError(BilderatlasError):
    """One picture cannot be used; the message is the reason kept in ``problems.parquet``."""


class ModelError(BilderatlasError):
    """A model is unknown, or its weights cannot be read."""


class AtlasError(BilderatlasError):
    """The folder is no atlas, or one that this version cannot read."""


class QueryError(BilderatlasError):
    """What is asked for is not in the atlas, or makes no question."""


class LayoutError(BilderatlasError):
    """The items cannot be arranged in this way, or with these parameters."""


class SiteError(BilderatlasError):
    """The site cannot be written or served."""


class ExportError(BilderatlasError):
    """An atlas cannot be exported in this way, or to this place."""


class FigureError(BilderatlasError):
    """A figure cannot be drawn in this way, or there is nothing to draw."""


class TableError(BilderatlasError):
    """A table cannot be written in this format."""


class MissingExtraError(BilderatlasError):
    """An optional part is not installed; the message says what to install."""
