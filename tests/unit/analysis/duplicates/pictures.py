"""Pictures with the structure of photographs and scans, and small collections of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont, ImageOps

from bilderatlas.analysis.duplicates import Copies, find_duplicates
from bilderatlas.types import DuplicateGroup, LookAlikes, Neighbours

SIZE = (480, 320)


def photograph(
    seed: int, *, camera: float = 0.0, moved: float = 0.0, colours: int = 0
) -> Image.Image:
    """Return a room full of things.

    ``camera`` pixels are how far it has been moved to the side: near things move more than far
    ones. ``moved`` pixels are how far one of the things has. ``colours`` changes their colours and
    not their brightness.
    """
    rng = np.random.default_rng(seed)
    width, height = SIZE
    coarse = rng.integers(60, 200, (5, 7, 3), dtype=np.uint8)
    image = Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for number in range(60):
        x, y = rng.uniform(-20, width), rng.uniform(-20, height)
        w, h = rng.uniform(10, 90), rng.uniform(10, 70)
        colour = rng.integers(20, 220, 3)
        x += camera * number / 60 + (moved if number == 55 else 0)
        if number == 55:
            w, h = 60.0, 60.0
        box = (x, y, x + w, y + h)
        fill = tuple(np.roll(colour, colours).tolist())
        (draw.ellipse if rng.random() < 0.4 else draw.rectangle)(box, fill, "black")
    grain = rng.normal(0, 5, (height, width, 1))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


def page(seed: int, *, lines: int = 34) -> Image.Image:
    """Return the scan of a page with that many lines of words that depend on the seed."""
    rng = np.random.default_rng(seed)
    width, height = 600, 800
    image = Image.new("RGB", (width, height), (45, 40, 38))
    draw = ImageDraw.Draw(image)
    draw.rectangle((25, 20, width - 20, height - 30), (238, 232, 220))
    font = ImageFont.load_default(14)
    for line in range(lines):
        x, end = 70.0, width - (70 if rng.random() < 0.85 else rng.integers(100, 400))
        while x < end - 40:
            word = "".join(map(chr, rng.integers(97, 123, rng.integers(2, 10))))
            draw.text((x, 70 + 19 * line), word, (30, 30, 30), font)
            x += draw.textlength(word, font) + 6
    draw.text((width / 2, height - 60), str(seed), (30, 30, 30), font)
    return image


def blank(seed: int) -> Image.Image:
    """Return a sheet of paper with nothing on it but its grain."""
    grain = np.random.default_rng(seed).normal(230, 4, (320, 480, 1)).repeat(3, 2)
    return Image.fromarray(grain.clip(0, 255).astype(np.uint8))


def cropped(image: Image.Image, share: float = 0.1) -> Image.Image:
    """Cut off that share of the width and the height, two thirds of it left and above."""
    width, height = image.size
    left, top = round(width * share * 2 / 3), round(height * share * 2 / 3)
    return image.crop(
        (left, top, left + round(width * (1 - share)), top + round(height * (1 - share)))
    )


def bordered(image: Image.Image, colour: str = "white") -> Image.Image:
    """Put a border around the picture, a twentieth of its width."""
    return ImageOps.expand(image, image.width // 20, colour)


@dataclass(frozen=True)
class Collection:
    """Pictures saved as JPEG. ``qualities`` and ``times`` are those of the files."""

    pictures: Sequence[Image.Image]
    qualities: Sequence[int] | None = None
    times: Sequence[float] | None = None

    def find(self, neighbours: Neighbours | None = None) -> tuple[list[DuplicateGroup], LookAlikes]:
        """Find the duplicates, in the graph where all are neighbours unless one is given."""
        n = len(self.pictures)
        qualities = self.qualities or [88] * n
        files = [saved(image, q) for image, q in zip(self.pictures, qualities, strict=True)]
        opened = [Image.open(io.BytesIO(file)) for file in files]
        copies = Copies(
            np.array([image.width for image in opened], np.int32),
            np.array([image.height for image in opened], np.int32),
            np.array([len(file) for file in files], np.int64),
            np.array(self.times if self.times is not None else range(n), np.float64),
        )
        return find_duplicates(
            [blake2b(file, digest_size=16).hexdigest() for file in files],
            everyone(n) if neighbours is None else neighbours,
            lambda ids: [thumbnail(opened[item]) for item in ids],
            copies,
        )

    def groups(self, neighbours: Neighbours | None = None) -> list[list[int]]:
        """Return the members of each group in id order."""
        return [sorted(group.members.tolist()) for group in self.find(neighbours)[0]]


def everyone(n: int, similarity: float = 0.5) -> Neighbours:
    """Return the graph in which every item has all others as neighbours."""
    ids = np.array([[other for other in range(n) if other != item] for item in range(n)], np.int32)
    ids = ids.reshape(n, max(0, n - 1))
    return Neighbours(ids, np.full(ids.shape, similarity, np.float32))


def nobody(n: int) -> Neighbours:
    """Return the graph in which no item has neighbours."""
    return Neighbours(np.empty((n, 0), np.int32), np.empty((n, 0), np.float32))


def saved(image: Image.Image, quality: int = 88) -> bytes:
    """Return the picture as JPEG."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def thumbnail(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Return the thumbnail as an atlas keeps it: 128 pixels long, JPEG of quality 90."""
    small = image.convert("RGB")
    small.thumbnail((128, 128), Image.Resampling.BICUBIC)
    return np.asarray(Image.open(io.BytesIO(saved(small, 90))).convert("RGB"))
