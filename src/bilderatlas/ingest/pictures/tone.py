"""How light a picture is, and how much its lights differ."""

from __future__ import annotations

import numpy as np
from PIL import Image

__all__ = ["measure_tone"]

_LEVELS = np.arange(256) / 255


def measure_tone(image: Image.Image) -> tuple[float, float]:
    """Return brightness and contrast of an RGB image: mean and deviation of its luma.

    Brightness is in 0…1, contrast in 0…0.5: half black and half white. A thumbnail will do, and
    makes pictures of all sizes comparable.
    """
    share = np.array(image.convert("L").histogram()) / (image.width * image.height)
    mean = float(share @ _LEVELS)
    return mean, float(share @ (_LEVELS - mean) ** 2) ** 0.5
