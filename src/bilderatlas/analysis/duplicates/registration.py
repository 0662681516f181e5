"""How one picture may lie on another: which way turned, and in which window of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.candidates import Pairs
from bilderatlas.analysis.duplicates.plates import TURNS, band_pass, turned
from bilderatlas.analysis.duplicates.resampling import blur, cut, resampled
from bilderatlas.types import BoolArray, Float32Array

__all__ = ["LIKELY", "PLACING_SIDE", "Placement", "cut_out", "laid", "place", "refine"]

PLACING_SIDE = 32
"""Pixels of the plates that pictures are placed with."""

LIKELY = 0.6
"""Likeness from which on a placement is worth a closer look. Of 2,140 property photographs, all
reach 0.82 with a crop of their own, 99.9% reach 0.67 with a border around them, and 99% stay below
0.65 with a neighbour in vector space."""

_GRID = 16
_BAND = (0.5, 2.5)
_OUTERS = 32

_LINES = (
    (0.0, 1.0),
    *((start, 0.9) for start in (0.0, 0.05, 0.1)),
    *((start, 0.82) for start in (0.0, 0.06, 0.12, 0.18)),
)
"""Windows tried along each axis: start and extent."""

_REFINING_BAND = (0.8, 4.0)
_ROUNDS = 2
_LONGEST_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the inner one of each of p pairs of pictures seems to lie in the outer one.

    Attributes
    ----------
    likeness
        Shape (p,), float32: correlation of the two there, at 16x16 pixels.
    swapped
        Shape (p,), bool: the pair's first picture is the inner one.
    turn
        Shape (p,), intp: how the inner one is turned to lie there, see `plates.turned`.
    window
        Shape (p, 4), float32: x, y, width and height in 0…1 of the outer one.
    """

    likeness: Float32Array
    swapped: BoolArray
    turn: npt.NDArray[np.intp]
    window: Float32Array

    def __getitem__(self, rows: npt.NDArray[np.integer] | BoolArray | slice) -> Placement:
        """Return the placements of some of the pairs."""
        return Placement(
            self.likeness[rows], self.swapped[rows], self.turn[rows], self.window[rows]
        )


def place(plates: npt.NDArray[np.uint8], pairs: Pairs) -> Placement:
    """Find, for each pair, the window of one in which the other fits best, turned as need be.

    Each of the two is laid, in each of the 8 ways to turn it, on 64 windows of the other: the whole
    and those that a crop leaves, down to 0.82 of a side.

    Parameters
    ----------
    plates
        Shape (n, PLACING_SIDE, PLACING_SIDE), uint8.
    pairs
        Shape (p, 2).
    """
    p = len(pairs)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    likeness = np.full(2 * p, -1, np.float32)
    best = np.zeros(2 * p, np.intp)
    # What is cut out of a picture serves all pairs in which it is the outer one.
    order = np.argsort(both[:, 0], kind="stable")
    outers, starts = np.unique(both[order, 0], return_index=True)
    runs = np.append(starts, 2 * p)
    for first in range(0, len(outers), _OUTERS):
        bounds = runs[first : first + _OUTERS + 1]
        windows = _windows(plates[outers[first : first + _OUTERS]].astype(np.float32))
        inners, where = np.unique(both[order[bounds[0] : bounds[-1]], 1], return_inverse=True)
        wholes = _wholes(plates[inners].astype(np.float32))
        for cuts, start, end in zip(windows, bounds[:-1], bounds[1:], strict=True):
            mine = order[start:end]
            whole = wholes[where[start - bounds[0] : end - bounds[0]]]
            fits = (whole.reshape(-1, _GRID**2) @ cuts.T).reshape(len(mine), -1)
            best[mine], likeness[mine] = fits.argmax(1), fits.max(1)
    swapped = likeness[p:] > likeness[:p]
    chosen = np.arange(p) + p * swapped
    turn, row, column = np.unravel_index(best[chosen], (TURNS, len(_LINES), len(_LINES)))
    lines = np.array(_LINES, np.float32)
    x, width = lines[column].T
    y, height = lines[row].T
    return Placement(likeness[chosen], swapped, turn, np.stack([x, y, width, height], 1))


def laid(
    planes: Float32Array, pairs: Pairs, placement: Placement
) -> tuple[Float32Array, Float32Array]:
    """Return the outer picture of each pair, and the inner one turned to lie in it.

    Parameters
    ----------
    planes
        Shape (m, ..., side, side).
    pairs
        Shape (p, 2), rows of ``planes``.
    """
    rows, swapped = np.arange(len(pairs)), placement.swapped.astype(np.intp)
    inner = planes[pairs[rows, 1 - swapped]]
    for row, turn in enumerate(placement.turn):
        inner[row] = turned(inner[row].copy(), turn)
    return planes[pairs[rows, swapped]], inner


def refine(outer: Float32Array, inner: Float32Array, window: Float32Array) -> Float32Array:
    """Fit the windows to a fraction of a pixel by Gauss-Newton steps (Lucas & Kanade 1981).

    Parameters
    ----------
    outer, inner
        Plates, shape (p, side, side); the inner ones are turned already.
    window
        Shape (p, 4).

    Returns
    -------
    ndarray
        The best window met, shape (p, 4), float32.
    """
    p, side = inner.shape[:2]
    cells = (np.arange(side, dtype=np.float32) + 0.5) / side
    target = _unit(band_pass(inner, *_REFINING_BAND).reshape(p, -1))
    passed = band_pass(outer, *_REFINING_BAND)
    best, best_fit = window, np.full(p, -1, np.float32)
    for left in range(_ROUNDS, -1, -1):
        x, y, width, height = window.T
        across, across_slope = cut(x, width, side, side)
        down, down_slope = cut(y, height, side, side)
        seen = band_pass(resampled(outer, down, across), *_REFINING_BAND).reshape(p, -1)
        fit = np.einsum("pi,pi->p", _unit(seen), target)
        best = np.where((fit > best_fit)[:, None], window, best)
        best_fit = np.maximum(fit, best_fit)
        if not left:
            break
        dx = resampled(passed, down, across_slope)
        dy = resampled(passed, down_slope, across)
        images = [seen.reshape(dx.shape), dx, dy, dx * cells, dy * cells[:, None]]
        basis = np.stack(images, 1).reshape(p, len(images), -1)
        normal = basis @ basis.swapaxes(1, 2)
        # A touch of damping, so that a plain picture does not divide by zero.
        damping = 1e-5 * np.trace(normal, axis1=1, axis2=2) + 1e-6
        normal += damping[:, None, None] * np.eye(len(images), dtype=np.float32)
        solved = np.linalg.solve(normal, basis @ target[..., None])[..., 0]
        # The first unknown is the contrast; where it vanishes, so would the step's denominator.
        contrast = np.maximum(solved[:, 0], 0.2 / np.maximum(_length(seen), 1e-3))
        step = solved[:, 1:] / contrast[:, None]
        window = window + np.clip(step, -_LONGEST_STEP, _LONGEST_STEP)
    return best


def cut_out(outer: Float32Array, window: Float32Array) -> Float32Array:
    """Return the windows of plates, shape (p, side, side), at the size of the plates."""
    side = outer.shape[-1]
    x, y, width, height = window.T
    across, _ = cut(x, width, side, side)
    down, _ = cut(y, height, side, side)
    return resampled(outer, down, across)


def _windows(plates: Float32Array) -> Float32Array:
    """Return all windows of each plate as unit vectors, shape (m, windows, _GRID**2)."""
    narrow, wide = _cuts()
    seen = resampled(plates, narrow, narrow) - resampled(plates, wide, wide)
    lines = len(_LINES)
    seen = seen.reshape(-1, lines, _GRID, lines, _GRID).swapaxes(2, 3)
    return _unit(seen.reshape(-1, lines * lines, _GRID**2))


def _wholes(plates: Float32Array) -> Float32Array:
    """Return each plate in all turns as unit vectors, shape (m, TURNS, _GRID**2)."""
    narrow, wide = (lines[:_GRID] for lines in _cuts())
    seen = resampled(plates, narrow, narrow) - resampled(plates, wide, wide)
    seen = _unit(seen.reshape(-1, _GRID**2)).reshape(-1, _GRID, _GRID)
    return np.stack([turned(seen, turn).reshape(-1, _GRID**2) for turn in range(TURNS)], 1)


@lru_cache(maxsize=1)
def _cuts() -> tuple[Float32Array, Float32Array]:
    """Return two matrices that cut out and blur all windows along one axis: finely, coarsely."""
    starts, extents = np.array(_LINES, np.float32).T
    weights, _ = cut(starts, extents, _GRID, PLACING_SIDE)
    fine, coarse = (
        (blur(_GRID, sigma) @ weights).reshape(-1, PLACING_SIDE).astype(np.float32)
        for sigma in _BAND
    )
    return fine, coarse


def _unit(rows: Float32Array) -> Float32Array:
    """Return rows without their mean, of length 1; plain ones have length 0."""
    rows = rows - rows.mean(-1, keepdims=True)
    unit: Float32Array = np.divide(rows, np.maximum(_length(rows), 1e-3)[..., None])
    return unit


def _length(rows: Float32Array) -> Float32Array:
    length: Float32Array = np.sqrt(np.einsum("...i,...i->...", rows, rows))
    return length
