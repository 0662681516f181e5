"""Make the coastline that the geographic layout draws, from Natural Earth's land.

Natural Earth 4.1.0, 1:50 million, is in the public domain (naturalearthdata.com); it is taken from
the npm package world-atlas 2.0.2 (ISC licence). To make the file again::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/coastline.py package/land-50m.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

OUTPUT = Path(__file__).parents[1] / "src/bilderatlas/analysis/layouts/coastline.npz"

STEP = 0.01
"""Degrees: about 1 km, as exact as the source."""

EDGE = 179.99
POLE = -89.9


def lines(topology: dict[str, Any]) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the coasts as polylines (m, 2) of longitude and latitude, in steps of 0.01°.

    What closes the areas of the source along the edges of its map is no coast, and left out.
    """
    scale, origin = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    for arc in topology["arcs"]:
        degrees = np.cumsum(arc, axis=0) * scale + origin
        at_edge = (np.abs(degrees[:, 0]) > EDGE) | (degrees[:, 1] < POLE)
        no_coast = at_edge[1:] & at_edge[:-1]
        no_coast |= np.abs(np.diff(degrees[:, 0])) > 180
        for part in np.split(degrees, np.flatnonzero(no_coast) + 1):
            steps = np.round(part / STEP).astype(np.int64)
            moved = np.append(True, (np.diff(steps, axis=0) != 0).any(axis=1))
            if moved.sum() > 1:
                yield steps[moved]


def main() -> None:
    """Write ``coastline.npz``: how many points each line has, and the steps from one to the next.

    The first step of a line begins at (0, 0).
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topology", type=Path, help="land-50m.json of world-atlas")
    found = list(lines(json.loads(parser.parse_args().topology.read_text("utf-8"))))
    steps = np.concatenate([np.diff(line, axis=0, prepend=np.zeros((1, 2), int)) for line in found])
    np.savez_compressed(
        OUTPUT,
        lengths=np.array([len(line) for line in found], np.int32),
        steps=np.ascontiguousarray(steps.T, np.int16),
    )
    print(f"{len(found)} lines, {len(steps)} points, {OUTPUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
