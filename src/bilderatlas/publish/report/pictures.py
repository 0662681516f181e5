"""Pictures and figures as addresses that hold them: nothing is fetched from anywhere."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

from PIL import Image

from bilderatlas.publish.figures.writing import print_figure
from bilderatlas.publish.report.blocks import Drawing, Tile
from bilderatlas.publish.report.content import Plate, ReportContent

__all__ = ["drawing", "file_name", "tile"]

_SIDE = 240  # pixels: 220 an inch where a picture is printed 28 mm wide
_LARGE = 480
_QUALITY = 76
_DRAWING_QUALITY = 88
_CSS_PIXELS = 96  # an inch
_LONGEST = 60  # letters of a file name


def tile(
    content: ReportContent,
    item: int,
    lines: Sequence[str] = (),
    *,
    marked: bool = False,
    large: bool = False,
) -> Tile:
    """Return a picture of the collection with lines below it."""
    side = _LARGE if large else _SIDE
    image = content.picture(item, side)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return Tile(
        _address(image, _QUALITY),
        *image.size,
        name=file_name(content, item),
        lines=lines,
        marked=marked,
    )


def drawing(plate: Plate, caption: str) -> Drawing:
    """Return a figure, in the size and resolution it was made for."""
    file = io.BytesIO()
    print_figure(plate.figure, file, format="png")
    image = Image.open(file).convert("RGB")
    across, up = (round(inches * _CSS_PIXELS) for inches in plate.figure.get_size_inches())
    return Drawing(_address(image, _DRAWING_QUALITY), across, up, plate.name, caption)


def file_name(content: ReportContent, item: int) -> str:
    """Return the name of an item's file without its folders; of a very long one both ends."""
    uri: str = content.items.column("uri")[item].as_py()
    name = uri.rpartition("/")[2]
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 1 - _LONGEST // 3]}…{name[-(_LONGEST // 3) :]}"


def _address(image: Image.Image, quality: int) -> str:
    file = io.BytesIO()
    image.save(file, "webp", quality=quality, method=4)
    return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"
