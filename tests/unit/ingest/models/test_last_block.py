"""A network cut before its last block."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bilderatlas.errors import ModelError
from bilderatlas.ingest.models.last_block import CutNetwork
from bilderatlas.ingest.models.onnx_file import read_onnx_file
from bilderatlas.ingest.models.registry import DEFAULT_MODEL
from bilderatlas.ingest.models.session import Session


@pytest.fixture(scope="module")
def network() -> CutNetwork:
    return CutNetwork(DEFAULT_MODEL)


def pictures() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (2, 224, 224, 3), np.uint8)


def opened(content: bytes, path: Path) -> Session:
    path.write_bytes(content)
    return Session(read_onnx_file(f"onnx:{path}", path))


def test_put_together_unchanged_it_makes_the_same_vectors(
    network: CutNetwork, tmp_path: Path
) -> None:
    wanted, _, _ = Session.open(DEFAULT_MODEL).embed(pictures())
    whole = opened(network.joined(network.block, {"made": "here"}), tmp_path / "same.onnx")
    found, classes, _ = whole.embed(pictures())
    np.testing.assert_allclose(found, wanted, atol=1e-6)
    assert classes.shape == (2, 0)  # the names it knew are those of the old head


def test_another_block_makes_other_vectors_and_the_file_says_what_it_is(
    network: CutNetwork, tmp_path: Path
) -> None:
    import onnx

    block = {name: values * np.float32(0.9) for name, values in network.block.items()}
    other = opened(network.joined(block, {"made": "here"}), tmp_path / "other.onnx")
    found, _, _ = other.embed(pictures())
    wanted, _, _ = Session.open(DEFAULT_MODEL).embed(pictures())
    assert np.abs(found - wanted).max() > 1e-3
    said = {entry.key: entry.value for entry in onnx.load(tmp_path / "other.onnx").metadata_props}
    assert said["made"] == "here"
    assert said["mean"] == "127.0 127.0 127.0"


def test_the_trunk_takes_pictures_and_gives_maps(network: CutNetwork) -> None:
    maps = network.open_trunk()(pictures())
    channels = next(iter(network.block.values())).shape[1]
    assert maps.shape == (2, channels, 7, 7)
    assert maps.dtype == np.float16


def test_a_network_of_the_users_cannot_be_cut() -> None:
    with pytest.raises(ModelError, match=r"onnx:mine.onnx cannot be fine-tuned: build the atlas"):
        CutNetwork("onnx:mine.onnx")
