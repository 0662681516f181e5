import numpy as np
import pytest
from PIL import Image
from tests.unit.analysis.duplicates.pictures import photograph, thumbnail

from bilderatlas.analysis.duplicates.plates import (
    LEFT,
    MIRRORED,
    RIGHT,
    TURNS,
    UPSIDE_DOWN,
    band_pass,
    make_plates,
    turned,
)

PILLOWS = {
    MIRRORED: Image.Transpose.FLIP_LEFT_RIGHT,
    UPSIDE_DOWN: Image.Transpose.ROTATE_180,
    LEFT: Image.Transpose.ROTATE_90,
    RIGHT: Image.Transpose.ROTATE_270,
    4: Image.Transpose.TRANSPOSE,
}


@pytest.mark.parametrize("turn", PILLOWS)
def test_a_turned_plate_is_the_plate_of_the_turned_picture(turn: int) -> None:
    image = Image.fromarray(thumbnail(photograph(1)))
    there = make_plates([np.asarray(image.transpose(PILLOWS[turn]))], 32)
    assert turned(make_plates([np.asarray(image)], 32), turn) == pytest.approx(there, abs=0.01)


def test_the_ways_to_turn_a_plate_are_all_different() -> None:
    plate = np.arange(9).reshape(3, 3)
    assert len({turned(plate, turn).tobytes() for turn in range(TURNS)}) == TURNS


def test_a_stretched_picture_has_the_same_plate() -> None:
    image = photograph(1)
    plates = make_plates([thumbnail(image), thumbnail(image.resize((400, 400)))], 32)
    assert np.abs(plates[0] - plates[1]).mean() < 2


def test_a_band_holds_neither_shading_nor_a_plain_level() -> None:
    shading = np.add.outer(np.linspace(0, 100, 64), np.linspace(0, 100, 64)).astype(np.float32)
    assert np.abs(band_pass(shading[None], 0.8, 3.0)[0, 12:-12, 12:-12]).max() < 0.1
