"""A small collection with all that a site can show: classes, columns, duplicates, a broken file."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

__all__ = ["CLASSES", "COUNT", "TWIN", "draw_collection"]

CLASSES = ("discs", "bars", "rings", "checks")
COUNT = 300
TWIN = "copies/discs 000 again.png"


def draw_collection(folder: Path) -> None:
    """Draw 300 pictures in four classes of shape and colour; one is there twice, one is broken."""
    rows = []
    for number in range(COUNT):
        kind = CLASSES[number % 4]
        name = f"{kind} {number:03}.png"
        target = folder / kind / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _draw(kind, number).save(target)
        rows.append((f"{kind}/{name}", kind, 1900 + number % 100, f"Plate {number}"))
    twin = folder / TWIN
    twin.parent.mkdir()
    twin.write_bytes((folder / "discs" / "discs 000.png").read_bytes())
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with (folder / "metadata.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("filename", "label", "year", "description"))
        writer.writerows(rows)


def _draw(kind: str, number: int) -> Image.Image:
    random = np.random.default_rng(number)
    size = [(240, 180), (180, 240), (200, 200)][number % 3]
    hue = CLASSES.index(kind) * 64
    ground, ink = (
        Image.new("HSV", (1, 1), (hue + int(random.integers(24)), saturation, value))
        .convert("RGB")
        .getpixel((0, 0))
        for saturation, value in ((60, 235), (200, 150))
    )
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(random.integers(4, 9))):
        x, y = (float(random.uniform(0, side)) for side in size)
        r = float(random.uniform(12, 36))
        if kind == "discs":
            draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)
        elif kind == "rings":
            draw.ellipse((x - r, y - r, x + r, y + r), outline=ink, width=6)
        elif kind == "bars":
            draw.rectangle((x - r / 4, 0, x + r / 4, size[1]), fill=ink)
        else:
            for step in range(4):
                side = r / 2
                left, top = x + step % 2 * side, y + step // 2 * side
                if step in (0, 3):
                    draw.rectangle((left, top, left + side, top + side), fill=ink)
    return picture
