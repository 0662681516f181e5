"""What the first bytes of a file say about it."""

from __future__ import annotations

__all__ = ["MAGIC_BYTES", "looks_like_picture"]

MAGIC_BYTES = 32
"""How many bytes of a file must be looked at."""

_BEGINNINGS = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",  # TIFF and most camera raw files
    b"MM\0*",
    b"II+\0",  # BigTIFF
    b"MM\0+",
    b"\0\0\0\x0cjP  \r\n",  # JPEG 2000
    b"\xff\x4f\xff\x51",
    b"8BPS",  # Photoshop
    b"qoif",
    b"farbfeld",
    b"v/1\x01",  # OpenEXR
    b"#?RADIANCE",
    b"#?RGBE",
    b"\xff\x0a",  # JPEG XL
    b"\0\0\0\x0cJXL \r\n",
    b"FUJIFILMCCD-RAW",
    b"II\x1a\0\0\0HEAPCCDR",  # Canon raw
    b"IIRO",  # Olympus raw
    b"IIU\0",  # Panasonic raw
)
_ISO_BRANDS = frozenset(
    (b"avif", b"avis", b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"crx ")
)


def looks_like_picture(start: bytes) -> bool:
    """Return whether a file that begins with these ``MAGIC_BYTES`` bytes claims to be a picture."""
    if start.startswith(b"RIFF"):
        return start[8:12] == b"WEBP"
    if start[4:8] == b"ftyp":
        return start[8:12] in _ISO_BRANDS
    if start.startswith(b"BM"):  # two letters are little: its reserved bytes must be zero too
        return start[6:10] == b"\0\0\0\0"
    return start.startswith(_BEGINNINGS)
