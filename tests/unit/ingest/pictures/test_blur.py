import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from bilderatlas.ingest.pictures.blur import blur, decode_bc1, encode_bc1
from bilderatlas.types import BLUR_BYTES, Aspect

colours = st.tuples(*[st.integers(0, 255)] * 3)


def test_a_known_block_is_laid_out_as_the_specification_says() -> None:
    texels = np.zeros((4, 4, 3), dtype=np.uint8)
    texels[0, 1] = 255  # the second texel of the first row: bits 2 and 3
    block = encode_bc1(texels)
    assert block[:4] == b"\xff\xff\x00\x00"  # white, the larger end point, first
    assert int.from_bytes(block[4:], "little") == 0x55555555 & ~(0b11 << 2)


@given(colours)
def test_a_solid_block_is_as_close_as_565_allows(colour: tuple[int, int, int]) -> None:
    texels = np.full((4, 4, 3), colour, dtype=np.uint8)
    error = np.abs(decode_bc1(encode_bc1(texels)).astype(int) - texels)
    assert (error.max(axis=(0, 1)) <= (5, 3, 5)).all()


@given(colours, colours, arrays(np.uint8, 16, elements=st.integers(0, 3)))
def test_colours_on_a_line_survive(
    one: tuple[int, int, int], other: tuple[int, int, int], steps: npt.NDArray[np.uint8]
) -> None:
    steps = steps.copy()
    steps[:2] = 0, 3  # both ends are there
    line = np.array(one) + steps[:, None] / 3 * np.subtract(other, one)
    texels = line.round().astype(np.uint8).reshape(4, 4, 3)
    error = np.abs(decode_bc1(encode_bc1(texels)).astype(int) - texels)
    assert error.max() <= 10


@given(arrays(np.uint8, (4, 4, 3)))
def test_any_block_is_in_the_mode_of_four_colours(texels: npt.NDArray[np.uint8]) -> None:
    block = encode_bc1(texels)
    first, second = int.from_bytes(block[:2], "little"), int.from_bytes(block[2:4], "little")
    assert len(block) == 8
    assert first > second or block[4:] == b"\0\0\0\0"


def test_the_aspect_code_follows_the_block() -> None:
    result = blur(Image.new("RGB", (300, 150), (30, 90, 160)), Aspect.of(300, 150))
    assert len(result) == BLUR_BYTES
    assert result[8] == 160
    assert np.abs(decode_bc1(result).astype(int) - (30, 90, 160)).max() <= 5
