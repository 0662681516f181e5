import io
import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageCms
from tests.unit.ingest.pictures.encoded import encoded

from bilderatlas.ingest.pictures.colour import to_srgb
from bilderatlas.ingest.pictures.decode import decode

GRADIENT = np.linspace(0, 65535, 256).round().astype(np.uint16)


def swapped_profile() -> bytes:
    """A profile that calls blue what sRGB calls red: an unmistakable one."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    data = data.replace(b"rXYZ", b"tXYZ", 1).replace(b"bXYZ", b"rXYZ", 1)
    return data.replace(b"tXYZ", b"bXYZ", 1)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("side", [256, 2048], ids=["small", "reduced"])
def test_a_16_bit_grey_gradient_is_a_gradient(kind: str, side: int) -> None:
    row = np.repeat(GRADIENT, side // 256)
    data = encoded(Image.fromarray(np.tile(row, (side, 1))), kind)
    grey = np.asarray(decode(data, copies=False).image)[3, :, 0].astype(int)
    assert (grey[0], grey[-1]) == (0, 255)
    assert np.abs(grey - np.linspace(0, 255, len(grey))).max() <= 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (GRADIENT.astype(np.int32), np.arange(256)),
        (np.linspace(-1e6, 3e6, 256).astype(np.int32), np.arange(256)),
        (np.linspace(0, 1, 256, dtype=np.float32), np.arange(256)),
        (np.arange(256, dtype=np.float32), np.arange(256)),
        (np.linspace(-5, 900, 256, dtype=np.float32), np.arange(256)),
        (np.zeros(256, dtype=np.float32), np.zeros(256)),
    ],
    ids=["16 bit in 32", "signed", "light", "8 bit as floats", "any floats", "black"],
)
def test_deep_grey_keeps_its_whole_range(
    values: npt.NDArray[Any],
    expected: npt.NDArray[Any],
) -> None:
    grey = np.asarray(to_srgb(Image.fromarray(np.tile(values, (4, 1)))))[0, :, 1].astype(int)
    assert np.abs(grey - expected).max() <= 1


def test_a_16_bit_colour_png_is_scaled() -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + end

    rows = b"".join(
        b"\0" + struct.pack(">768H", *(v for value in GRADIENT for v in (value, 0, 65535)))
        for _ in range(2)
    )
    header = struct.pack(">IIBBBBB", 256, 2, 16, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    data += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    pixels = np.asarray(decode(data).image)[0].astype(int)
    assert np.abs(pixels[:, 0] - np.arange(256)).max() <= 1
    assert (pixels[:, 1] == 0).all()
    assert (pixels[:, 2] == 255).all()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "RGBa"])
def test_what_is_transparent_is_white(mode: str) -> None:
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    image.paste((40, 40, 40, 255), (4, 0, 8, 8))
    if mode == "PA":
        image = image.convert("P", palette=Image.Palette.WEB).convert("PA")
        image.putalpha(Image.linear_gradient("L").resize((8, 8)).point(lambda _: 0))
    else:
        image = image.convert(mode)
    result = to_srgb(image)
    assert result.mode == "RGB"
    assert result.getpixel((0, 0)) == (255, 255, 255)
    if mode != "PA":
        assert result.getpixel((6, 6)) == (40, 40, 40)


def test_a_transparent_colour_of_a_palette_is_white() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([1, 2, 3, 60, 70, 80])
    image.paste(1, (0, 0, 4, 8))
    decoded = decode(encoded(image, "PNG", transparency=0))
    assert decoded.image.getpixel((6, 6)) == (255, 255, 255)
    assert decoded.image.getpixel((1, 1)) == (60, 70, 80)


def test_half_transparent_is_half_way() -> None:
    decoded = decode(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 128)), "PNG"))
    assert decoded.image.getpixel((3, 3)) == pytest.approx((127, 127, 127), abs=1)


def test_large_transparent_pictures_do_not_bleed_hidden_colours() -> None:
    image = Image.new("RGBA", (2000, 2000), (255, 0, 0, 0))
    decoded = decode(encoded(image, "PNG"), copies=False)
    assert decoded.image.getextrema() == ((255, 255), (255, 255), (255, 255))


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_becomes_the_colours_that_it_prints(kind: str) -> None:
    image = Image.new("CMYK", (32, 16), (0, 0, 0, 0))
    image.paste((0, 255, 255, 0), (16, 0, 32, 16))
    decoded = decode(encoded(image, kind))
    assert decoded.wants_copy
    assert decoded.image.getpixel((4, 8)) == pytest.approx((255, 255, 255), abs=4)
    assert decoded.image.getpixel((28, 8)) == pytest.approx((255, 0, 0), abs=8)


def test_lab_becomes_rgb() -> None:
    image = Image.new("LAB", (8, 8), (138, 209, 198))  # L* 54.3, a* 81, b* 70: sRGB's red
    assert to_srgb(image).getpixel((2, 2)) == pytest.approx((255, 0, 0), abs=6)


def test_an_embedded_profile_is_followed() -> None:
    image = Image.new("RGB", (8, 8), (255, 0, 0))
    decoded = decode(encoded(image, "PNG", icc_profile=swapped_profile()))
    assert decoded.image.getpixel((2, 2)) == pytest.approx((0, 0, 255), abs=3)


def test_a_profile_is_followed_below_transparency() -> None:
    image = Image.new("RGBA", (8, 8), (255, 0, 0, 255))
    image.putpixel((0, 0), (255, 0, 0, 0))
    decoded = decode(encoded(image, "PNG", icc_profile=swapped_profile()))
    assert decoded.image.getpixel((2, 2)) == pytest.approx((0, 0, 255), abs=3)
    assert decoded.image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["broken", "sRGB", "of another space"])
def test_a_profile_that_does_not_help_is_ignored(name: str) -> None:
    profiles = {
        "broken": b"\0" * 40 + b"acsp" + b"\x07" * 300,
        "sRGB": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        "of another space": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    }
    image = Image.new("RGB", (8, 8), (250, 130, 5))
    data = encoded(image, "PNG", icc_profile=profiles[name])
    assert Image.open(io.BytesIO(data)).info["icc_profile"]
    assert decode(data).image.getpixel((2, 2)) == (250, 130, 5)


@pytest.mark.parametrize("mode", ["1", "L", "P", "HSV", "YCbCr", "RGBX", "RGB"])
def test_other_modes_become_rgb(mode: str) -> None:
    result = to_srgb(Image.new("RGB", (4, 4), (255, 255, 255)).convert(mode))
    assert (result.mode, result.getpixel((1, 1))) == ("RGB", (255, 255, 255))
