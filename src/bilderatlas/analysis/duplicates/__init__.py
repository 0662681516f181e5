"""Duplicates, which are one picture several times; and look-alikes, which are something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from bilderatlas.analysis.duplicates.candidates import (
    Pairs,
    graph_pairs,
    hash_pairs,
    plate_hashes,
)
from bilderatlas.analysis.duplicates.comparison import Thumbnails, compare
from bilderatlas.analysis.duplicates.copies import Copies, best_first, look_at
from bilderatlas.analysis.duplicates.edits import edits
from bilderatlas.analysis.duplicates.groups import Groups
from bilderatlas.analysis.duplicates.look_alikes import LOOK_ALIKE, find_look_alikes
from bilderatlas.analysis.duplicates.plates import make_plates
from bilderatlas.analysis.duplicates.registration import LIKELY, PLACING_SIDE, place
from bilderatlas.types import DuplicateGroup, LookAlikes, Neighbours

__all__ = ["LOOK_ALIKE", "Copies", "Thumbnails", "find_duplicates"]

_PLAIN = 5.0  # grey levels, standard deviation

_BLOCK = 1024  # thumbnails read at a time
_ROUND = 256  # pairs compared before the next are looked through for what is joined already


def find_duplicates(
    keys: Sequence[str],
    neighbours: Neighbours,
    thumbnails: Thumbnails,
    copies: Copies,
    *,
    look_alike: float = LOOK_ALIKE,
) -> tuple[list[DuplicateGroup], LookAlikes]:
    """Find the items that show the same picture, and those that show the same thing.

    Two items are the same picture if their bytes are the same, or if one shows, all over, what the
    other shows or a part of it: encoded anew, resized, stretched, brightened, made grey, mirrored,
    turned by quarters, cropped or bordered as long as four fifths of each side are left. Candidates
    are the nearest neighbours and the pictures of like difference hash, in all ways to turn them;
    each is then laid on the other and compared pixel by pixel. Pictures that show next to nothing
    are duplicates by their bytes only.

    Parameters
    ----------
    keys
        Content hash of each of n items.
    neighbours
        The graph of the n items.
    thumbnails
        Gives the thumbnails of items; only those asked for are held in memory.
    copies
        What is known of the n items as files.
    look_alike
        Cosine similarity from which on two different pictures are look-alikes.

    Returns
    -------
    groups
        Items joined by such pairs, directly or by way of others of the group; in order of their
        lowest id. A group is ``exact`` if all its members have the same bytes.
    look_alikes
        Different pictures, each represented by its best copy.
    """
    n = len(keys)
    first: dict[str, int] = {}
    original = np.array([first.setdefault(key, item) for item, key in enumerate(keys)], np.int64)
    groups = Groups(n)
    for item in np.flatnonzero(original != np.arange(n)):
        groups.join(int(original[item]), int(item))
    # The products are so small that a second thread of BLAS makes them up to forty times as slow.
    with threadpool_limits(1, user_api="blas"):
        plates = _plates(np.unique(original), n, thumbnails)
        pairs = _candidates(plates, original, neighbours)
        _join_same_pictures(groups, pairs, plates, thumbnails)
        found = [
            _group(members, original, plates, thumbnails(original[members]), copies)
            for members in groups.members()
        ]
    picture = np.arange(n)
    for group in found:
        picture[group.members] = group.members[0]
    plain = np.zeros(n, bool)
    for items in _blocks(np.arange(n)):
        plain[items] = plates[original[items]].std((1, 2)) < _PLAIN
    return found, find_look_alikes(neighbours, picture, plain, look_alike)


def _plates(ids: npt.NDArray[np.int64], n: int, thumbnails: Thumbnails) -> npt.NDArray[np.uint8]:
    """Return the plates of some of the n items; those of others are black."""
    plates = np.zeros((n, PLACING_SIDE, PLACING_SIDE), np.uint8)
    for some in _blocks(ids):
        plates[some] = np.clip(np.rint(make_plates(thumbnails(some), PLACING_SIDE)), 0, 255)
    return plates


def _candidates(
    plates: npt.NDArray[np.uint8], original: npt.NDArray[np.int64], neighbours: Neighbours
) -> Pairs:
    """Return the pairs worth comparing, each once, copies of one file represented by the first."""
    ids = np.unique(original)
    hashes = [plate_hashes(plates[some].astype(np.float32)) for some in _blocks(ids)]
    alike = ids[hash_pairs(np.concatenate(hashes, axis=1))] if hashes else np.empty((0, 2), int)
    near = np.sort(original[graph_pairs(neighbours)], axis=1)
    return np.unique(np.concatenate([alike, near[near[:, 0] < near[:, 1]]]), axis=0)


def _join_same_pictures(
    groups: Groups, pairs: Pairs, plates: npt.NDArray[np.uint8], thumbnails: Thumbnails
) -> None:
    """Compare the likely pairs, most alike first, unless they are joined already."""
    placement = place(plates, pairs)
    likely = np.argsort(-placement.likeness, kind="stable")
    likely = likely[placement.likeness[likely] >= LIKELY]
    for start in range(0, len(likely), _ROUND):
        some = likely[start : start + _ROUND]
        roots = groups.roots()
        some = some[roots[pairs[some, 0]] != roots[pairs[some, 1]]]
        if len(some):
            same = compare(pairs[some], placement[some], thumbnails)
            for one, other in pairs[some[same]]:
                groups.join(int(one), int(other))


def _group(
    members: npt.NDArray[np.int64],
    original: npt.NDArray[np.int64],
    plates: npt.NDArray[np.uint8],
    pictures: Sequence[npt.NDArray[np.uint8]],
    copies: Copies,
) -> DuplicateGroup:
    looks = [look_at(picture) for picture in pictures]
    order = best_first(copies[members], looks)
    members = members[order]
    files = original[members]
    words = edits(plates[files], copies[members], [looks[row] for row in order])
    same_bytes = (files == files[0]).tolist()
    words[1:] = [
        "same bytes" if same else said for same, said in zip(same_bytes[1:], words[1:], strict=True)
    ]
    kind = "exact" if all(same_bytes) else "same"
    return DuplicateGroup(kind, members.astype(np.int32), tuple(words))


def _blocks(ids: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    for start in range(0, len(ids), _BLOCK):
        yield ids[start : start + _BLOCK]
