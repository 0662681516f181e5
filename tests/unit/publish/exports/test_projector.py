"""The files of the Embedding Projector."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from PIL import Image
from tests.unit.publish.site.collection import colour, thumbnails

from bilderatlas.publish.exports import projector
from bilderatlas.publish.exports.projector import SPRITE_SIDE, sprite_slot, write_projector


def drawn(ids: npt.NDArray[np.int64]) -> list[bytes]:
    return list(thumbnails(ids, 128))


def write(folder: Path, n: int) -> npt.NDArray[np.float32]:
    vectors = np.random.default_rng(0).normal(size=(n, 4)).astype(np.float32)
    items = {"uri": [f"{row}\tof\n{n}" for row in range(n)], "year": pa.nulls(n, pa.int32())}
    write_projector(folder, 'my "best"', pa.table(items), vectors, drawn)
    return vectors


def test_vectors_and_facts_stand_line_by_line(tmp_path: Path) -> None:
    vectors = write(tmp_path, 7)
    np.testing.assert_allclose(np.loadtxt(tmp_path / "vectors.tsv"), vectors, rtol=1e-4)
    head, *rows = (tmp_path / "metadata.tsv").read_text("utf-8").splitlines()
    assert head == "uri\tyear"
    assert rows == [f"{row} of 7\t" for row in range(7)]


@pytest.mark.parametrize("slots", [(64,), (32,)])
def test_each_picture_has_its_slot_in_the_sprite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slots: tuple[int, ...]
) -> None:
    monkeypatch.setattr(projector, "_SLOTS", slots)
    monkeypatch.setattr(projector, "_BLOCK", 4)
    write(tmp_path, 10)
    (slot,) = slots
    sprite = Image.open(tmp_path / "sprite.png")
    assert sprite.size == (4 * slot, 4 * slot)
    for item in range(10):
        top, left = divmod(item, 4)
        middle = sprite.getpixel((left * slot + slot // 2, top * slot + slot // 2))
        assert np.abs(np.array(middle) - colour(item)).max() <= 8
    assert sprite.getpixel((2 * slot + slot // 2, 2 * slot + slot // 2)) == (255, 255, 255)


def test_the_configuration_names_the_files(tmp_path: Path) -> None:
    write(tmp_path, 7)
    text = (tmp_path / "projector_config.pbtxt").read_text("utf-8")
    assert [line.strip() for line in text.splitlines()] == [
        "embeddings {",
        r'tensor_name: "my \"best\""',
        "tensor_shape: 7",
        "tensor_shape: 4",
        'tensor_path: "vectors.tsv"',
        'metadata_path: "metadata.tsv"',
        "sprite {",
        'image_path: "sprite.png"',
        "single_image_dim: 64",
        "single_image_dim: 64",
        "}",
        "}",
    ]


@pytest.mark.parametrize(
    ("n", "slot"), [(1, 64), (16384, 64), (16385, 32), (65536, 32), (65537, 0), (0, 0)]
)
def test_the_pictures_are_as_large_as_the_sprite_allows(n: int, slot: int) -> None:
    assert sprite_slot(n) == slot
    assert np.ceil(np.sqrt(n)) * slot <= SPRITE_SIDE


def test_more_pictures_than_fit_go_without_a_sprite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "_SLOTS", (SPRITE_SIDE,))
    write(tmp_path, 2)
    assert not (tmp_path / "sprite.png").exists()
    assert "sprite" not in (tmp_path / "projector_config.pbtxt").read_text()
