import pytest
from PIL import Image

from bilderatlas.ingest.pictures.tone import measure_tone


@pytest.mark.parametrize(
    ("colour", "brightness"),
    [((0, 0, 0), 0), ((255, 255, 255), 1), ((128, 128, 128), 0.5), ((0, 255, 0), 0.587)],
)
def test_a_plain_picture_has_the_brightness_of_its_colour_and_no_contrast(
    colour: tuple[int, int, int], brightness: float
) -> None:
    measured = measure_tone(Image.new("RGB", (128, 96), colour))
    assert measured == pytest.approx((brightness, 0), abs=0.003)


def test_half_black_half_white_is_all_the_contrast_there_is() -> None:
    image = Image.new("RGB", (128, 96))
    image.paste((255, 255, 255), (64, 0, 128, 96))
    assert measure_tone(image) == (0.5, 0.5)
