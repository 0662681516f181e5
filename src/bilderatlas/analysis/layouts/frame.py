"""How a map lies in its window: turned to fill it, and held still when the map changes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["held", "laid_wide"]

_ANGLES = np.deg2rad(np.arange(180))


def laid_wide(positions: npt.NDArray[np.floating]) -> Float32Array:
    """Turn the map so that its bounding box is as low as can be, for windows are wide.

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
    lowest = min(_ANGLES, key=lambda angle: np.ptp(_turn(angle, centred)[:, 1]))
    return _turn(lowest, centred).astype(np.float32)


def held(positions: npt.NDArray[np.floating], old: Float32Array) -> Float32Array:
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


def _turn(angle: float, positions: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(positions @ np.array([[cos, sin], [-sin, cos]]))
