"""The two thumbnails of a picture."""

from __future__ import annotations

import io

from PIL import Image

from bilderatlas.types import THUMBNAIL_SIDES, Aspect

__all__ = ["encode_thumbnail", "thumbnails"]

# The site encodes thumbnails once more, into its pages, so they start out well.
_QUALITY = 90
# 0 (quick) … 6 (small). Beyond 1 the bytes saved do not pay for the time.
_METHOD = 1


def thumbnails(image: Image.Image, aspect: Aspect) -> tuple[Image.Image, Image.Image]:
    """Return the RGB image at ``aspect.fit(32)`` and ``aspect.fit(128)`` pixels."""
    small, large = THUMBNAIL_SIDES
    # reducing_gap averages a large image in whole steps first: the same picture, sooner.
    t128 = image.resize(aspect.fit(large), Image.Resampling.LANCZOS, reducing_gap=3.0)
    t32 = t128.resize(aspect.fit(small), Image.Resampling.LANCZOS)
    return t32, t128


def encode_thumbnail(image: Image.Image) -> bytes:
    """Return the thumbnail as WebP."""
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return buffer.getvalue()
