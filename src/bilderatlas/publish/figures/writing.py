"""A figure as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import house_style

__all__ = ["check_suffix", "save_figure"]

_DATELESS: dict[str, dict[str, Any]] = {
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None},
    ".png": {},
}
"""What each format is told, so that the same figure is the same file."""


def check_suffix(path: Path) -> None:
    """Raise FigureError if a figure cannot be written to a file of this name."""
    if path.suffix.lower() not in _DATELESS:
        raise FigureError(f"{path}: a figure is written as {', '.join(_DATELESS)}: choose one.")


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure in the format of the file's suffix; all of it, or nothing.

    The text of PDF and SVG stays text; PDF embeds its letters.

    Raises
    ------
    FigureError
        If the suffix is none of ``.svg``, ``.pdf``, ``.png``.
    OSError
        If the file cannot be written.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    part = path.with_name(path.name + ".part")
    try:
        with house_style(), part.open("wb") as file:
            said = {"Title": figure.get_label(), **_DATELESS[suffix]}
            figure.savefig(file, format=suffix[1:], metadata=said)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
