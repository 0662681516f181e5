"""The last block, retrained."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from bilderatlas.errors import MissingExtraError
from bilderatlas.ingest.models.fine_tune import block_features, channels_last, fine_tune
from bilderatlas.ingest.models.last_block import CutNetwork
from bilderatlas.ingest.models.registry import MODELS
from bilderatlas.ingest.models.session import Session


def tiny_block() -> dict[str, np.ndarray]:
    """Return the weights of a block from 4 to 16 channels, of which 6 are between."""
    random = np.random.default_rng(0)
    shapes = {"expand": (12, 4, 1, 1), "depthwise": (12, 1, 3, 3), "project": (6, 12, 1, 1)}
    block = {}
    for name, shape in {**shapes, "head": (16, 6, 1, 1)}.items():
        block[f"{name}.weight"] = random.normal(0, 0.5, shape).astype(np.float32)
        block[f"{name}.bias"] = np.full(shape[0], 0.1, np.float32)
    return block


def maps_of(codes: np.ndarray, apart: float) -> np.ndarray:
    maps = np.random.default_rng(1).normal(size=(len(codes), 4, 3, 3))
    maps[np.arange(len(codes)), codes] += apart
    return maps.astype(np.float16)


def test_without_torch_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    codes = np.array([0, 1], np.int32)
    with pytest.raises(MissingExtraError, match=r"pip install 'bilderatlas\[torch\]'"):
        fine_tune(tiny_block(), maps_of(codes, 1), codes, codes == 1)


@pytest.mark.parametrize("name", MODELS)
def test_the_block_in_torch_is_the_one_of_the_network(name: str) -> None:
    pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    pictures = np.random.default_rng(0).integers(0, 256, (2, 224, 224, 3), np.uint8)
    network = CutNetwork(name)
    block = {name: channels_last(values) for name, values in network.block.items()}
    found = block_features(block, channels_last(network.open_trunk()(pictures))).numpy()
    wanted, _, _ = Session.open(name).embed(pictures)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    np.testing.assert_allclose(found, wanted, atol=2e-4)


def test_it_learns_classes_that_are_there() -> None:
    pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    codes = np.arange(200, dtype=np.int32) % 3
    told = []
    tuned = fine_tune(
        tiny_block(),
        maps_of(codes, 2.0),
        codes,
        np.arange(200) % 5 == 0,
        epochs=40,
        report=lambda done, total: told.append((done, total)),
    )
    assert tuned.epochs[-1].unseen > 0.9
    assert tuned.epochs[tuned.best].unseen_loss == min(e.unseen_loss for e in tuned.epochs)
    assert told[-1] == (40, 40)
    assert any((tuned.block[name] != values).any() for name, values in tiny_block().items())


def test_what_is_learnt_by_heart_shows_in_the_pictures_held_out() -> None:
    pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    random = np.random.default_rng(3)
    codes = random.integers(0, 2, 60).astype(np.int32)
    tuned = fine_tune(tiny_block(), maps_of(codes, 0.0), codes, np.arange(60) % 5 == 0, epochs=300)
    last = tuned.epochs[-1]
    assert last.seen - last.unseen > 0.1
    assert last.unseen_loss > tuned.epochs[tuned.best].unseen_loss
