"""Pages: textures that hold many thumbnails."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from bilderatlas.publish.site.content import Thumbnails
from bilderatlas.publish.site.folder import SiteFolder, chunks
from bilderatlas.types import Aspect

__all__ = ["T32", "T128", "PageKind", "compose_page", "open_thumbnail", "write_pages"]

PAPER = (246, 242, 234)


@dataclass(frozen=True, slots=True)
class PageKind:
    """How a page is divided and how hard it is compressed.

    ``side`` is that of a slot in pixels, ``across`` the number of slots in a row and in a column.
    """

    side: int
    across: int
    quality: int

    @property
    def slots(self) -> int:
        """Thumbnails on a page."""
        return self.across**2


# Of 2,140 house photographs a page has 64 KB and 135 KB on average. Method 2 takes half the time of
# method 4.
T32 = PageKind(side=32, across=16, quality=79)
T128 = PageKind(side=128, across=8, quality=76)


def write_pages(
    folder: SiteFolder,
    family: str,
    kind: PageKind,
    ids: npt.NDArray[np.int64],
    aspects: npt.NDArray[np.uint8],
    thumbnails: Thumbnails,
    tick: Callable[[], None],
) -> None:
    """Write the pages of ``ids`` in the order given, encoding on all cores.

    Parameters
    ----------
    folder, family
        Where the pages go: ``{family}/{p>>8}/{p}.webp``.
    kind
        `T32` or `T128`.
    ids
        Shape (n,).
    aspects
        Shape (n,), uint8: the aspect code of each item by id.
    thumbnails
        Source of the thumbnails, called in this thread only.
    tick
        Called after each page.
    """
    for number, data in enumerate(_encoded_pages(kind, ids, aspects, thumbnails)):
        folder.write(family, f"{family}/{number >> 8}/{number}.webp", data)
        tick()


def compose_page(
    kind: PageKind, thumbnails: Sequence[bytes], aspects: npt.NDArray[np.uint8]
) -> Image.Image:
    """Return the page of at most ``kind.slots`` thumbnails, row by row.

    The rest of a slot continues the thumbnail's edge, so that the codec's shared colour blocks
    and the viewer's filtering cannot draw another colour into the picture.
    """
    page = np.full((kind.side * kind.across, kind.side * kind.across, 3), PAPER, np.uint8)
    for place, (data, code) in enumerate(zip(thumbnails, aspects, strict=True)):
        picture = np.asarray(open_thumbnail(data, Aspect(int(code)), kind.side))
        height, width = picture.shape[:2]
        top, left = (kind.side * part for part in divmod(place, kind.across))
        slot = page[top : top + kind.side, left : left + kind.side]
        slot[:height, :width] = picture
        slot[:height, width:] = picture[:, -1:]
        slot[height:] = slot[height - 1]
    return Image.fromarray(page)


def open_thumbnail(data: bytes, aspect: Aspect, side: int) -> Image.Image:
    """Decode a thumbnail to exactly the pixels that its aspect has in a slot."""
    picture = Image.open(BytesIO(data)).convert("RGB")
    size = aspect.fit(side)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def _encoded_pages(
    kind: PageKind,
    ids: npt.NDArray[np.int64],
    aspects: npt.NDArray[np.uint8],
    thumbnails: Thumbnails,
) -> Iterator[bytes]:
    """Yield the encoded pages in order, with a few under way at a time."""
    workers = os.cpu_count() or 1
    under_way: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for part in chunks(len(ids), kind.slots):
            members = ids[part]
            pictures = thumbnails(members, kind.side)
            under_way.append(pool.submit(_encoded_page, kind, pictures, aspects[members]))
            if len(under_way) > 2 * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _encoded_page(
    kind: PageKind, thumbnails: Sequence[bytes], aspects: npt.NDArray[np.uint8]
) -> bytes:
    buffer = BytesIO()
    compose_page(kind, thumbnails, aspects).save(buffer, "WEBP", quality=kind.quality, method=2)
    return buffer.getvalue()
