import contextlib
import io
import struct
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.ingest.pictures.encoded import CORNERS, corners, encoded, photograph

from bilderatlas.errors import PictureError
from bilderatlas.ingest.pictures.copy import COPY_SIDE
from bilderatlas.ingest.pictures.decode import DRAFT_SIDE, decode

INVERSE_TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_every_exif_orientation_comes_out_upright(turn: int, kind: str) -> None:
    image = corners()
    stored = image.transpose(inverse) if (inverse := INVERSE_TURNS[turn]) is not None else image
    exif = Image.Exif()
    exif[0x0112] = turn
    decoded = decode(encoded(stored, kind, exif=exif.tobytes()))
    assert (decoded.width, decoded.height) == image.size == decoded.image.size
    for place, colour in enumerate(CORNERS):
        pixel = decoded.image.getpixel((24 + place % 2 * 48, 16 + place // 2 * 32))
        assert np.abs(np.subtract(pixel, colour)).max() <= 8  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP", "AVIF", "HEIF"])
def test_a_solid_colour_stays_that_colour(kind: str) -> None:
    data = encoded(Image.new("RGB", (80, 60), (30, 90, 160)), kind)
    pixels = np.asarray(decode(data).image, dtype=int)
    assert np.abs(pixels - (30, 90, 160)).max() <= 2


def test_an_animation_shows_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode(data).image.getpixel((5, 5)) == (255, 0, 0)


def test_a_large_jpeg_is_decoded_no_larger_than_needed() -> None:
    data = encoded(photograph(3000, 2400), "JPEG")
    small = decode(data, copies=False)
    large = decode(data)
    assert (small.width, small.height) == (large.width, large.height) == (3000, 2400)
    assert DRAFT_SIDE <= min(small.image.size) < 2 * DRAFT_SIDE
    assert COPY_SIDE <= max(large.image.size) < 2 * COPY_SIDE
    assert large.wants_copy


def test_a_very_long_picture_is_squeezed_and_keeps_its_size_on_paper() -> None:
    decoded = decode(encoded(Image.new("L", (60_000, 30), 77), "PNG"))
    assert (decoded.width, decoded.height) == (60_000, 30)
    assert decoded.image.width < 2 * COPY_SIDE
    assert decoded.image.getpixel((9, 9)) == (77, 77, 77)


def test_a_truncated_jpeg_ends_early() -> None:
    data = encoded(photograph(), "JPEG")
    with pytest.raises(PictureError, match="the file ends early"):
        decode(data[: len(data) // 2])


def test_a_truncated_png_ends_early() -> None:
    data = encoded(photograph(), "PNG")
    with pytest.raises(PictureError, match="the file ends early"):
        decode(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\0" * 500, "only zeros"),
        (b"what a nice day", "not a picture that can be read"),
        (b"\xff\xd8\xff\xe0 and then nothing", "(beginning of the picture is damaged|ends early)"),
        (b"<!DOCTYPE html><title>404</title>", "a web page"),
        (b'\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"v/1\x01\x02\0\0\0", "OpenEXR"),
        (b"FUJIFILMCCD-RAW 0201", "camera raw"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
    ],
)
def test_the_reason_is_one_that_a_person_understands(data: bytes, reason: str) -> None:
    with pytest.raises(PictureError, match=reason):
        decode(data)


def test_a_decompression_bomb_is_refused_by_its_header() -> None:
    with pytest.raises(PictureError, match=r"196,000,000 pixels .*--max-pixels"):
        decode(png_header(14_000, 14_000))
    with pytest.raises(PictureError, match=r"more pixels than the limit .*--max-pixels"):
        decode(png_header(60_000, 60_000))


def test_the_pixel_limit_can_be_moved() -> None:
    data = encoded(Image.new("L", (100, 100)), "PNG")
    with pytest.raises(PictureError, match="--max-pixels"):
        decode(data, max_pixels=9_999)
    assert decode(data, max_pixels=10_000).width == 100


@pytest.mark.parametrize("kind", ["WEBP", "JPEG2000"])
def test_formats_that_take_much_memory_have_a_lower_limit(kind: str) -> None:
    data = encoded(Image.new("RGB", (100, 100)), kind)
    with pytest.raises(PictureError, match="limit of 9,999"):
        decode(data, max_pixels=16_666)
    assert decode(data, max_pixels=16_667).width == 100


def test_a_picture_above_pillows_own_limit_is_decoded_if_ours_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000)
    assert decode(encoded(Image.new("L", (100, 100)), "PNG"), max_pixels=10_000).height == 100


def test_broken_exif_neither_warns_nor_hides_the_picture() -> None:
    data = encoded(corners(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01" * 40)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert decode(data).width == 96
    assert not caught


def test_nothing_of_the_files_metadata_is_left_on_the_image() -> None:
    exif = Image.Exif()
    exif[0x0132] = "2020:02:03 04:05:06"
    decoded = decode(encoded(corners(), "JPEG", exif=exif, icc_profile=b"x" * 200))
    assert decoded.facts.taken_at is not None
    assert decoded.image.info == {}


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP"]),
    at=st.floats(0, 1, exclude_max=True),
    junk=st.binary(min_size=1, max_size=12),
)
def test_a_damaged_file_is_drawn_or_explained(kind: str, at: float, junk: bytes) -> None:
    data = bytearray(encoded(corners(), kind))
    start = int(at * len(data))
    data[start : start + len(junk)] = junk
    with contextlib.suppress(PictureError):
        assert decode(bytes(data), max_pixels=1_000_000).image.mode == "RGB"


def test_a_picture_that_pillow_reads_is_an_independent_witness() -> None:
    data = encoded(photograph(), "PNG")
    expected = np.asarray(Image.open(io.BytesIO(data)))
    assert np.array_equal(np.asarray(decode(data).image), expected)
