"""Pictures in a terminal: by one of the two common protocols, else in coloured half blocks."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping

from PIL import Image

__all__ = ["COLUMNS", "ROWS", "Drawing", "find_drawing", "half_blocks", "iterm", "kitty"]

COLUMNS = 16
ROWS = 6
"""Room for a picture, in character cells; a cell is about twice as high as wide."""

Drawing = Callable[[bytes], list[str]]
"""From a JPEG picture to ``ROWS`` lines, each leaving the cursor ``COLUMNS`` to the right."""

_PAYLOAD = 4096  # bytes in one escape sequence of the kitty protocol
_FORWARD = f"\x1b[{COLUMNS}C"


def find_drawing(environment: Mapping[str, str]) -> Drawing | None:
    """Return how the terminal that has set these variables draws pictures; ``None`` if it cannot.

    What only an answer of the terminal would tell (sixel) is not asked for, since whoever does not
    answer would keep the command waiting.
    """
    terminal, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if "NO_COLOR" in environment or terminal == "dumb":
        return None
    if not ("TMUX" in environment or terminal.startswith("screen")):  # these pass no pictures on
        if terminal in ("xterm-kitty", "xterm-ghostty") or "KITTY_WINDOW_ID" in environment:
            return kitty
        if program in ("iTerm.app", "WezTerm") or environment.get("LC_TERMINAL") == "iTerm2":
            return iterm
    return half_blocks if environment.get("COLORTERM") in ("truecolor", "24bit") else None


def kitty(picture: bytes) -> list[str]:
    """Draw by the kitty graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol)."""
    with Image.open(io.BytesIO(picture)) as image:
        columns, rows = _cells(image)
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
    code = base64.standard_b64encode(buffer.getvalue()).decode("ascii")
    parts = [code[at : at + _PAYLOAD] for at in range(0, len(code), _PAYLOAD)]
    # a=T: send and show; f=100: PNG; q=2: no answers; C=1: the cursor stays.
    keys = f"a=T,f=100,q=2,C=1,c={columns},r={rows},"
    sent = [
        f"\x1b_G{keys if at == 0 else ''}m={int(at < len(parts) - 1)};{part}\x1b\\"
        for at, part in enumerate(parts)
    ]
    return _beside("".join(sent))


def iterm(picture: bytes) -> list[str]:
    """Draw by iTerm2's inline images (iterm2.com/documentation-images.html)."""
    code = base64.standard_b64encode(picture).decode("ascii")
    size = f"width={COLUMNS - 1};height={ROWS};preserveAspectRatio=1"
    return _beside(f"\x1b]1337;File=inline=1;size={len(picture)};{size}:{code}\a")


def half_blocks(picture: bytes) -> list[str]:
    """Draw with the upper half block, two pixels to a cell, in 24 bit colour."""
    with Image.open(io.BytesIO(picture)) as image:
        columns, rows = _cells(image)
        pixels = image.convert("RGB").resize((columns, 2 * rows), Image.Resampling.BOX).load()
    assert pixels is not None, "an image that was resized is loaded"
    lines = []
    for row in range(rows):
        cells = (
            "\x1b[38;2;{};{};{};48;2;{};{};{}m▀".format(
                *pixels[x, 2 * row], *pixels[x, 2 * row + 1]
            )  # type: ignore[misc]
            for x in range(columns)
        )
        lines.append("".join(cells) + "\x1b[0m" + " " * (COLUMNS - columns))
    return [*lines, *[" " * COLUMNS] * (ROWS - rows)]


def _cells(image: Image.Image) -> tuple[int, int]:
    """Return how many columns and rows the image takes, with a column left free beside it."""
    width, height = image.size
    scale = min((COLUMNS - 1) / width, 2 * ROWS / height)
    return max(1, round(width * scale)), max(1, round(height * scale / 2))


def _beside(sequence: str) -> list[str]:
    """Draw and return to the upper left corner, so that text can go to the right."""
    # The screen scrolls first, or a picture at its lower edge would be cut.
    make_room = "\n" * (ROWS - 1) + f"\x1b[{ROWS - 1}A"
    first = f"{make_room}\r\x1b7{sequence}\x1b8{_FORWARD}"
    return [first, *[_FORWARD] * (ROWS - 1)]
