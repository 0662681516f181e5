"""A small collection in which every picture has a colour of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from PIL import Image

from bilderatlas.publish.site.content import SiteContent
from bilderatlas.types import Aspect, Cluster, DuplicateGroup, Layout, Neighbours

SHAPES = ((4, 3), (3, 4), (1, 1), (7, 1), (1, 9))


def colour(item: int) -> tuple[int, int, int]:
    """Return the colour of an item's picture."""
    return 40 + 53 * item % 180, 40 + 29 * item % 180, 40 + 97 * item % 180


def shape(item: int) -> tuple[int, int]:
    """Return width and height of an item's picture."""
    width, height = SHAPES[item % len(SHAPES)]
    return 100 * width, 100 * height


def key(item: int) -> str:
    """Return the key of an item; items 10 and 11 are one file twice."""
    content = 10 if item == 11 else item
    return hashlib.blake2b(bytes([content % 256, content // 256]), digest_size=16).hexdigest()


def thumbnails(ids: npt.NDArray[np.int64], side: int) -> Sequence[bytes]:
    """Draw thumbnails."""
    return [solid(colour(int(item)), Aspect.of(*shape(int(item))).fit(side)) for item in ids]


def solid(rgb: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    """Return a WebP of one colour."""
    buffer = BytesIO()
    Image.new("RGB", size, rgb).save(buffer, "WEBP", lossless=True)
    return buffer.getvalue()


def place_picture(item: int, destination: Path) -> bool:
    """Write the item's number; every fourth item has no picture."""
    if item % 4 == 3:
        return False
    destination.write_text(str(item))
    return True


def make_content(n: int, **changes: Any) -> SiteContent:
    """Return a collection of ``n`` items with two layouts, clusters, duplicates and metadata."""
    rng = np.random.default_rng(7)
    k = min(5, max(0, n - 1))
    ids = np.array([[(i + step) % n for step in range(1, k + 1)] for i in range(n)], np.int32)
    halves = [
        members for members in (np.arange(n)[: n // 2], np.arange(n)[n // 2 :]) if len(members)
    ]
    taken = [datetime(2020, 1, 1 + i % 28, 12) if i % 2 else None for i in range(n)]
    content = SiteContent(
        title="Häuser & <b>Gärten</b>",
        items=pa.table(
            {
                "id": pa.array(range(n), pa.int32()),
                "key": pa.array([key(i) for i in range(n)], pa.string()),
                "uri": pa.array([f"ordner/bild {i}.jpg" for i in range(n)], pa.string()),
                "width": pa.array([shape(i)[0] for i in range(n)], pa.int32()),
                "height": pa.array([shape(i)[1] for i in range(n)], pa.int32()),
                "bytes": pa.array([1000 + i for i in range(n)], pa.int64()),
                "taken_at": pa.array(taken, pa.timestamp("us")),
                "latitude": pa.array([48.5 if i % 3 else None for i in range(n)], pa.float64()),
                "longitude": pa.array([9.25 if i % 3 else None for i in range(n)], pa.float64()),
                "suffix": pa.array([".jpg"] * n, pa.string()),
                "brightness": pa.array([i / (n + 1) for i in range(n)], pa.float32()),
                "contrast": pa.array([0.25] * n, pa.float32()),
                "sharpness": pa.array([0.5 + i % 2 / 4 for i in range(n)], pa.float32()),
                "names": pa.array(
                    [["barn", "tub"][: i % 3] for i in range(n)], pa.list_(pa.string())
                ),
                "name_scores": pa.array(
                    [[0.625, 0.25][: i % 3] for i in range(n)], pa.list_(pa.float32())
                ),
            }
        ),
        metadata=pa.table(
            {
                "kind": pa.array(
                    [("inside", "outside", None)[i % 3] for i in range(n)], pa.string()
                ),
                "year": pa.array([str(1900 + i) for i in range(n)], pa.string()),
                "width": pa.array([f"{i} ells, {i} inches" for i in range(n)], pa.string()),
            }
        ),
        label="kind",
        layouts=[
            Layout(
                name, kind, rng.normal(size=(n, 2)).astype(np.float32), {"seed": 1}, {"kept": 0.5}
            )
            for name, kind in (("tsne", "tsne"), ("by-year", "time"))
        ],
        neighbours=Neighbours(ids.reshape(n, k), np.full((n, k), 0.5, np.float32)),
        clusters=[
            Cluster(
                f"half {number}", int(half[-1]), half.astype(np.int32), np.ones(len(half), "f4")
            )
            for number, half in enumerate(halves)
        ],
        duplicates=[DuplicateGroup("exact", np.array([10, 11], np.int32))] if n > 11 else [],
        priority=rng.random(n).astype(np.float32),
        problems=2,
        blur=np.array(
            [[i % 256] * 8 + [Aspect.of(*shape(i)).code] for i in range(n)], np.uint8
        ).reshape(n, 9),
        thumbnails=thumbnails,
        place_picture=place_picture,
        generator="bilderatlas test",
    )
    return replace(content, **changes)
