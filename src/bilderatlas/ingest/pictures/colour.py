"""Any pixels a file may hold, as the sRGB colours a person would see."""

from __future__ import annotations

import io
import math
from functools import lru_cache

from PIL import Image, ImageCms

__all__ = ["to_srgb"]

_WHITE = (255, 255, 255)
_FULL_16_BIT = 65535
# The colour space that a profile must have to make sense for pixels of a mode.
_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK", "LAB": "LAB"}


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the image as opaque sRGB, mode RGB, of the same size.

    Deep greys are scaled and not clipped, embedded ICC profiles are followed (a broken or
    unsuitable one is ignored), and what is transparent is white.
    """
    profile = image.info.get("icc_profile")
    alpha = None
    if image.mode.startswith(("I", "F")):
        image = _scaled_to_8_bit(image)
    elif image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    elif image.mode not in _SPACES:
        image = image.convert("L" if image.mode == "1" else "RGB")
    if (image.mode == "LAB" or profile) and (
        transform := _transform_to_srgb(profile if isinstance(profile, bytes) else b"", image.mode)
    ):
        colours = ImageCms.applyTransform(image, transform) or image
    else:
        colours = image if image.mode == "RGB" else image.convert("RGB")
    if alpha is None:
        return colours
    canvas = Image.new("RGB", image.size, _WHITE)
    canvas.paste(colours, mask=alpha)
    return canvas


def _scaled_to_8_bit(image: Image.Image) -> Image.Image:
    """Return a deep grey image as 8-bit grey, its whole range kept."""
    if image.mode not in ("I", "I;16", "F"):  # the other orders of bytes
        image = image.convert("I")
    black, white = 0.0, float(_FULL_16_BIT)
    if image.mode == "F":
        white = 1.0  # light, unless the values say otherwise
    darkest, lightest = (_number(value) for value in image.getextrema())
    if darkest < black or lightest > white:
        black, white = (0.0, 255.0) if darkest >= 0 and lightest <= 255 else (darkest, lightest)
    gain = 255 / (white - black) if white > black else 0.0
    if image.mode == "I;16":
        # A 16-bit image stays one while it is scaled, so that half a step is added to round it.
        return image.point(lambda value: value * gain + 0.5).convert("L")
    return image.convert("F").point(lambda value: value * gain + (0.5 - black * gain)).convert("L")


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and math.isfinite(value) else 0.0


@lru_cache(maxsize=16)
def _transform_to_srgb(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the way from the profile to sRGB, or ``None`` if there is none or no need."""
    try:
        if profile:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            space = source.profile.xcolor_space.strip().upper()
            if "sRGB" in ImageCms.getProfileDescription(source):
                return None
        else:
            source, space = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "LAB"
        if space != _SPACES[mode]:
            return None
        return ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
