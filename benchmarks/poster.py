"""How much memory a poster takes: A0 at 300 dots per inch, of 2,000 pictures.

    python benchmarks/poster.py

The pictures are JPEG files of 1,024 by 683 pixels, opened when they are drawn, each in a cell of a
grid. Time is of the processor; memory is the largest the process has had, Python with it.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.figures.thumbnails import figure_thumbnails
from bilderatlas.publish.figures.writing import save_figure

N = 2_000
SIDES = (1024, 683)
COLUMNS = 36
RESULT = Path(__file__).parent / "results" / "poster.json"


def picture_file(item: int) -> bytes:
    """Return a JPEG file with as much detail as a photograph has."""
    random = np.random.default_rng(item)
    coarse = random.integers(0, 256, (12, 16, 3), np.uint8)
    image = Image.fromarray(coarse).resize(SIDES, Image.Resampling.BICUBIC)
    noise = random.normal(0, 8, (SIDES[1], SIDES[0], 1))
    file = io.BytesIO()
    pixels = np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(file, "JPEG", quality=85)
    return file.getvalue()


def main() -> None:
    """Draw the poster, print, and write the figures to ``benchmarks/results/poster.json``."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    files = [picture_file(item) for item in range(16)]

    def picture(item: int, side: int) -> Image.Image:
        image = Image.open(io.BytesIO(files[item % len(files)]))
        image.draft("RGB", (side, side))
        return image.convert("RGB")

    aspect = SIDES[0] / SIDES[1]
    rows, columns = np.divmod(np.arange(N), COLUMNS)
    cells = np.stack([columns * aspect, -rows], axis=1).astype(np.float32)
    before = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "poster.png"
        figure = figure_thumbnails(
            cells,
            np.full(N, aspect),
            picture,
            Paper("Poster", size="A0", dpi=300),
            overlap="all",
            cell=(aspect, 1.0),
        )
        save_figure(figure, file)
        with Image.open(file) as made:
            dots = made.size
        size = file.stat().st_size
    result = {
        "pictures": N,
        "dots": dots,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "cpu_s": round(time.process_time() - before, 1),
        "file_mb": round(size / 1e6),
    }
    print(
        f"{N:,} pictures on {dots[0]:,} x {dots[1]:,} dots: {result['peak_mb']:,} MB at most, "
        f"{result['cpu_s']} CPU s, a file of {result['file_mb']} MB"
    )
    RESULT.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None
    main()
