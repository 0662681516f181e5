"""Pictures on a geographic map, where they were taken."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.layouts.apart import Lattice, displacement
from bilderatlas.analysis.layouts.boxes import below, outline
from bilderatlas.analysis.layouts.coastline import clipped, coastline, thinned
from bilderatlas.analysis.layouts.ticks import ticks
from bilderatlas.errors import LayoutError
from bilderatlas.types import Backdrop, Float32Array

__all__ = ["GeographicMap"]

_MARGIN = 0.08
"""Space around the outermost places as a share of the map's longer side."""

_SMALLEST = 0.02
"""Degrees: a map shows no less than about 2 km."""

_LARGEST_PICTURE = 1 / 20
"""Height of a picture as a share of the map's, at most."""

_FINE = 1 / 2000
"""Share of the map's width below which details of a coast are left out."""

_TEXT = 0.025
"""Height of the degrees at the map's edge as a share of the map's."""

_WORTH_TURNING = 0.75
"""A map that is not centred on Greenwich must be narrower by this factor."""


class GeographicMap:
    """An equirectangular map that is true to shape along its middle latitude, with coasts.

    Pictures taken at one place are fanned out: each gets a cell of its own nearby, as in `Apart`.
    Those without coordinates have a box of their own below; 0°, 0° is taken for none, as cameras
    write it that do not know where they are.

    Parameters
    ----------
    picture_aspect
        Width / height of a picture's cell.
    window
        Width / height of the map, where the world is large enough.
    fill
        Share of the map that pictures cover at most, 0…1: more moves them further.
    missing
        Title of the box of those without coordinates.

    Attributes
    ----------
    backdrop_
        Coasts, frame, degrees, and the box.
    displacement_
        Of the pictures on the map: ``mean``, ``median`` and ``max`` as shares of the map's width.
    extent_
        West, south, east and north of the map, degrees; east may exceed 180.
    parameters
        What it was made with, for JSON.
    """

    backdrop_: Backdrop
    displacement_: dict[str, float]
    extent_: tuple[float, float, float, float]

    def __init__(
        self,
        *,
        picture_aspect: float = 1.0,
        window: float = 1.6,
        fill: float = 0.1,
        missing: str = "no place",
    ) -> None:
        self.picture_aspect = picture_aspect
        self.window = window
        self.fill = fill
        self.missing = missing

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "projection": "equirectangular",
            "true_latitude": self._latitude,
            "extent": list(self.extent_),
            "picture_aspect": self.picture_aspect,
            "fill": self.fill,
            "displacement": self.displacement_,
        }

    def fit_transform(
        self, latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]
    ) -> Float32Array:
        """Put the pictures on a map.

        Parameters
        ----------
        latitude, longitude
            Shape (n,), degrees, WGS 84; NaN where unknown.

        Returns
        -------
        Shape (n, 2), float32, in degrees of latitude, the map's lower left corner at (0, 0).

        Raises
        ------
        LayoutError
            If no picture has coordinates, or ``fill`` is not a share.
        """
        if not 0 < self.fill <= 1:
            raise LayoutError(f"The fill is {self.fill}: give a share above 0, and up to 1.")
        known = _are_known(latitude, longitude)
        if not known.any():
            raise LayoutError("No picture has coordinates: choose another layout.")
        self._frame(latitude[known], longitude[known])
        west, south, east, north = self.extent_
        width, height = (east - west) * self._narrow, north - south
        count = int(known.sum())
        # Cells for all, and no larger than they need be for the eye.
        side = math.sqrt(width * height * self.fill / count / self.picture_aspect)
        side = min(side, height * _LARGEST_PICTURE)
        columns = max(1, int(width / (side * self.picture_aspect)))
        rows = max(int(height / side), -(-count // columns))
        cell = (width / columns, height / rows)
        lattice = Lattice((0.0, 0.0), cell, columns, rows)
        true = self.transform(latitude[known], longitude[known])
        positions = np.empty((len(latitude), 2), np.float32)
        positions[known] = lattice.middles(lattice.own_cells(true))
        self.displacement_ = displacement(true, positions[known], width)
        lines, texts = self._drawn(width, height)
        if not known.all():
            size = height * _TEXT
            picture = (side * self.picture_aspect, side)
            cells, box = below(
                self.missing, int((~known).sum()), picture, width, -3 * size, 2 * size
            )
            positions[~known] = cells
            lines.append(box.line)
            texts.append(box.text)
        self.backdrop_ = Backdrop(tuple(lines), tuple(texts))
        return positions

    def transform(self, latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]) -> Float32Array:
        """Return where on this map places lie truly, not fanned out; shape (m, 2), float32."""
        west, south, _, _ = self.extent_
        turned = west + (np.asarray(longitude, np.float64) - west) % 360
        place = [(turned - west) * self._narrow, np.asarray(latitude, np.float64) - south]
        return np.stack(place, axis=1).astype(np.float32)

    def _frame(self, latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]) -> None:
        """Choose what part of the world is shown, in the window's shape."""
        begin, span = _narrowest(longitude)
        south, north = float(latitude.min()), float(latitude.max())
        self._latitude = round((south + north) / 2, 2)
        self._narrow = max(0.2, math.cos(math.radians(self._latitude)))
        width, height = span * self._narrow, north - south
        margin = max(_MARGIN * max(width, height), _SMALLEST / 2)
        width, height = width + 2 * margin, height + 2 * margin
        width, height = max(width, height * self.window), max(height, width / self.window)
        width, height = min(width, 360 * self._narrow), min(height, 180.0)
        middle = begin + span / 2
        west = middle - width / self._narrow / 2
        # The world ends at 180°, unless the pictures are on both sides of it.
        if begin >= -180 and begin + span <= 180:
            west = min(max(west, -180.0), 180.0 - width / self._narrow)
        base = min(max((south + north - height) / 2, -90.0), 90.0 - height)
        self.extent_ = (west, base, west + width / self._narrow, base + height)

    def _drawn(
        self, width: float, height: float
    ) -> tuple[list[Float32Array], list[tuple[str, float, float, float]]]:
        west, south, east, north = self.extent_
        lines = [outline(0, 0, width, height)]
        corner, shape = np.array([west, south]), np.array([self._narrow, 1.0])
        for turn in (-360, 0, 360):
            for coast in coastline():
                if coast[:, 0].max() + turn < west or coast[:, 0].min() + turn > east:
                    continue
                for part in clipped(coast + np.array([turn, 0.0]), west, south, east, north):
                    flat = ((part - corner) * shape).astype(np.float32)
                    lines.append(thinned(flat, width * _FINE))
        size = height * _TEXT
        texts: list[tuple[str, float, float, float]] = []
        for degrees, written in ticks(west, east):
            x = (degrees - west) * self._narrow
            lines.append(np.array([(x, 0), (x, -size / 3)], np.float32))
            said = _degrees((degrees + 180) % 360 - 180, written, "EW")
            texts.append((said, x, -size, size))
        for degrees, written in ticks(south, north, about=4):
            y = degrees - south
            lines.append(np.array([(0, y), (-size / 3, y)], np.float32))
            said = _degrees(degrees, written, "NS")
            texts.append((said, -size * (0.6 + 0.3 * len(said)), y, size))
        return lines, texts


def _are_known(latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        on_earth = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 360)
    return np.asarray(on_earth & ~((latitude == 0) & (longitude == 0)))


def _narrowest(longitude: npt.NDArray[Any]) -> tuple[float, float]:
    """Return where the span of all longitudes begins, and how wide it is, degrees.

    It crosses 180° where that makes the map much narrower, as for pictures from both shores of the
    Pacific.
    """
    around = np.sort((np.asarray(longitude, np.float64) + 180) % 360 - 180)
    plain = float(around[-1] - around[0])
    gap = np.diff(around, append=around[0] + 360)
    widest = int(gap.argmax())
    span = float(360 - gap[widest])
    if span >= _WORTH_TURNING * plain:
        return float(around[0]), plain
    return float(around[(widest + 1) % len(around)]), span


def _degrees(value: float, written: str, sides: str) -> str:
    """Return degrees with as many decimals as ``written`` has, and the side of the world."""
    places = len(written.partition(".")[2])
    side = "" if abs(value) < 1e-9 else sides[0] if value > 0 else sides[1]
    return f"{abs(value):.{places}f}°{side}"
