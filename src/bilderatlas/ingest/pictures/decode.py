"""The bytes of a file, as an upright picture: the only place where pictures are decoded."""

from __future__ import annotations

import contextlib
import io
import struct
import threading
from dataclasses import dataclass
from functools import cache

from PIL import Image, UnidentifiedImageError

from bilderatlas.errors import PictureError
from bilderatlas.ingest.magic import MAGIC_BYTES, looks_like_picture

from .colour import to_srgb
from .copy import COPY_SIDE, SUFFIXES, needs_copy
from .exif import Facts, orientation, read_facts
from .silence import decoders_silenced

__all__ = ["DRAFT_SIDE", "LARGE", "MAX_PIXELS", "Decoded", "decode"]

MAX_PIXELS = 150_000_000
"""Pixels beyond which a picture is refused, unless ``--max-pixels`` says otherwise."""

DRAFT_SIDE = 448
"""Pixels of the shorter side below which a picture is not reduced while it is decoded."""

LARGE = threading.RLock()
"""Held while a picture needs much memory, so that only one of all threads' pictures does."""

_LARGE_PIXELS = 20_000_000

# Pillow's usual 16 MiB come from the heap of the thread that asks, where glibc keeps them when they
# are freed, for each thread anew. Blocks beyond 32 MiB are always given back to the system.
_MEMORY_BLOCK = 64 * 2**20

# Their decoders take 16 to 19 bytes a pixel, the others' at most 10: their limit is 3/5 of it.
_COSTLY_FORMATS = frozenset(("WEBP", "JPEG2000"))

# What Pillow may try, the frequent first. Left out: what starts other programs (EPS, WMF) and what
# holds no photographs.
_FORMATS = (
    *("JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF", "AVIF", "BMP", "JPEG2000", "PSD", "ICO"),
    *("ICNS", "PPM", "QOI", "DDS", "PCX", "SGI", "PCD", "CUR", "DIB", "FITS", "XBM", "TGA"),
)

# What the first bytes say of files that cannot be read, so that the reason names them.
_FOREIGNERS = (
    (b"<!DOCTYPE", "it is a web page and not a picture"),
    (b"<!doctype", "it is a web page and not a picture"),
    (b"<html", "it is a web page and not a picture"),
    (b"<svg", "SVG drawings cannot be read"),
    (b"<?xml", "it is XML and not a picture"),
    (b"%PDF", "it is a PDF and not a picture"),
    (b"%!PS", "PostScript cannot be read"),
    (b"v/1\x01", "OpenEXR cannot be read"),
    (b"#?R", "Radiance HDR cannot be read"),
    (b"farbfeld", "farbfeld cannot be read"),
    (b"\xff\x0a", "JPEG XL cannot be read"),
    (b"\0\0\0\x0cJXL ", "JPEG XL cannot be read"),
    (b"FUJIFILMCCD-RAW", "camera raw files cannot be read: export them as JPEG or TIFF"),
    (b"II\x1a\0\0\0HEAPCCDR", "camera raw files cannot be read: export them as JPEG or TIFF"),
)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture, decoded.

    Attributes
    ----------
    image
        Upright, sRGB, mode RGB. It may be smaller than the picture, and a very long picture
        comes squeezed: whatever is made from it is resized to a size of its own.
    width, height
        Pixels of the upright picture.
    facts
        What EXIF says.
    suffix
        How files of its format end, with a dot; empty if browsers do not show it.
    wants_copy
        Whether browsers need a copy of it.
    """

    image: Image.Image
    width: int
    height: int
    facts: Facts
    suffix: str
    wants_copy: bool


def decode(data: bytes, *, max_pixels: int = MAX_PIXELS, copies: bool = True) -> Decoded:
    """Decode a picture once, no larger than is needed.

    Parameters
    ----------
    data
        The bytes of the file.
    max_pixels
        A picture with more is refused before it is decoded; WebP and JPEG 2000, whose decoders
        take most memory, with more than 3/5 of it.
    copies
        Whether the image must be large enough for a lightbox copy where one is wanted.

    Raises
    ------
    PictureError
        If it cannot be decoded; the message is a reason for people.
    """
    if not data:
        raise PictureError("the file is empty")
    _set_up_pillow()
    if Image.MAX_IMAGE_PIXELS is not None:  # Pillow's own limit, for pictures within pictures
        Image.MAX_IMAGE_PIXELS = max(Image.MAX_IMAGE_PIXELS, max_pixels)
    with decoders_silenced:
        try:
            file = Image.open(io.BytesIO(data), formats=_FORMATS)
            return _decode(file, max_pixels, copies)
        except PictureError:
            raise
        except Image.DecompressionBombError as error:
            raise PictureError(
                f"it has more pixels than the limit of {max_pixels:,}: raise it with --max-pixels"
            ) from error
        except Exception as error:  # decoders raise nearly anything
            raise PictureError(_reason(error, data)) from error


def _decode(file: Image.Image, max_pixels: int, copies: bool) -> Decoded:
    width, height = file.size
    limit = max_pixels * 3 // 5 if file.format in _COSTLY_FORMATS else max_pixels
    if width * height > limit:
        raise PictureError(
            f"it has {width * height:,} pixels ({width} x {height}), more than the limit of "
            f"{limit:,}: raise it with --max-pixels"
        )
    wants_copy = needs_copy(file)
    suffix = SUFFIXES.get(file.format or "", "")
    needed = _needed_size(width, height, copies and wants_copy)
    file.draft(None, needed)
    # A progressive JPEG is held whole, however small its draft.
    held = width * height if "progressive" in file.info else file.width * file.height
    with LARGE if held > _LARGE_PIXELS else contextlib.nullcontext():
        size_before = file.size
        file.load()
        if file.size != size_before:  # TIFF turns itself, ICO finds a larger picture inside
            width, height = file.size
        exif = file.getexif()
        # Reduced before its colours are converted, which takes memory several times.
        steps = (max(1, file.width // needed[0]), max(1, file.height // needed[1]))
        image = to_srgb(_reduced(file, steps))
        facts = read_facts(exif)
        if image is not file:
            file.close()  # its pixels go before another thread's large picture comes
    turn = orientation(exif)
    if turn in _TURNS:
        image = image.transpose(_TURNS[turn])
    if turn >= 5:
        width, height = height, width
    image.info = {}  # no profile, date or place of the file goes into what is made from it
    return Decoded(image, width, height, facts, suffix, wants_copy)


def _needed_size(width: int, height: int, copy: bool) -> tuple[int, int]:
    """Return the smallest (width, height) that the decoded image may have."""
    if not copy:
        return DRAFT_SIDE, DRAFT_SIDE
    scale = COPY_SIDE / max(width, height)
    return max(DRAFT_SIDE, round(width * scale)), max(DRAFT_SIDE, round(height * scale))


def _reduced(image: Image.Image, steps: tuple[int, int]) -> Image.Image:
    """Return the image, each step by step of its pixels averaged to one."""
    if steps == (1, 1):
        return image
    if image.mode in ("1", "P", "PA"):  # modes whose numbers cannot be averaged
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    profile = image.info.get("icc_profile")
    image = image.reduce(steps)
    image.info["icc_profile"] = profile
    return image


@cache
def _set_up_pillow() -> None:
    """Add HEIC to what Pillow knows, and let it give back the memory of large pictures."""
    import pillow_heif

    Image.init()
    pillow_heif.register_heif_opener()
    Image.core.set_block_size(_MEMORY_BLOCK)  # type: ignore[attr-defined]


def _reason(error: Exception, data: bytes) -> str:
    """Say for people why a picture cannot be decoded."""
    start = data[:256].lstrip()
    for magic, reason in _FOREIGNERS:
        if start.startswith(magic):
            return reason
    if isinstance(error, UnidentifiedImageError):
        if not data.strip(b"\0"):
            return "the file holds only zeros"
        if looks_like_picture(data[:MAGIC_BYTES]):
            return "the beginning of the picture is damaged"
        return "this is not a picture that can be read"
    if isinstance(error, MemoryError):
        return "there is not enough memory to decode it"
    message = str(error).strip().split("\n")[0]
    if isinstance(error, EOFError | struct.error) or any(
        word in message.lower() for word in ("truncated", "end of file", "not enough", "only got")
    ):
        return "the file ends early"
    if "unsupported" in message.lower():
        return f"it is of a rare kind that cannot be read ({message})"
    return f"the picture is damaged ({message})" if message else "the picture is damaged"
