"""From picture files to what goes into the last block of a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import PictureError
from bilderatlas.types import Float16Array

from .models.last_block import Trunk
from .pictures.decode import decode
from .pictures.silence import decoders_silenced

__all__ = ["TrunkReader"]


class TrunkReader:
    """Reads batches of pictures. One reader serves one thread."""

    def __init__(self, trunk: Trunk, *, max_pixels: int) -> None:
        self._trunk = trunk
        self._max_pixels = max_pixels

    def __call__(self, batch: Sequence[Path]) -> list[Float16Array | None]:
        """Return the maps (channels, rows, columns) of each file; ``None`` if it cannot be read."""
        with decoders_silenced:
            inputs = [self._input(path) for path in batch]
        readable = [one for one in inputs if one is not None]
        maps = iter(self._trunk(np.stack(readable)) if readable else ())
        return [None if one is None else next(maps) for one in inputs]

    def _input(self, path: Path) -> npt.NDArray[np.uint8] | None:
        try:
            decoded = decode(path.read_bytes(), max_pixels=self._max_pixels, copies=False)
        except (OSError, PictureError):
            return None
        return self._trunk.preprocessing(decoded.image)
