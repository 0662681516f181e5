import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.analysis.duplicates.pictures import photograph, thumbnail

from bilderatlas.analysis.duplicates.candidates import graph_pairs, hash_pairs, plate_hashes
from bilderatlas.analysis.duplicates.plates import TURNS, make_plates, turned
from bilderatlas.types import Neighbours


def some_plates(n: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
    return make_plates([thumbnail(photograph(seed)) for seed in range(n)], 32)


def test_each_turn_of_a_plate_has_the_hash_that_the_turned_plate_has() -> None:
    plates = some_plates(3)
    hashes = plate_hashes(plates)
    for turn in range(TURNS):
        assert plate_hashes(turned(plates, turn))[0].tolist() == hashes[turn].tolist()


def test_a_picture_meets_its_turned_copies_and_nobody_else() -> None:
    plates = some_plates(6)
    plates = np.concatenate([plates, turned(plates[:1], 1), turned(plates[1:2], 6)])
    assert hash_pairs(plate_hashes(plates)).tolist() == [[0, 6], [1, 7]]


@settings(max_examples=25)
@given(seed=st.integers(0, 1000), flips=st.sets(st.integers(0, 63), max_size=3))
def test_hashes_that_differ_in_three_bits_meet_among_many(seed: int, flips: set[int]) -> None:
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 2**63, (TURNS, 200), dtype=np.uint64) * np.uint64(2)
    copy = hashes[0, 17] ^ np.uint64(sum(1 << flip for flip in flips))
    hashes[0, 150] = copy
    assert [17, 150] in hash_pairs(hashes).tolist()


def test_a_thousand_equal_hashes_make_few_pairs_that_hold_together() -> None:
    hashes = np.full((TURNS, 1000), 12345, np.uint64)
    pairs = hash_pairs(hashes)
    assert len(pairs) < 50_000
    assert set(pairs.ravel().tolist()) == set(range(1000))


def test_a_pair_of_neighbours_is_named_once_lower_first() -> None:
    ids = np.array([[2, 1], [0, -1], [0, 1]], np.int32)
    neighbours = Neighbours(ids, np.zeros(ids.shape, np.float32))
    assert graph_pairs(neighbours).tolist() == [[0, 1], [0, 2], [1, 2]]


def test_no_pictures_make_no_pairs() -> None:
    assert hash_pairs(np.empty((TURNS, 0), np.uint64)).shape == (0, 2)
    assert hash_pairs(np.zeros((TURNS, 1), np.uint64)).shape == (0, 2)
