"""The poster."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image
from tests.unit.publish.site.collection import solid

from bilderatlas.publish.site.order import Arrangement, arrange
from bilderatlas.publish.site.pages import PAPER
from bilderatlas.publish.site.poster import POSTER_BYTES, POSTER_SIZE, draw_poster, make_poster
from bilderatlas.types import Layout

SQUARE = np.full(2000, 128, np.uint8)


def a_map(positions: npt.ArrayLike, priority: npt.ArrayLike) -> Arrangement:
    layout = Layout("tsne", "tsne", np.asarray(positions, np.float32))
    return arrange(layout, np.asarray(priority, np.float32), 1.0)


def reds(ids: npt.NDArray[np.int64], side: int) -> list[bytes]:
    return [solid((200, 0, int(item)), (side, side)) for item in ids]


def test_each_picture_stands_where_the_map_has_it_and_the_foremost_is_on_top() -> None:
    made = a_map([[0, 1], [0, 1], [1, 0]], [1, 5, 0])
    poster = np.asarray(draw_poster(made, SQUARE, reds, 1.0)).astype(int)
    seen = {item: np.argwhere((poster == (200, 0, item)).all(axis=2)) for item in range(3)}
    assert not len(seen[0])
    (top, left), (bottom, right) = seen[1].mean(axis=0), seen[2].mean(axis=0)
    assert top < 100
    assert bottom > 530
    assert left < 400
    assert right > 800


def test_pictures_lie_side_by_side_on_paper() -> None:
    rng = np.random.default_rng(0)
    made = a_map(rng.random((2000, 2)), rng.random(2000))
    poster = np.asarray(draw_poster(made, SQUARE, reds, 1.0))
    inked = (poster != PAPER).any(axis=2)
    assert 0.35 < inked.mean() < 0.55  # a square on a poster twice as wide
    assert not inked[:10].any()
    assert not inked[:, :10].any()


def test_the_poster_of_the_busiest_pictures_stays_within_its_bytes() -> None:
    rng = np.random.default_rng(0)

    buffer = BytesIO()
    values = rng.integers(0, 256, (128, 128, 3), dtype=np.uint8)
    Image.fromarray(values).save(buffer, "WEBP", quality=90, method=0)

    def noise(ids: npt.NDArray[np.int64], side: int) -> list[bytes]:
        return [buffer.getvalue()] * len(ids)

    made = a_map(rng.random((2000, 2)) * (1.9, 1), rng.random(2000))
    data = make_poster(made, SQUARE, noise, 1.0)
    assert len(data) <= POSTER_BYTES
    with Image.open(BytesIO(data)) as poster:
        assert poster.size == POSTER_SIZE


def test_a_map_without_pictures_is_paper() -> None:
    poster = np.asarray(draw_poster(a_map(np.zeros((0, 2)), []), SQUARE, reds, 1.0))
    assert (poster == PAPER).all()
