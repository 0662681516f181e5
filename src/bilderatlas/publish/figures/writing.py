"""A figure as a file."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import IO, Any

from matplotlib.figure import Figure

from bilderatlas.errors import FigureError
from bilderatlas.publish.figures.page import house_style

__all__ = ["check_suffix", "print_figure", "save_figure"]

_DATELESS: dict[str, dict[str, Any]] = {
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None},
    ".png": {},
}
"""What each format is told, so that the same figure is the same file."""

_NO_LETTER = re.compile(r"Glyph (\d+) .* missing from font")


def check_suffix(path: Path) -> None:
    """Raise FigureError if a figure cannot be written to a file of this name."""
    if path.suffix.lower() not in _DATELESS:
        raise FigureError(f"{path}: a figure is written as {', '.join(_DATELESS)}: choose one.")
    if not path.parent.is_dir():
        raise FigureError(f"{path}: there is no folder {path.parent}: make it, or choose another.")


def save_figure(figure: Figure, path: Path) -> str:
    """Write a figure in the format of the file's suffix; all of it, or nothing.

    The text of PDF and SVG stays text; PDF embeds its letters.

    Returns
    -------
    str
        The letters that no font of this machine has, and that are drawn as boxes.

    Raises
    ------
    FigureError
        If the suffix is none of ``.svg``, ``.pdf``, ``.png``, or there is no such folder.
    OSError
        If the file cannot be written.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            said = {"Title": figure.get_label(), **_DATELESS[suffix]}
            boxes = print_figure(figure, file, format=suffix[1:], metadata=said)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return "" if suffix == ".svg" else boxes  # whoever opens an SVG brings the fonts


def print_figure(figure: Figure, file: IO[bytes], **options: Any) -> str:
    """Draw a figure into a file; return the letters that no font has, for which there are boxes."""
    boxes = {}
    with house_style(), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        figure.savefig(file, **options)
    for each in warned:
        if found := _NO_LETTER.match(str(each.message)):
            boxes[chr(int(found[1]))] = True
        else:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
    return "".join(boxes)
