"""The verdict on the pixels: does one picture show what the other shows, and nothing else?"""

from __future__ import annotations

import numpy as np

from bilderatlas.analysis.duplicates.registration import cut_out
from bilderatlas.analysis.duplicates.resampling import blur, resampled
from bilderatlas.types import BoolArray, Float32Array

__all__ = ["VERIFYING_BLUR", "VERIFYING_SIDE", "same_picture"]

VERIFYING_SIDE = 96
"""Pixels of the plates that pictures are verified with."""

VERIFYING_BLUR = 1.0
"""Their blur, in pixels: copies of a picture are not equally sharp."""

_OVERHANG = 0.008
"""How far the inner picture may reach beyond the outer one. An edit keeps a part of a picture or
the whole; what moved when the shutter opened again has more on the one side, less on the other."""

_RIM = 4  # pixels, which a border touches
_BLOCKS = 8
_BLOCK = (VERIFYING_SIDE - 2 * _RIM) // _BLOCKS

_STEEP = 2.5  # grey levels a pixel
_CORNERS = 8
"""Blocks that must hold corners. Property photographs have 15 and more, pages that are all but
empty 4."""

# Measured on 70 photographs and their edits: the second most different block reaches 0.28, the
# peak 0.5 in 98%. Where a patch of a fifth of the height moved by a twelfth of the width, 71% are
# told apart; the others moved over plain ground, or within the one block that may hold a stamp.
_NOISE = 4.0  # grey levels
_DIFFERENT = 0.35
_DIFFERENT_BLOCKS = 1
_PEAK_BLUR = 1.5
_PEAK = 0.6
_LEAST_CONTRAST = 15.0  # grey levels

_TONES = 49


def same_picture(outer: Float32Array, inner: Float32Array, window: Float32Array) -> BoolArray:
    """Tell, for each pair, whether the inner picture is the window of the outer one.

    They are compared in 8x8 blocks after one has been given the tones of the other. What moved
    between two photographs, or other words on a page of the same make, spoils some blocks; edits
    spoil none. Pictures without corners in enough blocks are never the same: they show too little.

    Parameters
    ----------
    outer, inner
        Plates, shape (p, VERIFYING_SIDE, VERIFYING_SIDE), blurred by VERIFYING_BLUR; the inner ones
        are turned already.
    window
        Shape (p, 4): x, y, width and height, fitted.
    """
    x, y, width, height = window.T
    beyond = np.maximum.reduce([-x, -y, x + width - 1, y + height - 1])
    same: BoolArray = (beyond <= _OVERHANG) & ((_corners(inner) >= _STEEP).sum(1) >= _CORNERS)
    rows = np.flatnonzero(same)
    seen, shown = cut_out(outer[rows], window[rows]), inner[rows].copy()
    for row in range(len(rows)):
        seen[row], shown[row] = _with_same_tones(seen[row], shown[row])
    same[rows] = (_peak(seen, shown) <= _PEAK) & (
        (_differences(seen, shown) > _DIFFERENT).sum(1) <= _DIFFERENT_BLOCKS
    )
    return same


def _differences(one: Float32Array, other: Float32Array) -> Float32Array:
    """Return for each block the share of its structure that differs: 0 none, 1 unrelated."""
    a, b = _blocks(one), _blocks(other)
    share: Float32Array = (a - b).var(-1) / (a.var(-1) + b.var(-1) + 2 * _NOISE**2)
    return share


def _peak(one: Float32Array, other: Float32Array) -> Float32Array:
    """Return the largest difference at one spot, in units of the picture's contrast."""
    soft = blur(VERIFYING_SIDE, _PEAK_BLUR)
    apart = np.abs(resampled(one - other, soft, soft))[:, _RIM:-_RIM, _RIM:-_RIM].max((1, 2))
    peak: Float32Array = apart / np.maximum(other.std((1, 2)), _LEAST_CONTRAST)
    return peak


def _corners(plates: Float32Array) -> Float32Array:
    """Return how steep each block is where it is least steep, in grey levels a pixel.

    It is the smaller eigenvalue of the gradients' second moments (Shi & Tomasi 1994, "Good features
    to track"), so straight edges, as of the paper in a scan, count for nothing.
    """
    dy, dx = np.gradient(plates, axis=(1, 2))
    xx, yy, xy = (_blocks(np.multiply(*pair)).mean(-1) for pair in ((dx, dx), (dy, dy), (dx, dy)))
    least = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    steep: Float32Array = np.sqrt(np.maximum(least, 0))
    return steep


def _with_same_tones(one: Float32Array, other: Float32Array) -> tuple[Float32Array, Float32Array]:
    """Give one of two plates the tones of the other, as if both had been brightened alike.

    What was clipped to white or black can be clipped again but not brought back: so the plate that
    has fewer pixels of one tone takes on the tones of the other.
    """
    ranks = np.linspace(0, one.size - 1, _TONES).astype(np.intp)
    tones, others = np.sort(one, None)[ranks], np.sort(other, None)[ranks]
    if _clipped(tones) <= _clipped(others):
        return np.interp(one, tones, others).astype(np.float32), other
    return one, np.interp(other, others, tones).astype(np.float32)


def _clipped(tones: Float32Array) -> int:
    return int((np.diff(tones) < 0.5).sum())


def _blocks(plates: Float32Array) -> Float32Array:
    """Return the blocks of plates without their rim, shape (p, blocks, pixels)."""
    inside = plates[:, _RIM:-_RIM, _RIM:-_RIM]
    cells = inside.reshape(-1, _BLOCKS, _BLOCK, _BLOCKS, _BLOCK).swapaxes(2, 3)
    return cells.reshape(-1, _BLOCKS**2, _BLOCK**2)
