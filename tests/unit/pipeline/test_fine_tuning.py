"""The atlas's network, retrained on its labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.unit.pipeline.rooms import build_rooms, draw

import bilderatlas as ba
from bilderatlas.cli import commands
from bilderatlas.pipeline.fine_tuning import FineTuning


def test_the_sentences_say_how_far_it_has_learnt_by_heart() -> None:
    tuned = FineTuning("some", 80, 20, seen=(0.8, 0.9, 1.0), unseen=(0.7, 0.85, 0.8), best=2)
    first, second, _ = tuned.sentences()
    assert "90.0% of the 80 pictures that it learnt from and 85.0% of the 20 held out" in first
    assert "20.0 points apart" in second


def test_only_the_networks_of_the_registry_are_retrained(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    atlas = build_rooms(tmp_path)
    with pytest.raises(ba.ModelError, match="cannot be fine-tuned"):
        atlas.fine_tune(atlas.classify(), tmp_path / "tuned.onnx")


def test_the_retrained_network_is_a_model_to_build_with(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    pictures = tmp_path / "pictures"
    for seed in range(24):
        room = ("bath", "hall")[seed % 2]
        draw(pictures / room / f"{seed}.png", room, seed)
    atlas = ba.build(pictures, tmp_path / "before.atlas")
    model = tmp_path / "tuned.onnx"
    words = [str(atlas.folder), "--label", "folder", "--fine-tune", str(model), "-q"]
    said = CliRunner().invoke(commands, ["classify", *words], catch_exceptions=False).output
    assert "epoch  learnt from  held out" in said
    assert f"--model onnx:{model}" in said
    after = ba.build(
        pictures, tmp_path / "after.atlas", settings=ba.Settings(model=f"onnx:{model}")
    )
    assert after.vectors.shape == atlas.vectors.shape
    assert after.classify("folder").spaces[0].silhouette > 0

    (pictures / "bath").rename(tmp_path / "elsewhere")
    with pytest.raises(ba.QueryError, match=r"12 of the labelled pictures .* are where"):
        atlas.fine_tune(atlas.classify("folder"), model)
    with pytest.raises(ba.QueryError, match="there is no folder"):
        atlas.fine_tune(atlas.classify("folder"), tmp_path / "nowhere" / "tuned.onnx")
