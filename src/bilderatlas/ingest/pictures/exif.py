"""When and where a picture was taken, as far as its EXIF can be believed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

__all__ = ["Facts", "orientation", "read_facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Local time without zone, as cameras write it; degrees, WGS 84; ``None`` where unknown."""

    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


def orientation(exif: Image.Exif) -> int:
    """Return how the pixels are turned, 1…8; 1 (upright) where EXIF says nothing sensible."""
    value = exif.get(ExifTags.Base.Orientation)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def read_facts(exif: Image.Exif) -> Facts:
    """Read the facts; what is garbage counts as not said."""
    capture = _directory(exif, ExifTags.IFD.Exif)
    dates = (
        capture.get(ExifTags.Base.DateTimeOriginal),
        capture.get(ExifTags.Base.DateTimeDigitized),
        exif.get(ExifTags.Base.DateTime),
    )
    taken_at = next((date for text in dates if (date := _date(text))), None)
    place = _directory(exif, ExifTags.IFD.GPSInfo)
    latitude = _degrees(
        place.get(ExifTags.GPS.GPSLatitude), place.get(ExifTags.GPS.GPSLatitudeRef), "S", 90
    )
    longitude = _degrees(
        place.get(ExifTags.GPS.GPSLongitude), place.get(ExifTags.GPS.GPSLongitudeRef), "W", 180
    )
    # One coordinate alone is no place, and 0° 0' is where devices put what they do not know.
    if latitude is None or longitude is None or latitude == longitude == 0:
        return Facts(taken_at, None, None)
    return Facts(taken_at, latitude, longitude)


def _directory(exif: Image.Exif, tag: int) -> dict[int, Any]:
    try:
        return exif.get_ifd(tag)
    except Exception:  # a broken directory raises nearly anything
        return {}


def _date(text: object) -> datetime | None:
    if isinstance(text, bytes):
        text = text.decode("ascii", "replace")
    if not isinstance(text, str):
        return None
    digits = text.strip("\0 ")[:19]
    for pattern in ("%Y:%m:%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(digits, pattern)
        except ValueError:
            continue
    return None


def _degrees(parts: object, reference: object, negative: str, limit: float) -> float | None:
    if not isinstance(parts, tuple) or not 1 <= len(parts) <= 3:
        return None
    try:
        value = sum(float(part) / 60**power for power, part in enumerate(parts))
    except (ArithmeticError, TypeError, ValueError):
        return None
    if isinstance(reference, bytes):
        reference = reference.decode("ascii", "replace")
    if isinstance(reference, str) and reference.strip("\0 ").upper() == negative:
        value = -value
    return value if math.isfinite(value) and abs(value) <= limit else None
