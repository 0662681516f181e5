from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bilderatlas.analysis.duplicates import find_duplicates
from bilderatlas.analysis.neighbours import nearest

TELLING = 0x00FF_0F0F_3333_5555


def found(keys: str, hashes: list[int], vectors: npt.NDArray[Any]) -> list[tuple[str, list[int]]]:
    """Return (kind, members) of each group; each letter of ``keys`` is a key."""
    groups = find_duplicates(list(keys), np.array(hashes, np.uint64), nearest(vectors, 10))
    return [(group.kind, group.members.tolist()) for group in groups]


def flipped(bits: int) -> int:
    return TELLING ^ ((1 << bits) - 1)


def test_the_same_bytes_are_an_exact_duplicate_whatever_else_differs() -> None:
    assert found("abcab", [0, 1, 2, 3, 4], np.eye(5)) == [("exact", [0, 3]), ("exact", [1, 4])]


def test_a_picture_saved_again_is_the_same_picture() -> None:
    vectors = np.array([[1, 0.1], [1, 0], [-1, 0.5]])
    assert found("abc", [TELLING, flipped(3), TELLING], vectors) == [("same", [0, 1])]


def test_a_look_alike_is_no_duplicate() -> None:
    assert found("ab", [TELLING, flipped(4)], np.ones((2, 4))) == []
    assert found("ab", [TELLING, TELLING], np.array([[1, 0.6], [1, 0]])) == []


@pytest.mark.parametrize("row", [0b0000_0000, 0b1111_1111, 0b0110_1001])
def test_plain_and_striped_pictures_are_duplicates_only_by_their_bytes(row: int) -> None:
    hash_ = int.from_bytes(bytes([row] * 8))
    assert found("abca", [hash_, hash_, hash_ ^ 0b11, hash_], np.ones((4, 4))) == [
        ("exact", [0, 3])
    ]


def test_copies_and_their_edits_are_one_group() -> None:
    vectors = np.vstack([np.ones((3, 3)), -np.ones((1, 3))])
    hashes = [TELLING, TELLING, flipped(2), TELLING]
    assert found("aabc", hashes, vectors) == [("same", [0, 1, 2])]


def test_a_chain_of_edits_holds_together_link_by_link() -> None:
    hashes = [TELLING, flipped(3), flipped(6), flipped(12)]
    assert found("abcd", hashes, np.ones((4, 3))) == [("same", [0, 1, 2])]


def test_a_hundred_copies_are_one_group_though_the_graph_shows_but_ten() -> None:
    ((kind, members),) = found("a" * 100, [TELLING] * 100, np.ones((100, 3)))
    assert kind == "exact"
    assert members == list(range(100))


def test_no_pictures_have_no_duplicates() -> None:
    assert found("", [], np.empty((0, 3))) == []
    assert found("a", [TELLING], np.ones((1, 3))) == []
