"""The folder that a site is written into."""

from pathlib import Path

import pytest

from bilderatlas.errors import SiteError
from bilderatlas.publish.site.folder import SiteFolder


def write(target: Path, text: str, *, publish: bool = True) -> SiteFolder:
    folder = SiteFolder(target)
    folder.write("manifest", "manifest.json", text.encode())
    if publish:
        folder.publish()
    return folder


def test_a_site_appears_only_when_it_is_published(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", "1", publish=False)
    assert not (tmp_path / "site").exists()
    folder.publish()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_new_site_replaces_all_of_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "site", "1")
    (tmp_path / "site" / "of-yesterday.bin").write_bytes(b"")
    write(tmp_path / "site", "2")
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["manifest.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_killed_write_leaves_the_old_site_and_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    write(tmp_path / "site", "1")
    write(tmp_path / "site", "2", publish=False)
    assert (tmp_path / "site" / "manifest.json").read_text() == "1"
    write(tmp_path / "site", "3")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    write(tmp_path / "site", "1")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    SiteFolder(tmp_path / "site")
    assert (tmp_path / "site" / "manifest.json").read_text() == "1"


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "only-copy.jpg").write_bytes(b"precious")
    with pytest.raises(SiteError, match="photos holds other things than a site"):
        SiteFolder(tmp_path / "photos")
    assert (tmp_path / "photos" / "only-copy.jpg").read_bytes() == b"precious"


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write(tmp_path / "site", "1")
    assert (tmp_path / "site" / "manifest.json").exists()


def test_a_family_has_another_hash_when_any_of_its_files_changes(tmp_path: Path) -> None:
    def hashes(*parts: bytes) -> dict[str, str]:
        folder = SiteFolder(tmp_path / "site")
        for number, part in enumerate(parts):
            folder.write("t128", f"t128/0/{number}.webp", part)
        return folder.hashes

    assert hashes(b"a", b"b") == hashes(b"a", b"b")
    assert hashes(b"a", b"b") != hashes(b"b", b"a")
