"""Pictures made for tests, as the bytes of files."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

__all__ = ["corners", "encoded", "photograph"]

Colour = tuple[int, int, int]
CORNERS: tuple[Colour, ...] = ((250, 30, 30), (30, 250, 30), (30, 30, 250), (240, 240, 30))


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the image as a file of that format."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def corners(width: int = 96, height: int = 64) -> Image.Image:
    """Return red, green, blue and yellow quarters, from the upper left: no two turns agree."""
    image = Image.new("RGB", (width, height))
    for place, colour in enumerate(CORNERS):
        left, top = place % 2 * width // 2, place // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def photograph(width: int = 320, height: int = 240, seed: int = 0) -> Image.Image:
    """Return something with the smooth shapes and the detail of a photograph."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), dtype=float)
    noisy = smooth + rng.normal(0, 4, smooth.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
