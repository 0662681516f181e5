import os
from pathlib import Path

import pytest

from bilderatlas.errors import SourceError
from bilderatlas.ingest.sources.folder import Folder
from bilderatlas.types import Problem

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40


def put(root: Path, *paths: str, content: bytes = JPEG) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def uris(root: Path) -> list[str]:
    return [found.uri for found in Folder(root).list().found]


def test_pictures_are_found_at_any_depth_and_sorted(tmp_path: Path) -> None:
    put(tmp_path, "b.jpg", "a/z.PNG", "a/b/c/deep.tiff")
    listing = Folder(tmp_path).list()
    assert [found.uri for found in listing.found] == ["a/b/c/deep.tiff", "a/z.PNG", "b.jpg"]
    assert listing.found[2].bytes == len(JPEG)
    assert listing.found[2].mtime_ns == (tmp_path / "b.jpg").stat().st_mtime_ns
    assert Path(listing.found[0].location).read_bytes() == JPEG


def test_one_name_in_two_folders_is_two_items(tmp_path: Path) -> None:
    put(tmp_path, "one/same.jpg", "two/same.jpg")
    assert uris(tmp_path) == ["one/same.jpg", "two/same.jpg"]


def test_unicode_names_are_kept(tmp_path: Path) -> None:
    names = ["Ελλάδα/μουσείο.jpg", "été.jpg", "写真 🌋.png"]
    put(tmp_path, *names)
    assert sorted(uris(tmp_path)) == sorted(names)


def test_a_name_that_is_no_utf8_gets_a_uri_that_is(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.jpg"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123 (the name is bytes)
            file.write(JPEG)
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    (found,) = Folder(tmp_path).list().found
    assert found.uri.encode() == rb"caf\xe9.jpg"
    assert Path(found.location).read_bytes() == JPEG


def test_what_programs_put_there_is_passed_over(tmp_path: Path) -> None:
    put(
        tmp_path,
        *("ok.jpg", ".hidden.jpg", "._ok.jpg", ".git/a.jpg", "@eaDir/ok.jpg/thumb.jpg"),
        *("node_modules/x/logo.png", "__MACOSX/ok.jpg", "mine.atlas/site/poster.webp"),
    )
    listing = Folder(tmp_path).list()
    assert [found.uri for found in listing.found] == ["ok.jpg"]
    assert listing.others == 0


def test_a_folder_that_is_called_like_a_picture_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "trip.jpg/inside.jpg")
    assert uris(tmp_path) == ["trip.jpg/inside.jpg"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path, "a/one.jpg")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a", target_is_directory=True)
    assert uris(tmp_path) == ["a/one.jpg"]


def test_a_linked_folder_is_followed_but_does_not_rename_pictures(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    put(root, "real/one.jpg")
    put(outside, "two.jpg")
    (root / "a-link").symlink_to(root / "real", target_is_directory=True)
    (root / "elsewhere").symlink_to(outside, target_is_directory=True)
    assert uris(root) == ["elsewhere/two.jpg", "real/one.jpg"]


def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing")
    listing = Folder(tmp_path).list()
    assert listing.found == ()
    assert listing.problems[0].uri == "gone.jpg"
    assert "cannot be opened (No such file" in listing.problems[0].reason


def test_other_files_are_counted_and_not_listed(tmp_path: Path) -> None:
    put(tmp_path, "notes.txt", "video.mp4", "README", content=b"some words")
    put(tmp_path, "one.jpg")
    listing = Folder(tmp_path).list()
    assert (len(listing.found), listing.others, listing.problems) == (1, 3, ())


def test_a_picture_without_a_suffix_is_known_by_its_bytes(tmp_path: Path) -> None:
    put(tmp_path, "scan0001", "photo.bak")
    assert uris(tmp_path) == ["photo.bak", "scan0001"]


def test_what_cannot_be_decoded_is_listed_all_the_same(tmp_path: Path) -> None:
    names = ["camera.NEF", "drawing.svg", "light.exr", "work.psd"]
    put(tmp_path, *names, content=b"?")
    assert uris(tmp_path) == names


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert Folder(tmp_path).list().others == 1


def test_an_unreadable_folder_is_a_problem_and_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "closed/one.jpg", "open/two.jpg")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    listing = Folder(tmp_path).list()
    assert [found.uri for found in listing.found] == ["open/two.jpg"]
    assert listing.problems == (
        Problem("closed", "source", "the folder cannot be opened (Permission denied)"),
    )


@pytest.mark.parametrize("name", ["missing", "file.jpg"])
def test_a_source_that_is_no_folder_is_an_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, "file.jpg")
    with pytest.raises(SourceError, match=f"{name}.*give a folder"):
        Folder(tmp_path / name).list()


def test_metadata_csv_in_the_folder_is_joined(tmp_path: Path) -> None:
    put(tmp_path, "a/one.jpg", "two.jpg")
    (tmp_path / "metadata.csv").write_text("filename,label\na/one.jpg,cat\ntwo.jpg,dog\n")
    listing = Folder(tmp_path).list()
    assert listing.columns == ("label",)
    assert listing.metadata == {"a/one.jpg": {"label": "cat"}, "two.jpg": {"label": "dog"}}
    assert (listing.others, listing.problems) == (0, ())


def test_another_table_can_be_given(tmp_path: Path) -> None:
    put(tmp_path / "photos", "one.jpg")
    (tmp_path / "photos" / "metadata.csv").write_text("nothing useful")
    table = tmp_path / "facts.tsv"
    table.write_text("filename\tyear\none.jpg\t1927\n")
    listing = Folder(tmp_path / "photos", metadata=table).list()
    assert listing.metadata == {"one.jpg": {"year": "1927"}}


def test_a_table_that_is_given_and_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"facts\.csv.*--metadata"):
        Folder(tmp_path, metadata=tmp_path / "facts.csv").list()
