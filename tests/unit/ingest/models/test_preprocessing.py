import numpy as np
import pytest
from PIL import Image
from tests.unit.ingest.pictures.encoded import CORNERS, corners

from bilderatlas.ingest.models.preprocessing import Preprocessing


@pytest.mark.parametrize("size", [(96, 64), (2000, 30), (6, 900)])
def test_the_whole_picture_is_squeezed_to_the_input(size: tuple[int, int]) -> None:
    pixels = Preprocessing(height=20, width=40)(corners(*size))
    assert pixels.shape == (20, 40, 3)
    assert pixels.dtype == np.uint8
    seen = pixels[0, 0], pixels[0, -1], pixels[-1, 0], pixels[-1, -1]
    np.testing.assert_allclose(seen, CORNERS, atol=1)


def test_a_solid_colour_stays_that_colour() -> None:
    pixels = Preprocessing(224, 224)(Image.new("RGB", (512, 341), (30, 90, 160)))
    assert (pixels == (30, 90, 160)).all()
