"""Pictures in terminals."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image
from tests.unit.publish.tables.books import thumbnail

from bilderatlas.publish.tables.graphics import (
    COLUMNS,
    ROWS,
    find_drawing,
    half_blocks,
    iterm,
    kitty,
)  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "drawing"),
    [
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor"}, kitty),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, kitty),
        ({"TERM_PROGRAM": "iTerm.app", "COLORTERM": "truecolor"}, iterm),
        ({"TERM_PROGRAM": "WezTerm"}, iterm),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, half_blocks),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux", "COLORTERM": "24bit"}, half_blocks),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, None),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, None),
    ],
)
def test_a_terminal_is_drawn_on_as_it_can_be(environment: dict[str, str], drawing: object) -> None:
    assert find_drawing(environment) is drawing


def test_half_blocks_show_the_colours_and_keep_the_width() -> None:
    lines = half_blocks(thumbnail(0, (128, 64)))
    assert len(lines) == ROWS
    assert [len(re.sub("\x1b\\[[^m]*m", "", line)) for line in lines] == [COLUMNS] * ROWS
    red, green, blue = (int(n) for n in re.findall(r"38;2;(\d+);(\d+);(\d+);", lines[0])[0])
    assert red > 240 > 15 > max(green, blue)


@pytest.mark.parametrize("size", [(128, 1), (1, 128), (128, 128), (128, 43)])
def test_no_picture_is_larger_than_its_room(size: tuple[int, int]) -> None:
    lines = half_blocks(thumbnail(1, size))
    assert len(lines) == ROWS
    assert all(line.count("▀") < COLUMNS for line in lines)
    assert "▀" in lines[0]


def test_kitty_is_sent_the_whole_picture_in_pieces_it_takes() -> None:
    noise = Image.effect_noise((128, 96), 100).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG")
    lines = kitty(buffer.getvalue())
    assert len(lines) == ROWS
    pieces = re.findall("\x1b_G([^;]*);([^\x1b]*)\x1b\\\\", lines[0])
    assert len(pieces) > 1
    assert all(len(code) <= 4096 for _, code in pieces)
    assert ["m=1" in keys for keys, _ in pieces] == [True] * (len(pieces) - 1) + [False]
    sent = Image.open(io.BytesIO(base64.b64decode("".join(code for _, code in pieces))))
    assert (sent.format, sent.size) == ("PNG", (128, 96))


def test_iterm_is_sent_the_picture_as_it_is() -> None:
    code = re.search("File=inline=1;size=([0-9]+);[^:]*:([^\a]*)\a", iterm(thumbnail(2))[0])
    assert code is not None
    assert base64.b64decode(code[2]) == thumbnail(2)
    assert int(code[1]) == len(thumbnail(2))
