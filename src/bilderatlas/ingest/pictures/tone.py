"""How light a picture is, and how much its lights differ."""

from __future__ import annotations

import numpy as np
from PIL import Image

__all__ = ["measure_tone"]


def measure_tone(image: Image.Image) -> tuple[float, float]:
    """Return brightness and contrast of an RGB image: mean and deviation of its luma.

    Brightness is in 0…1, contrast in 0…0.5: half black and half white. A thumbnail will do, and
    makes pictures of all sizes comparable.
    """
    luma = np.asarray(image.convert("L"), np.float32)
    return float(luma.mean()) / 255, float(luma.std()) / 255
