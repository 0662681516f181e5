"""Draw the figures of docs/figures.md: ``python tools/doc_figures.py NAME.atlas``.

They leave the repository, so the atlas must be of pictures that may be shown: the folder ``works``
of the demo collection, all in the public domain.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

import bilderatlas as ba

__all__ = ["main"]

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FIGURES: dict[str, dict[str, Any]] = {
    "scatter": {},
    "thumbnails": {"overlap": "grid"},
    "neighbours": {"rows": 1, "only": ["Ancient Pottery", "Korean Metalcraft", "Old Masters"]},
}


def main() -> None:
    """Save each figure as WebP, 1,050 pixels wide."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path)
    atlas = ba.open(parser.parse_args().atlas)
    with tempfile.TemporaryDirectory() as folder:
        for kind, parameters in FIGURES.items():
            file = Path(folder) / f"{kind}.png"
            atlas.figure(kind, file, dpi=140, **parameters)
            picture = Image.open(file).convert("RGB")
            picture.save(IMAGES / f"figure-{kind}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
