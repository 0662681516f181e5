"""Pages of thumbnails."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.publish.site.collection import colour, shape, solid, thumbnails

from bilderatlas.publish.site.folder import SiteFolder
from bilderatlas.publish.site.pages import T32, T128, PageKind, compose_page, write_pages
from bilderatlas.types import Aspect

ASPECTS = np.array([Aspect.of(*shape(item)).code for item in range(600)], np.uint8)


@pytest.mark.parametrize("kind", [T32, T128])
def test_each_thumbnail_fills_its_rectangle_exactly(kind: PageKind) -> None:
    ids = np.arange(kind.slots - 3)
    page = np.asarray(compose_page(kind, thumbnails(ids, kind.side), ASPECTS[ids]))
    for item in ids.tolist():
        row, column = divmod(item, kind.across)
        width, height = Aspect(int(ASPECTS[item])).fit(kind.side)
        top, left = row * kind.side, column * kind.side
        corner = page[top : top + height, left : left + width]
        assert (corner == colour(item)).all()


def test_the_rest_of_a_slot_continues_the_picture() -> None:
    picture = Image.new("RGB", (32, 16), (200, 0, 0))
    picture.paste((0, 0, 200), (0, 15, 32, 16))
    buffer = BytesIO()
    picture.save(buffer, "WEBP", lossless=True)
    page = compose_page(T32, [buffer.getvalue()], np.array([160], np.uint8))
    assert page.getpixel((5, 31)) == (0, 0, 200)


def test_a_thumbnail_of_a_wrong_size_is_brought_to_its_own() -> None:
    page = np.asarray(
        compose_page(T128, [solid((9, 90, 200), (60, 50))], np.array([160], np.uint8))
    )
    assert (page[:64, :128] == (9, 90, 200)).all()


def test_pages_come_in_order_and_ask_for_a_page_of_thumbnails_at_a_time(tmp_path: Path) -> None:
    ids = np.random.default_rng(0).permutation(200)
    asked: list[list[int]] = []
    ticks: list[int] = []

    def noted(batch: np.ndarray[tuple[int], np.dtype[np.int64]], side: int) -> list[bytes]:
        asked.append(batch.tolist())
        return list(thumbnails(batch, side))

    folder = SiteFolder(tmp_path / "site")
    write_pages(folder, "t128", T128, ids, ASPECTS, noted, lambda: ticks.append(1))
    assert [item for batch in asked for item in batch] == ids.tolist()
    assert max(len(batch) for batch in asked) == 64
    assert len(ticks) == 4
    for number in range(4):
        with Image.open(folder.path / f"t128/0/{number}.webp") as page:
            first = np.asarray(page.convert("RGB"))[4, 4].astype(int)
        assert np.abs(first - colour(int(ids[64 * number]))).max() <= 8
