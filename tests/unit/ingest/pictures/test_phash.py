import io

from PIL import Image
from tests.unit.ingest.pictures.encoded import encoded, photograph

from bilderatlas.ingest.pictures.phash import difference_hash


def test_brighter_to_the_right_is_all_ones() -> None:
    ramp = Image.linear_gradient("L").rotate(90)
    assert difference_hash(ramp.convert("RGB")) == 2**64 - 1
    assert difference_hash(ramp.rotate(180).convert("RGB")) == 0


def test_the_first_bit_is_the_upper_left() -> None:
    image = Image.new("RGB", (9, 8))
    image.putpixel((1, 0), (255, 255, 255))
    assert difference_hash(image) == 1 << 63


def test_copies_differ_in_few_bits_and_other_pictures_in_many() -> None:
    image = photograph()
    small = image.resize((100, 75))
    worse = Image.open(io.BytesIO(encoded(image, "JPEG", quality=30)))
    own = difference_hash(image)
    assert (own ^ difference_hash(small)).bit_count() <= 3
    assert (own ^ difference_hash(worse)).bit_count() <= 3
    assert (own ^ difference_hash(photograph(seed=1))).bit_count() > 12
