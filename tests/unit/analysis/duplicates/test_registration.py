import numpy as np
import pytest
from PIL import Image
from tests.unit.analysis.duplicates.pictures import photograph, thumbnail

from bilderatlas.analysis.duplicates.plates import LEFT, make_plates
from bilderatlas.analysis.duplicates.registration import LIKELY, laid, place, refine
from bilderatlas.types import Float32Array


def plates_of(*images: Image.Image) -> Float32Array:
    return make_plates([thumbnail(image) for image in images], 32)


def test_a_crop_is_placed_and_fitted_where_it_was_cut_out() -> None:
    whole = photograph(1)
    crop = whole.crop((30, 12, 470, 300))
    plates = plates_of(whole, crop, crop.transpose(Image.Transpose.ROTATE_270))
    pairs = np.array([[0, 1], [1, 0], [0, 2]])
    placement = place(plates.round().clip(0, 255).astype(np.uint8), pairs)
    assert (placement.likeness > LIKELY).all()
    assert placement.swapped.tolist() == [False, True, False]
    assert placement.turn.tolist() == [0, 0, LEFT]
    window = refine(*laid(plates, pairs, placement), placement.window)
    cut = [30 / 480, 12 / 320, 440 / 480, 288 / 320]
    assert window == pytest.approx(np.array([cut] * 3), abs=0.006)


def test_other_pictures_are_not_likely() -> None:
    plates = plates_of(*(photograph(seed) for seed in range(6)))
    pairs = np.stack(np.triu_indices(6, 1), 1)
    placement = place(plates.round().clip(0, 255).astype(np.uint8), pairs)
    assert (placement.likeness < LIKELY).all()


def test_plain_plates_are_fitted_without_trouble() -> None:
    plain = np.full((1, 32, 32), 128, np.float32)
    whole = np.array([[0, 0, 1, 1]], np.float32)
    assert refine(plain, plain, whole) == pytest.approx(whole)
    assert place(plain.repeat(2, 0).astype(np.uint8), np.array([[0, 1]])).likeness[0] < LIKELY
