"""A hash that edited copies of a picture share, or nearly so."""

from __future__ import annotations

import numpy as np
from PIL import Image

__all__ = ["difference_hash"]


def difference_hash(image: Image.Image) -> int:
    """Return the 64-bit difference hash: is each cell of an 8x8 grid brighter than its left one?

    The first bit, top left, is the highest. Copies that were only resized or re-encoded differ in
    few bits (N. Krawetz 2013, "Kind of Like That").
    """
    grey = np.asarray(image.convert("L").resize((9, 8), Image.Resampling.BOX), dtype=np.int16)
    brighter = grey[:, 1:] > grey[:, :-1]
    return int.from_bytes(np.packbits(brighter).tobytes(), "big")
