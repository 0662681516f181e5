"""The coasts of the world, plain enough to find one's way among pictures.

``coastline.npz`` holds the land of Natural Earth 4.1.0 at 1:50 million, which is in the public
domain; ``tools/coastline.py`` made it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["clipped", "coastline", "thinned"]

_STEP = 0.01
"""Degrees in a step of the file."""


@cache
def coastline() -> tuple[Float32Array, ...]:
    """Return the coasts as polylines (m, 2), float32: longitude and latitude in degrees, WGS 84."""
    with (
        as_file(files("bilderatlas.analysis.layouts") / "coastline.npz") as path,
        np.load(path) as stored,
    ):
        lengths, steps = stored["lengths"], stored["steps"].T.astype(np.int64)
    lines = np.split(steps, np.cumsum(lengths)[:-1])
    return tuple((line.cumsum(axis=0) * _STEP).astype(np.float32) for line in lines)


def clipped(
    line: npt.NDArray[np.floating], left: float, bottom: float, right: float, top: float
) -> list[Float32Array]:
    """Return the parts of a polyline (m, 2) that lie in a rectangle.

    Each segment is cut at the rectangle's sides (Liang & Barsky 1984).
    """
    start, step = line[:-1].astype(np.float64), np.diff(line, axis=0).astype(np.float64)
    enter, leave = np.zeros(len(step)), np.ones(len(step))
    outside = np.zeros(len(step), bool)
    for axis, low, high in ((0, left, right), (1, bottom, top)):
        moves = step[:, axis] != 0
        along = np.where(moves, step[:, axis], 1)
        first, last = (low - start[:, axis]) / along, (high - start[:, axis]) / along
        enter = np.where(moves, np.maximum(enter, np.minimum(first, last)), enter)
        leave = np.where(moves, np.minimum(leave, np.maximum(first, last)), leave)
        outside |= ~moves & ((start[:, axis] < low) | (start[:, axis] > high))
    inside = ~outside & (enter < leave)
    parts: list[Float32Array] = []
    runs = np.flatnonzero(inside)
    # A run goes on while one segment ends in the rectangle and the next begins there.
    goes_on = (np.diff(runs) == 1) & (leave[runs[:-1]] == 1) & (enter[runs[1:]] == 0)
    for run in np.split(runs, np.flatnonzero(~goes_on) + 1):
        if len(run):
            begin = start[run[0]] + enter[run[0]] * step[run[0]]
            ends = start[run] + leave[run, None] * step[run]
            parts.append(np.vstack([begin, ends]).astype(np.float32))
    return parts


def thinned(line: Float32Array, tolerance: float) -> Float32Array:
    """Return a polyline without the points in the same square of side ``tolerance`` as the last."""
    square = np.floor(line / tolerance)
    moved = np.append(True, (np.diff(square, axis=0) != 0).any(axis=1))
    moved[-1] = True
    few: Float32Array = line[moved]
    return few
