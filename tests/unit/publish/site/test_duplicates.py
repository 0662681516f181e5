"""Duplicates and look-alikes, written and read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.unit.publish.site.collection import make_content
from tests.unit.publish.site.reader import SiteReader

from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import DuplicateGroup, LookAlikes

GROUPS = [
    DuplicateGroup("exact", np.array([10, 11], np.int32)),
    DuplicateGroup("same", np.array([4, 2, 7], np.int32), ("", "mirrored", "cropped, smaller")),
]
LOOK_ALIKES = LookAlikes(np.array([[1, 8], [3, 5]], np.int32), np.array([0.9, 1.0001], np.float32))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteReader:
    folder = tmp_path_factory.mktemp("published") / "site"
    write_site(make_content(20, duplicates=GROUPS, look_alikes=LOOK_ALIKES), folder, viewer=None)
    return SiteReader(folder)


@pytest.fixture(scope="module")
def ids(site: SiteReader) -> list[int]:
    """Return the id at each index."""
    return [site.facts(index)["id"] for index in range(20)]


def test_groups_are_named_by_index_and_say_how_each_copy_differs(
    site: SiteReader, ids: list[int]
) -> None:
    exact, same = site.duplicates()["groups"]
    assert exact == {"kind": "exact", "members": [ids.index(10), ids.index(11)], "edits": ["", ""]}
    assert [ids[index] for index in same["members"]] == [4, 2, 7]
    assert same["edits"] == ["", "mirrored", "cropped, smaller"]


def test_look_alikes_are_pairs_apart_from_the_groups(site: SiteReader, ids: list[int]) -> None:
    pairs = site.duplicates()["look_alikes"]
    assert [(ids[a], ids[b], similarity) for a, b, similarity in pairs] == [
        (1, 8, 230),
        (3, 5, 255),
    ]


def test_the_manifest_counts_what_there_is_and_what_could_go(site: SiteReader) -> None:
    assert site.manifest["duplicates"] == {
        "groups": 2,
        "exact": 1,
        "items": 5,
        "spare": 3,
        "look_alikes": 2,
    }


def test_a_collection_without_duplicates_says_so(tmp_path: Path) -> None:
    write_site(make_content(9), tmp_path / "site", viewer=None)
    site = SiteReader(tmp_path / "site")
    assert site.duplicates() == {"groups": [], "look_alikes": []}
    assert set(site.manifest["duplicates"].values()) == {0}
