from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter
from tests.unit.ingest.pictures.encoded import photograph

from bilderatlas.ingest.pictures.sharpness import measure_sharpness
from bilderatlas.types import Aspect


def sharpness(image: Image.Image) -> float:
    return measure_sharpness(image, Aspect.of(*image.size))


def things(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Draw rectangles with clean edges, of strong and of weak colours."""
    dice = np.random.default_rng(seed)
    pixels = np.full((size[1], size[0], 3), dice.uniform(0, 255, 3))
    for _ in range(40):
        left, top = dice.uniform(0, size, 2).astype(int)
        width, height = dice.uniform(20, 200, 2).astype(int)
        pixels[top : top + height, left : left + width] = dice.uniform(0, 255, 3)
    pixels += dice.normal(0, 2, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def shaken(image: Image.Image, pixels: int) -> Image.Image:
    """Return the image as a camera sees it that moves sideways."""
    seen = np.asarray(image, np.float32)
    moved = [np.roll(seen, step, axis=1) for step in range(pixels)]
    return Image.fromarray(np.mean(moved, axis=0).astype(np.uint8))


@pytest.mark.parametrize("seed", range(5))
def test_a_blurred_picture_is_less_sharp_than_any_that_is_not(seed: int) -> None:
    image = things(seed)
    sharp = min(sharpness(things(other)) for other in range(5))
    blurred = [
        image.filter(ImageFilter.GaussianBlur(3)),
        image.filter(ImageFilter.GaussianBlur(10)),
        shaken(image, 12),
        shaken(image.transpose(Image.Transpose.ROTATE_90), 12),
        image.resize((80, 60)).resize(image.size, Image.Resampling.BICUBIC),
    ]
    assert max(map(sharpness, blurred)) < 0.4 < sharp


def test_faint_edges_are_as_sharp_as_strong_ones() -> None:
    image = things(0)
    faint = image.point(lambda value: 100 + value * 0.4)
    assert sharpness(faint) == pytest.approx(sharpness(image), abs=0.08)
    assert sharpness(faint.filter(ImageFilter.GaussianBlur(3))) < 0.4


def test_a_plain_picture_is_not_blurred() -> None:
    assert sharpness(Image.new("RGB", (640, 480), (200, 30, 90))) == 1
    noise = np.random.default_rng(0).normal(128, 1, (480, 640, 3))
    assert sharpness(Image.fromarray(noise.astype(np.uint8))) > 0.9


def test_size_makes_little_difference() -> None:
    large = things(1, (1600, 1200))
    of_sizes = [
        sharpness(large.resize((s, s * 3 // 4), Image.Resampling.LANCZOS)) for s in (400, 800)
    ]
    assert of_sizes == pytest.approx([sharpness(large)] * 2, abs=0.06)


def test_a_squeezed_panorama_counts_in_its_true_shape() -> None:
    panorama = things(2, (3200, 400))
    squeezed = panorama.resize((450, 400), Image.Resampling.BOX)
    assert measure_sharpness(squeezed, Aspect.of(3200, 400)) == pytest.approx(
        sharpness(panorama), abs=0.05
    )


@pytest.mark.parametrize("size", [(1, 1), (4, 1), (1, 500), (5, 5), (700, 3)])
def test_the_smallest_pictures_have_a_sharpness(size: tuple[int, int]) -> None:
    assert 0.2 < sharpness(photograph(*size)) < 3
