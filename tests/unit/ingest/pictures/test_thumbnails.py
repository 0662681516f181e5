import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.ingest.pictures.encoded import photograph

from bilderatlas.ingest.pictures.thumbnails import encode_thumbnail, thumbnails
from bilderatlas.types import Aspect


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (400, 300), (3000, 20)])
def test_a_solid_colour_comes_back_in_both_thumbnails(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (30, 90, 160))
    for thumbnail in thumbnails(image, Aspect.of(*size)):
        stored = Image.open(io.BytesIO(encode_thumbnail(thumbnail)))
        assert stored.format == "JPEG"
        assert np.abs(np.asarray(stored, dtype=int) - (30, 90, 160)).max() <= 2


@settings(max_examples=40, deadline=None)
@given(width=st.integers(1, 700), height=st.integers(1, 700))
def test_thumbnails_have_exactly_the_size_that_the_aspect_gives(width: int, height: int) -> None:
    aspect = Aspect.of(width, height)
    t32, t128 = thumbnails(Image.new("RGB", (width, height)), aspect)
    assert (t32.size, t128.size) == (aspect.fit(32), aspect.fit(128))


def test_thumbnails_look_like_a_careful_reduction() -> None:
    image = photograph(500, 370)
    aspect = Aspect.of(500, 370)
    careful = image.resize(aspect.fit(128), Image.Resampling.LANCZOS)
    stored = Image.open(io.BytesIO(encode_thumbnail(thumbnails(image, aspect)[1])))
    difference = np.asarray(stored, dtype=float) - np.asarray(careful, dtype=float)
    assert np.sqrt((difference**2).mean()) < 4
