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

# Thirds of the way from the second end point to the first, for each two-bit index; and back.
_THIRDS = np.array([3, 0, 2, 1])
_INDEXES = np.array([1, 3, 2, 0], dtype=np.uint32)
_SHIFTS = np.arange(0, 32, 2, dtype=np.uint32)


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
    axis = np.linalg.eigh(spread.T @ spread)[1][:, -1]
    along = spread @ axis
    ends = _to_565(mean + along.max() * axis), _to_565(mean + along.min() * axis)
    first, second = max(ends), min(ends)
    if first == second:
        return struct.pack("<HHI", first, second, 0)
    start = _from_565(second)
    way = _from_565(first) - start
    thirds = np.rint((colours - start) @ way * (3 / (way @ way))).clip(0, 3)
    bits = _INDEXES[thirds.astype(np.intp)] << _SHIFTS
    return struct.pack("<HHI", first, second, int(bits.sum()))


def decode_bc1(block: bytes) -> npt.NDArray[np.uint8]:
    """Return the 4x4 texels of a block made by :func:`encode_bc1`, shape (4, 4, 3)."""
    first, second, bits = struct.unpack("<HHI", block[:8])
    thirds = _THIRDS[(bits >> _SHIFTS.astype(np.int64)) & 3]
    start = _from_565(second)
    texels = np.rint(start + thirds[:, None] / 3 * (_from_565(first) - start))
    return np.asarray(texels, dtype=np.uint8).reshape(4, 4, 3)


def _to_565(colour: Float32Array) -> int:
    red, green, blue = (min(255.0, max(0.0, value)) / 255 for value in colour.tolist())
    return int(red * 31 + 0.5) << 11 | int(green * 63 + 0.5) << 5 | int(blue * 31 + 0.5)


def _from_565(end: int) -> Float32Array:
    shares = ((end >> 11) / 31, (end >> 5 & 63) / 63, (end & 31) / 31)
    return np.array(shares, dtype=np.float32) * 255
