"""Writes a made site of any size: ``python benchmarks/made_site.py N FOLDER``.

For trying the viewer and the writer at sizes that no collection at hand has. Positions look like
a t-SNE map (clusters of very different sizes that share a disc), pictures are drawn.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from PIL import Image, ImageDraw
from scipy.spatial import cKDTree

from bilderatlas.publish.site.content import SiteContent
from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import Aspect, Cluster, DuplicateGroup, Float32Array, Layout, Neighbours

CLUSTERS = 24
VARIANTS = 16
SHAPES = ((3, 2), (4, 3), (1, 1), (3, 4), (2, 3), (16, 9), (3, 2), (3, 2))
WITH_PICTURE = 2000
"""Items that have a lightbox picture; more would only fill the disk."""

Colour = tuple[int, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, help="how many items")
    parser.add_argument("folder", type=Path, help="where the site goes")
    parser.add_argument(
        "--data-only", action="store_true", help="leave the viewer out, for Vite's server"
    )
    arguments = parser.parse_args()
    begun = time.perf_counter()
    content = made_content(arguments.n)
    print(f"made {arguments.n:,} items in {time.perf_counter() - begun:.1f} s")

    def show(done: int, total: int) -> None:
        if sys.stdout.isatty():
            print(f"\r{done:,} of {total:,} pages", end="" if done < total else "\n")

    begun = time.perf_counter()
    if arguments.data_only:
        write_site(content, arguments.folder, progress=show, viewer=None)
    else:
        write_site(content, arguments.folder, progress=show)
    print(f"wrote {arguments.folder} in {time.perf_counter() - begun:.1f} s")


def made_content(n: int, *, random_state: int = 0) -> SiteContent:
    """Return a collection of ``n`` drawn pictures; the same for the same ``n`` and seed."""
    rng = np.random.default_rng(random_state)
    cluster_of = np.sort(rng.choice(CLUSTERS, n, p=_shares()))
    rng.shuffle(cluster_of)
    positions, strength = _map(cluster_of, rng)
    variant = rng.integers(VARIANTS, size=n)
    return SiteContent(
        title=f"{n:,} made pictures",
        items=_items(n, cluster_of, variant, rng),
        metadata=_metadata(n, cluster_of, rng),
        label="kind",
        layouts=[
            Layout("tsne", "tsne", positions, {"perplexity": 30}, {"kept": 0.31}),
            Layout("pca", "pca", _projection(positions, cluster_of, rng)),
        ],
        neighbours=_neighbours(positions),
        clusters=_clusters(cluster_of, strength),
        duplicates=[
            DuplicateGroup("same", np.array([first, first + 1], np.int32))
            for first in range(0, n - 1, 50)
        ],
        priority=strength,
        problems=3,
        blur=np.array(
            [_blur(int(c), int(v)) for c in range(CLUSTERS) for v in range(VARIANTS)], np.uint8
        )[cluster_of * VARIANTS + variant],
        thumbnails=lambda ids, side: [
            _drawn(int(cluster_of[i]), int(variant[i]), side) for i in ids
        ],
        place_picture=lambda item, destination: _place(
            item, destination, int(cluster_of[item]), int(variant[item])
        ),
        generator="made_site",
    )


def _shares() -> npt.NDArray[np.float64]:
    sizes = 1 / np.arange(2.0, CLUSTERS + 2)
    return np.asarray(sizes / sizes.sum())


def _map(
    cluster_of: npt.NDArray[np.int64], rng: np.random.Generator
) -> tuple[Float32Array, Float32Array]:
    """Place clusters on a spiral by their areas, each made of a few blobs.

    Returns positions (n, 2) and each item's closeness to the centre of its cluster (n,), 0…1.
    """
    sizes = np.bincount(cluster_of, minlength=CLUSTERS)
    areas = sizes[::-1].cumsum()[::-1] - sizes / 2
    angle = np.arange(CLUSTERS) * np.pi * (3 - 5**0.5)
    centres = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.asarray(areas**0.5)[:, None]
    radius: npt.NDArray[np.float64] = np.sqrt(sizes.astype(np.float64))
    blobs = np.asarray(rng.normal(0, 0.42, (CLUSTERS, 9, 2)) * radius[:, None, None])
    blob = rng.integers(9, size=len(cluster_of))
    jitter = rng.normal(0, 0.22, (len(blob), 2)) * radius[cluster_of, None]
    within = blobs[cluster_of, blob] + jitter
    distance = np.linalg.norm(within, axis=1) / np.maximum(radius[cluster_of], 1)
    positions = _spread(centres[cluster_of] + within)
    return positions.astype(np.float32), np.exp(-distance).astype(np.float32)


def _spread(positions: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Even out the rings of a map: t-SNE fills its disc."""
    radius = np.linalg.norm(positions, axis=1)
    ring = np.empty(len(radius))
    ring[np.argsort(radius)] = np.sqrt(np.arange(1, len(radius) + 1))
    return np.asarray(positions * (ring / np.maximum(radius, 1e-6))[:, None])


def _projection(
    positions: Float32Array, cluster_of: npt.NDArray[np.int64], rng: np.random.Generator
) -> Float32Array:
    """Return the flat overlapping cloud that a linear projection makes of a map."""
    directions = rng.normal(0, 1, (CLUSTERS, 2)) * (3, 1)
    spread = float(positions.std()) if len(positions) else 1.0
    noise = rng.normal(0, 0.6, positions.shape)
    return (positions / max(spread, 1e-6) + directions[cluster_of] + noise).astype(np.float32)


def _neighbours(positions: Float32Array) -> Neighbours:
    k = min(32, max(0, len(positions) - 1))
    if not k:
        return Neighbours(
            np.zeros((len(positions), 0), np.int32), np.zeros((len(positions), 0), np.float32)
        )
    found = cKDTree(positions).query(positions, k + 1, workers=-1)
    distance, ids = np.asarray(found[0])[:, 1:], np.asarray(found[1])[:, 1:]
    nearness = 1 / (1 + distance / max(float(np.median(distance[:, -1])), 1e-6))
    return Neighbours(ids.astype(np.int32), nearness.astype(np.float32))


def _clusters(cluster_of: npt.NDArray[np.int64], strength: Float32Array) -> list[Cluster]:
    clusters = []
    for number in range(CLUSTERS):
        members = np.flatnonzero(cluster_of == number)
        if len(members):
            members = members[np.argsort(-strength[members], kind="stable")]
            name = f"cluster {number + 1}"
            clusters.append(
                Cluster(name, int(members[0]), members.astype(np.int32), strength[members])
            )
    return clusters


def _items(
    n: int,
    cluster_of: npt.NDArray[np.int64],
    variant: npt.NDArray[np.int64],
    rng: np.random.Generator,
) -> pa.Table:
    shapes = np.array([_size(int(v), 1200) for v in range(VARIANTS)], np.int32).reshape(-1, 2)
    taken = [
        datetime(1990, 1, 1) + timedelta(days=int(day)) for day in rng.integers(12_000, size=n)
    ]
    words = [
        [f"thing {c + 1}", f"colour {v + 1}"] for c, v in zip(cluster_of, variant, strict=True)
    ]
    return pa.table(
        {
            "id": np.arange(n, dtype=np.int32),
            "key": pa.array([_key(item) for item in range(n)], pa.string()),
            "uri": pa.array([f"made/{i % 97:02}/picture {i}.webp" for i in range(n)], pa.string()),
            "width": shapes[variant, 0],
            "height": shapes[variant, 1],
            "bytes": rng.integers(40_000, 4_000_000, size=n),
            "taken_at": pa.array(taken, pa.timestamp("us")),
            "latitude": pa.nulls(n, pa.float64()),
            "longitude": pa.nulls(n, pa.float64()),
            "suffix": pa.array([".webp"] * n, pa.string()),
            "names": pa.array(words, pa.list_(pa.string())),
            "name_scores": pa.array([[0.61, 0.2]] * n, pa.list_(pa.float32())),
        }
    )


def _metadata(n: int, cluster_of: npt.NDArray[np.int64], rng: np.random.Generator) -> pa.Table:
    kinds = np.array(["landscape", "portrait", "still life", "plan", "view", "animal"])
    authors = np.array([f"Author {chr(65 + place)}." for place in range(26)])
    years = rng.integers(1850, 2024, size=n).astype(str)
    columns = {
        "title": [f"Picture number {item}" for item in range(n)],
        "kind": kinds[cluster_of % len(kinds)].tolist(),
        "author": authors[rng.integers(26, size=n)].tolist(),
        "year": np.where(rng.random(n) < 0.05, "", years).tolist(),
    }
    return pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()})


def _key(item: int) -> str:
    return hashlib.blake2b(str(item).encode(), digest_size=16).hexdigest()


def _place(item: int, destination: Path, cluster: int, variant: int) -> bool:
    if item >= WITH_PICTURE:
        return False
    destination.write_bytes(_drawn(cluster, variant, 500))
    return True


def _size(variant: int, side: int) -> tuple[int, int]:
    width, height = SHAPES[variant % len(SHAPES)]
    return Aspect.of(width, height).fit(side)


def _colours(cluster: int, variant: int) -> tuple[Colour, Colour]:
    """Return sky and ground: a hue for each cluster, a tone for each variant."""
    hue = cluster / CLUSTERS
    top = np.array([np.cos(2 * np.pi * (hue + shift)) for shift in (0, 1 / 3, 2 / 3)])
    tone = 0.55 + 0.4 * ((variant * 7) % VARIANTS) / VARIANTS
    sky = np.clip((0.55 + 0.4 * top) * tone * 255, 0, 255)
    ground = np.clip((0.45 - 0.3 * top) * (1.2 - tone) * 255, 0, 255)
    return _colour(sky), _colour(ground)


def _colour(values: npt.NDArray[np.float64]) -> Colour:
    red, green, blue = values.astype(int).tolist()
    return red, green, blue


@cache
def _drawn(cluster: int, variant: int, side: int) -> bytes:
    """Draw a landscape with a sun, encoded as WebP."""
    width, height = _size(variant, side)
    rng = np.random.default_rng(1000 * cluster + variant)
    sky, ground = _colours(cluster, variant)
    picture = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", [_between(picture, sky[c], ground[c]) for c in range(3)])
    draw = ImageDraw.Draw(picture)
    x, y, r = rng.uniform(0.2, 0.8) * width, rng.uniform(0.2, 0.5) * height, 0.14 * side
    draw.ellipse((x - r, y - r, x + r, y + r), fill=(250, 240, 210))
    for depth in (0.62, 0.75, 0.88):
        heights = height * (depth + rng.uniform(-0.12, 0.12, 7))
        steps = np.linspace(0, width, 7)
        ridge = [(float(a), float(b)) for a, b in zip(steps, heights, strict=True)]
        shade = _colour(np.array(ground) * (1.35 - depth))
        draw.polygon([(0, height), *ridge, (width, height)], fill=shade)
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=85, method=2)
    return buffer.getvalue()


def _between(gradient: Image.Image, low: int, high: int) -> Image.Image:
    return gradient.point([round(low + (high - low) * step / 255) for step in range(256)])


def _blur(cluster: int, variant: int) -> Sequence[int]:
    """Return a BC1 block from sky to ground, and the aspect code."""
    ends = [(r >> 3) << 11 | (g >> 2) << 5 | b >> 3 for r, g, b in _colours(cluster, variant)]
    rows = [0b00, 0b10, 0b11, 0b01]  # first end, a third, two thirds, second end
    if ends[0] < ends[1]:  # the block has four colours only if its first end is the larger
        ends.reverse()
        rows.reverse()
    block = b"".join(end.to_bytes(2, "little") for end in ends)
    return [*block, *(row * 0b01010101 for row in rows), Aspect.of(*_size(variant, 1200)).code]


if __name__ == "__main__":
    main()
