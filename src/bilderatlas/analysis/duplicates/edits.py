"""What sets a copy apart from the best one, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.duplicates.copies import Copies, Look
from bilderatlas.analysis.duplicates.plates import LEFT, MIRRORED, RIGHT, UPSIDE_DOWN
from bilderatlas.analysis.duplicates.registration import LIKELY, cut_out, laid, place, refine

__all__ = ["edits"]

_TURNS = {
    MIRRORED: "mirrored",
    2: "mirrored, upside down",
    UPSIDE_DOWN: "upside down",
    4: "mirrored, turned left",
    RIGHT: "turned right",
    LEFT: "turned left",
    7: "mirrored, turned right",
}
_REVERSED = {RIGHT: LEFT, LEFT: RIGHT}

_WHOLE = 0.97  # of the area
_EQUAL = 0.9  # of the pixels that show the same
_STRETCHED = 1.04
_LIGHTER = 8.0  # grey levels


@dataclass(frozen=True, slots=True)
class _Relation:
    """How the best copy became another: turned, so many grey levels lighter, and which part of it.

    ``kept`` is the width and height of the best that are left, ``filled`` those of the other that
    they fill, in 0…1.
    """

    turn: int
    lighter: float
    kept: tuple[float, float]
    filled: tuple[float, float]


def edits(plates: npt.NDArray[np.uint8], copies: Copies, looks: Sequence[Look]) -> list[str]:
    """Say for each copy of a picture what was done to the best one to make it.

    Parameters
    ----------
    plates
        Of the m copies, the best first, shape (m, PLACING_SIDE, PLACING_SIDE), uint8.
    copies, looks
        Of the same m copies.

    Returns
    -------
    list of str
        As in ``mirrored`` or ``cropped, smaller``; empty for the best. ``edited`` means more than
        these words can tell.
    """
    said = [""]
    for other, relation in enumerate(_relations(plates), start=1):
        words = [] if relation else ["edited"]
        if relation:
            words += _frame_words(relation, bordered=looks[other].inside < 1)
            words += _size_words(relation, copies, other)
        if looks[other].grey != looks[0].grey:
            words.append("greyscale" if looks[other].grey else "in colour")
        elif relation and abs(relation.lighter) > _LIGHTER:
            words.append("brighter" if relation.lighter > 0 else "darker")
        said.append(", ".join(words) or "encoded anew")
    return said


def _relations(plates: npt.NDArray[np.uint8]) -> list[_Relation | None]:
    """Return how each of the plates but the first came from the first, where that can be seen."""
    others = np.arange(1, len(plates))
    pairs = np.stack([np.zeros_like(others), others], 1)
    placement = place(plates, pairs)
    outer, inner = laid(plates.astype(np.float32), pairs, placement)
    window = refine(outer, inner, placement.window)
    light = inner.mean((1, 2)) - cut_out(outer, window).mean((1, 2))
    found: list[_Relation | None] = []
    for row in range(len(others)):
        turn, sides = int(placement.turn[row]), (float(window[row, 2]), float(window[row, 3]))
        if placement.likeness[row] < LIKELY:
            found.append(None)
        elif placement.swapped[row]:  # the best lies in the other, turned as it was turned
            found.append(_Relation(turn, -float(light[row]), (1, 1), sides))
        else:
            turn = _REVERSED.get(turn, turn)
            found.append(_Relation(turn, float(light[row]), sides, (1, 1)))
    return found


def _frame_words(relation: _Relation, *, bordered: bool) -> list[str]:
    words = [_TURNS[relation.turn]] if relation.turn else []
    if np.prod(relation.kept) < _WHOLE:
        words.append("cropped")
    if np.prod(relation.filled) < _WHOLE:
        words.append("with a border" if bordered else "shows more")
    return words


def _size_words(relation: _Relation, copies: Copies, other: int) -> list[str]:
    width, height = copies.width[0] * relation.kept[0], copies.height[0] * relation.kept[1]
    new_width = copies.width[other] * relation.filled[0]
    new_height = copies.height[other] * relation.filled[1]
    if relation.turn & 4:
        width, height = height, width
    words = []
    if new_width * new_height < _EQUAL * width * height:
        words.append("smaller")
    elif width * height < _EQUAL * new_width * new_height:
        words.append("larger")
    stretch = (new_width / new_height) / (width / height)
    if max(stretch, 1 / stretch) > _STRETCHED:
        words.append("stretched")
    return words
