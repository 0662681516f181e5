"""How a map lies in its window: turned to fill it, and held still when the map changes."""

from __future__ import annotations

import numpy as np

from bilderatlas.types import Float32Array

__all__ = ["held", "laid_wide"]

_WINDOW = 1.6
"""Width / height of the window that a map is turned for."""

_ANGLES = np.deg2rad(np.arange(180))


def laid_wide(positions: Float32Array) -> Float32Array:
    """Turn the map so that it fits a wide window at the largest scale; no mirroring.

    Parameters
    ----------
    positions
        Shape (n, 2); distances and neighbourhoods mean something, directions do not.

    Returns
    -------
    positions, float32, turned about their mean and centred on (0, 0).
    """
    if len(positions) == 0:
        return positions.astype(np.float32)
    centred = positions.astype(np.float64) - positions.mean(axis=0, dtype=np.float64)
    turned = (_turn(angle, centred) for angle in _ANGLES)
    sizes = np.array([np.ptp(p, axis=0) for p in turned])
    best = np.argmin(np.maximum(sizes[:, 0] / _WINDOW, sizes[:, 1]))
    return _turn(_ANGLES[best], centred).astype(np.float32)


def held(positions: Float32Array, old: Float32Array) -> Float32Array:
    """Undo what is common to all movements: the shift, turn and growth of the whole map.

    The similarity transform that brings ``positions`` nearest to ``old`` in the least-squares
    sense (Umeyama 1991, without reflection) is found on the rows known in both and applied to all.

    Parameters
    ----------
    positions
        Shape (n, 2).
    old
        Shape (n, 2); rows of NaN are not known.
    """
    known = np.isfinite(old).all(axis=1)
    # As complex numbers, turning and scaling is one factor.
    now = positions[:, 0] + 1j * positions[:, 1].astype(np.float64)
    then = old[known, 0] + 1j * old[known, 1].astype(np.float64)
    centre = now[known].mean()
    spread = now[known] - centre
    power = np.vdot(spread, spread).real
    factor = np.vdot(spread, then) / power if power > 0 else 1.0
    placed = (now - centre) * factor + then.mean()
    return np.stack([placed.real, placed.imag], axis=1).astype(np.float32)


def _turn(angle: float, positions: np.ndarray) -> np.ndarray:
    cos, sin = np.cos(angle), np.sin(angle)
    turned: np.ndarray = positions @ np.array([[cos, sin], [-sin, cos]])
    return turned
