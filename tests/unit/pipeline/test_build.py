"""A build from end to end, with the real model, on pictures made here."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import bilderatlas as ba

MADE = 40


def draw(path: Path, seed: int) -> None:
    """Make a picture of one of four kinds, no two alike."""
    random_ = np.random.default_rng(seed)
    y, x = np.mgrid[0:96, 0:128] / 96
    kind = seed % 4
    pattern = [
        np.sin(x * (10 + 5 * random_.random())),
        np.sin(y * (10 + 5 * random_.random())),
        np.sin(20 * np.hypot(x - random_.random(), y - random_.random())),
        np.sin(30 * x) * np.sin(30 * (y + random_.random())),
    ][kind]
    colour = random_.uniform(60, 255, 3)
    noise = random_.normal(0, 4, (96, 128, 3))
    pixels = np.clip((pattern[..., None] + 1.2) / 2.2 * colour + noise, 0, 255)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.astype(np.uint8)).save(path, quality=90)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    for seed in range(MADE):
        draw(folder / f"{seed:03d}.jpg", seed)
    return folder


def uris(atlas: ba.Atlas) -> list[str]:
    found: list[str] = atlas.items.column("uri").to_pylist()
    return found


def build(pictures: Path) -> ba.Atlas:
    return ba.build(pictures, pictures.with_suffix(".atlas"))


def test_a_folder_of_pictures_becomes_an_atlas(pictures: Path) -> None:
    (pictures / "notes.txt").write_text("not a picture")
    (pictures / "torn.jpg").write_bytes((pictures / "000.jpg").read_bytes()[:900])
    (pictures / "metadata.csv").write_text("filename,label,year\n000.jpg,waves,1924\n")
    (pictures / "again").mkdir()
    (pictures / "039.jpg").rename(pictures / os.fsdecode(b"not-\xff-text.jpg"))  # no UTF-8
    (pictures / "again" / "001.jpg").write_bytes((pictures / "001.jpg").read_bytes())
    atlas = build(pictures)

    assert len(atlas) == MADE + 1
    assert atlas.vectors.shape == (MADE + 1, 1280)
    assert atlas.neighbours.ids.shape == (MADE + 1, MADE)
    assert np.isfinite(atlas.layouts["tsne"].positions).all()
    members = [item for cluster in atlas.clusters for item in cluster.members.tolist()]
    assert len(members) == len(set(members)) > MADE / 2
    assert [problem.uri for problem in atlas.problems] == ["torn.jpg"]
    assert atlas.record.counts["others"] == 1
    at = uris(atlas).index("000.jpg")
    assert atlas.items.column("label")[at].as_py() == "waves"
    copies = {uris(atlas).index("001.jpg"), uris(atlas).index("again/001.jpg")}
    assert copies in [set(group.members.tolist()) for group in atlas.duplicates]
    assert (atlas.site / "manifest.json").is_file()


def test_the_same_build_again_does_nothing(pictures: Path) -> None:
    (pictures / "torn.jpg").write_bytes(b"\xff\xd8 nothing")
    build(pictures)
    before = {p: p.stat().st_mtime_ns for p in pictures.with_suffix(".atlas").rglob("*.json")}
    summary = build(pictures).summary
    assert summary is not None
    assert summary.seconds == {}
    assert (summary.ingestion.read, summary.ingestion.known) == (0, 0)
    assert [problem.uri for problem in summary.problems] == ["torn.jpg"]
    after = {p: p.stat().st_mtime_ns for p in pictures.with_suffix(".atlas").rglob("*.json")}
    assert before == after


def test_two_builds_of_the_same_pictures_give_the_same_map(pictures: Path, tmp_path: Path) -> None:
    first = ba.build(pictures, tmp_path / "one.atlas", settings=ba.Settings(workers=1))
    second = ba.build(pictures, tmp_path / "two.atlas", settings=ba.Settings(workers=3))
    assert uris(first) == uris(second)
    np.testing.assert_array_equal(first.vectors, second.vectors)
    np.testing.assert_array_equal(first.layouts["tsne"].positions, second.layouts["tsne"].positions)


def test_only_new_pictures_are_read_and_old_ones_keep_their_place(pictures: Path) -> None:
    old = build(pictures)
    names, before = uris(old), old.layouts["tsne"].positions
    for seed in range(MADE, MADE + 2):
        draw(pictures / f"{seed:03d}.jpg", seed)
    new = build(pictures)
    assert new.summary is not None
    assert new.summary.ingestion.read == 2
    assert uris(new)[:MADE] == names
    after = new.layouts["tsne"].positions[:MADE]
    moved = np.linalg.norm(after - before, axis=1)
    assert np.median(moved) < 0.05 * np.ptp(before[:, 0])  # 2 new ones are 5% of these


def test_pictures_that_have_gone_leave_the_atlas_and_its_site(pictures: Path) -> None:
    build(pictures)
    for seed in (3, 7):
        (pictures / f"{seed:03d}.jpg").unlink()
    atlas = build(pictures)
    assert atlas.summary is not None
    assert (atlas.summary.ingestion.read, atlas.summary.ingestion.dropped) == (0, 2)
    assert len(atlas) == MADE - 2
    assert "003.jpg" not in (atlas.site / "items.csv").read_text()
    assert len(list((atlas.site / "pictures").rglob("*.jpg"))) == MADE - 2


def test_a_renamed_picture_keeps_its_vector_and_is_not_decoded(pictures: Path) -> None:
    old = build(pictures)
    vector = old.vectors[uris(old).index("005.jpg")]
    (pictures / "005.jpg").rename(pictures / "renamed.jpg")
    new = build(pictures)
    assert new.summary is not None
    assert (new.summary.ingestion.read, new.summary.ingestion.known) == (0, 1)
    np.testing.assert_array_equal(new.vectors[uris(new).index("renamed.jpg")], vector)


def test_other_metadata_changes_the_site_but_reads_no_picture(pictures: Path) -> None:
    build(pictures)
    (pictures / "metadata.csv").write_text("filename,label\n000.jpg,waves\n")
    atlas = build(pictures)
    assert atlas.summary is not None
    assert set(atlas.summary.seconds) == {"metadata", "site"}
    assert "waves" in (atlas.site / "items.csv").read_text()


def test_a_folder_without_pictures_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ba.SourceError, match="empty holds no picture, and no other"):
        ba.build(tmp_path / "empty", tmp_path / "empty.atlas")
    with pytest.raises(ba.SourceError, match="nowhere"):
        ba.build(tmp_path / "nowhere", tmp_path / "nowhere.atlas")
    assert not list(tmp_path.glob("*.atlas"))


def test_a_folder_that_was_emptied_leaves_the_atlas_as_it_is(pictures: Path) -> None:
    atlas = build(pictures)
    there = {path: path.stat().st_mtime_ns for path in atlas.folder.rglob("*")}
    for picture in pictures.glob("*.jpg"):
        picture.unlink()
    with pytest.raises(ba.SourceError, match="holds no picture"):
        build(pictures)
    assert {path: path.stat().st_mtime_ns for path in atlas.folder.rglob("*")} == there


def test_killed_ten_times_a_build_ends_with_every_picture_once(
    pictures: Path, tmp_path: Path
) -> None:
    for copy in (8, 31):  # bytes that a later run knows must not change the order
        (pictures / f"{copy:03d}.jpg").write_bytes((pictures / "001.jpg").read_bytes())
    whole = ba.build(pictures, tmp_path / "whole.atlas")
    command = [sys.executable, "-m", "bilderatlas", "build", str(pictures), "-q", "-o"]
    dice = random.Random(0)
    torn = tmp_path / "torn.atlas"
    for _ in range(10):
        process = subprocess.Popen(
            [*command, str(torn)], env={**os.environ, "OMP_NUM_THREADS": "1"}
        )
        time.sleep(dice.uniform(0.3, 3))
        process.kill()
        process.wait()
    atlas = ba.build(pictures, torn)
    assert uris(atlas) == uris(whole)
    np.testing.assert_array_equal(atlas.vectors, whole.vectors)
    assert (atlas.site / "items.csv").read_text() == (whole.site / "items.csv").read_text()


def test_an_index_that_is_not_exact_is_kept_and_what_it_misses_is_measured(pictures: Path) -> None:
    folder = pictures.with_suffix(".atlas")
    atlas = ba.build(pictures, folder, settings=ba.Settings(index="ivf"))
    said = atlas.record.measured["neighbours"]
    assert said["index"] == "ivf"
    assert 0.9 <= said["recall"] <= 1
    manifest = json.loads((atlas.site / "manifest.json").read_text())
    assert manifest["neighbours"]["recall"] == said["recall"]
    (index,) = (folder / "index").iterdir()
    assert index.name == atlas.record.stages["neighbours"].fingerprint
    assert atlas.similar("000.jpg", k=3).num_rows == 3

    again = ba.build(pictures, folder)
    assert again.record.measured["neighbours"] == {"index": "exact"}
    assert not list((folder / "index").iterdir())


def test_a_build_says_what_is_odd_about_pictures(pictures: Path) -> None:
    Image.new("RGB", (640, 100), (5, 5, 5)).save(pictures / "night.png")
    atlas = build(pictures)
    night = uris(atlas).index("night.png")
    flags = {name for name, items in atlas.oddities.flags.items() if items[night]}
    assert {"near-blank", "very dark", "odd shape"} <= flags
    assert len(atlas.oddities.outlier) == len(atlas)
