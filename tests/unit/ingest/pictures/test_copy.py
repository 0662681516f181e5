import io

import pytest
from PIL import Image
from tests.unit.ingest.pictures.encoded import encoded

from bilderatlas.ingest.pictures.copy import encode_copy, needs_copy


def opened(image: Image.Image, kind: str) -> Image.Image:
    return Image.open(io.BytesIO(encoded(image, kind)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_what_browsers_show_needs_no_copy(kind: str) -> None:
    assert not needs_copy(opened(Image.new("RGB", (64, 64)), kind))


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "JPEG2000"])
def test_what_browsers_do_not_show_needs_a_copy(kind: str) -> None:
    assert needs_copy(opened(Image.new("RGB", (64, 64)), kind))


def test_what_is_larger_than_a_screen_needs_a_copy() -> None:
    assert needs_copy(opened(Image.new("L", (1601, 4)), "PNG"))
    assert not needs_copy(opened(Image.new("L", (1600, 4)), "PNG"))


def test_a_cmyk_jpeg_needs_a_copy() -> None:
    assert needs_copy(opened(Image.new("CMYK", (64, 64)), "JPEG"))


@pytest.mark.parametrize(
    ("picture", "decoded", "copy"),
    [
        ((4000, 3000), (2000, 1500), (1600, 1200)),
        ((300, 200), (300, 200), (300, 200)),
        ((50_000, 100), (3125, 100), (1600, 3)),
    ],
)
def test_a_copy_keeps_the_pictures_shape(
    picture: tuple[int, int], decoded: tuple[int, int], copy: tuple[int, int]
) -> None:
    stored = Image.open(io.BytesIO(encode_copy(Image.new("RGB", decoded), *picture)))
    assert (stored.format, stored.size) == ("WEBP", copy)
