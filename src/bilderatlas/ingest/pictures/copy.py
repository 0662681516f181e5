"""The copy of a picture that the lightbox shows when the file itself is not fit for it."""

from __future__ import annotations

import io

from PIL import Image

__all__ = ["COPY_SIDE", "SUFFIXES", "encode_copy", "needs_copy"]

COPY_SIDE = 1600
"""The longest side of a copy, in pixels."""

SUFFIXES = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "GIF": ".gif",
    "AVIF": ".avif",
}
"""The formats that browsers show, as Pillow calls them, and how their file names end."""

# Colours that browsers show wrongly or each in its own way.
_FOREIGN_MODES = frozenset({"CMYK", "LAB", "I", "F"})
_QUALITY = 80
_METHOD = 2


def needs_copy(image: Image.Image) -> bool:
    """Return whether a picture, of which only the header may be read, is not fit for browsers."""
    return (
        max(image.size) > COPY_SIDE or image.format not in SUFFIXES or image.mode in _FOREIGN_MODES
    )


def encode_copy(image: Image.Image, width: int, height: int) -> bytes:
    """Return the RGB image of a picture of that many pixels as WebP, at most ``COPY_SIDE`` wide."""
    scale = min(1.0, COPY_SIDE / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return buffer.getvalue()
