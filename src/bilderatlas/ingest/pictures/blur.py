"""The smallest likeness of a picture: one BC1 block of 4x4 texels, and its shape.

BC1 (also DXT1, S3TC) stores two RGB565 end points and a two-bit weight for each texel; GPUs read it
as it is. See the OpenGL extension EXT_texture_compression_s3tc.
"""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt
from PIL import Image

from bilderatlas.types import Aspect, Float32Array

__all__ = ["blur", "decode_bc1", "encode_bc1"]

# Share of the second end point for each two-bit index.
_SHARES = np.array([0.0, 1.0, 1 / 3, 2 / 3], dtype=np.float32)


def blur(image: Image.Image, aspect: Aspect) -> bytes:
    """Return ``BLUR_BYTES`` bytes: the RGB image squeezed to 4x4 as BC1, then the aspect code."""
    texels = np.asarray(image.resize((4, 4), Image.Resampling.BOX))
    return encode_bc1(texels) + bytes([aspect.code])


def encode_bc1(texels: npt.NDArray[np.uint8]) -> bytes:
    """Encode one block in BC1's mode of four colours.

    Parameters
    ----------
    texels
        Shape (4, 4, 3), uint8, rows downwards.

    Returns
    -------
    bytes
        8 bytes: the end points, larger one first, then the indexes, lowest bits first.
    """
    colours = texels.reshape(16, 3).astype(np.float32)
    mean = colours.mean(axis=0)
    spread = colours - mean
    # The end points are the extremes along the direction in which the colours differ most.
    axis = np.linalg.svd(spread, full_matrices=False)[2][0]
    along = spread @ axis
    first = _to_565(mean + along.max() * axis)
    second = _to_565(mean + along.min() * axis)
    first, second = max(first, second), min(first, second)
    if first == second:
        return struct.pack("<HHI", first, second, 0)
    distance = ((colours[:, None] - _palette(first, second)[None]) ** 2).sum(axis=2)
    indexes = distance.argmin(axis=1).astype(np.uint32)
    return struct.pack("<HHI", first, second, int((indexes << 2 * np.arange(16)).sum()))


def decode_bc1(block: bytes) -> npt.NDArray[np.uint8]:
    """Return the 4x4 texels of a block made by :func:`encode_bc1`, shape (4, 4, 3)."""
    first, second, bits = struct.unpack("<HHI", block[:8])
    indexes = (bits >> 2 * np.arange(16)) & 3
    texels = np.rint(_palette(first, second)[indexes])
    return np.asarray(texels, dtype=np.uint8).reshape(4, 4, 3)


def _to_565(colour: Float32Array) -> int:
    red, green, blue = np.rint(np.clip(colour, 0, 255) * (31 / 255, 63 / 255, 31 / 255)).astype(int)
    return int(red << 11 | green << 5 | blue)


def _palette(first: int, second: int) -> Float32Array:
    """Return the block's four colours, shape (4, 3)."""
    ends = np.array([(end >> 11, end >> 5 & 63, end & 31) for end in (first, second)])
    ends = ends * (255 / 31, 255 / 63, 255 / 31)
    palette = ends[0] + _SHARES[:, None] * (ends[1] - ends[0])
    return np.asarray(palette, dtype=np.float32)
