"""Where the pictures of a layout stand on the site's grid, and which of them stand for others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import SiteError
from bilderatlas.publish.site.frame import Frame, frame_of, room_of
from bilderatlas.types import Float32Array, Layout

__all__ = [
    "LEVELS",
    "Arrangement",
    "arrange",
    "median_aspect",
    "morton",
    "place_levels",
]

LEVELS = 17
"""The grid has levels 0…16; an item of level 17 represents no cell."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A layout as the site holds it.

    Attributes
    ----------
    points
        Shape (n, 2), uint16: x and y in units, y downwards, by id; 0, 0 for an item without a
        place.
    order
        Shape (n,), int64: ids in (level, Morton) order, then those without a place.
    levels
        Shape (19,), int64: ``levels[L]`` items with a place have a level below L.
    frame
        How the layout's coordinates become units.
    room
        Units: pictures so high do not lie on each other; 0 where they may.
    """

    points: npt.NDArray[np.uint16]
    order: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int64]
    frame: Frame
    room: int

    @property
    def extent(self) -> tuple[int, int]:
        """The largest x and y, in units."""
        return self.frame.extent

    @property
    def placed(self) -> int:
        """How many items have a place."""
        return int(self.levels[-1])


def arrange(layout: Layout, priority: Float32Array, cell_aspect: float) -> Arrangement:
    """Quantise a layout and sort its items by (level, Morton code, id).

    Parameters
    ----------
    layout
        Its positions have shape (n, 2), y upwards; NaN for an item without a place.
    priority
        Shape (n,), float32.
    cell_aspect
        Width / height of a cell.

    Raises
    ------
    SiteError
        When a position is infinite.
    """
    if np.isinf(layout.positions).any():
        raise SiteError(
            f"The layout {layout.name!r} has positions that are not finite numbers; "
            f"lay it out again with `bilderatlas layout`."
        )
    there = np.flatnonzero(~np.isnan(layout.positions).any(axis=1))
    room = room_of(layout, cell_aspect)
    frame = frame_of(layout, room, cell_aspect)
    points = frame.units(layout.positions)
    points[np.isnan(layout.positions).any(axis=1)] = 0
    levels = np.full(len(points), LEVELS + 1, np.int64)
    levels[there] = place_levels(points[there], priority[there], cell_aspect)
    rank = (levels.astype(np.uint64) << np.uint64(32)) | morton(points[:, 0], points[:, 1])
    counts = np.bincount(levels[there], minlength=LEVELS + 1)
    return Arrangement(
        points=points,
        order=np.argsort(rank, kind="stable"),
        levels=np.concatenate([[0], np.cumsum(counts)]),
        frame=frame,
        room=max(0, int(room * frame.scale) - 1),  # rounding may bring two pictures together
    )


def place_levels(
    points: npt.NDArray[np.uint16], priority: Float32Array, cell_aspect: float
) -> npt.NDArray[np.int64]:
    """Return the level (0…17) of each item: the first at which it is foremost in its cell.

    The cells of a level lie within those of the level above, so one sort by the finest cell
    makes the items of any cell of any level a run.

    Parameters
    ----------
    points
        Shape (n, 2), uint16.
    priority
        Shape (n,); of equals the smaller id goes first.
    cell_aspect
        Width / height of a cell.
    """
    levels = np.full(len(points), LEVELS, np.int64)
    if not len(points):
        return levels
    columns = np.floor(points[:, 0] / cell_aspect).astype(np.uint64)
    cell = morton(columns, points[:, 1])
    by_cell = np.argsort(cell, kind="stable")
    foremost = np.argsort(-priority, kind="stable")
    rank = np.empty_like(foremost)
    rank[foremost] = np.arange(len(foremost))
    cell, rank = cell[by_cell], rank[by_cell]
    for level in range(LEVELS - 1, -1, -1):
        run = cell >> np.uint64(2 * (LEVELS - 1 - level))
        starts = np.flatnonzero(np.concatenate([[True], run[1:] != run[:-1]]))
        levels[foremost[np.minimum.reduceat(rank, starts)]] = level
    return levels


def morton(
    x: npt.NDArray[np.unsignedinteger], y: npt.NDArray[np.unsignedinteger]
) -> npt.NDArray[np.uint64]:
    """Interleave the low 32 bits of x (even places) and y (odd places)."""
    return _spread(x) | (_spread(y) << np.uint64(1))


def median_aspect(aspects: npt.NDArray[np.uint8]) -> float:
    """Return the cells' width / height: the median of the aspect codes, within 2/3…3/2."""
    if not len(aspects):
        return 1.0
    ratio = 2 ** ((float(np.median(aspects)) - 128) / 32)
    return round(min(max(ratio, 2 / 3), 3 / 2), 4)


def _spread(values: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.uint64]:
    spread = values.astype(np.uint64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        spread = (spread | (spread << np.uint64(shift))) & np.uint64(mask)
    return spread
