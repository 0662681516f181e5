"""A network at work in ONNX Runtime."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import ModelError
from bilderatlas.types import Float32Array

from .loader import open_network
from .network import Network
from .normalisation import PICTURES
from .preprocessing import Preprocessing

__all__ = ["NAMES_KEPT", "Session"]

NAMES_KEPT = 5
"""How many of the most probable classes are kept for each picture."""


class Session:
    """One network, one thread.

    ONNX Runtime gets a single thread: the pass runs one session for each of its own threads, which
    costs 10 to 15% less CPU than letting sessions share work.

    Raises
    ------
    ModelError
        If ONNX Runtime cannot run the graph.
    """

    def __init__(self, network: Network) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()  # type: ignore[attr-defined]
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._runtime: Any = ort.InferenceSession(  # type: ignore[attr-defined]
                network.graph, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's own, which are not public
            raise ModelError(
                f"The model {network.name} cannot be run ({_first_line(error)}): check --model."
            ) from error
        self._network = network

    @classmethod
    def open(cls, name: str) -> Session:
        """Open a registered model, or ``onnx:FILE``.

        Raises
        ------
        ModelError, MissingExtraError
            If there is no such model, or it cannot be used.
        """
        return cls(open_network(name))

    @property
    def name(self) -> str:
        """What the user typed."""
        return self._network.name

    @property
    def preprocessing(self) -> Preprocessing:
        """From an RGB image to one input."""
        return self._network.preprocessing

    def embed(
        self, batch: npt.NDArray[np.uint8]
    ) -> tuple[Float32Array, npt.NDArray[np.int16], Float32Array]:
        """Return the vectors of a batch, and its most probable classes.

        Parameters
        ----------
        batch
            Inputs made by ``preprocessing``, stacked: shape (b, h, w, 3), uint8.

        Returns
        -------
        vectors
            Shape (b, d), float32, L2-normalised.
        classes
            Shape (b, 5), int16: numbers of ImageNet's classes, most probable first; (b, 0) if the
            network has none.
        probabilities
            As ``classes``, float32.

        Raises
        ------
        ModelError
            If the network fails on this batch.
        """
        network = self._network
        outputs = [network.features] + ([network.logits] if network.logits else [])
        parts = np.split(batch, len(batch)) if network.one_by_one else [batch]
        try:
            results = [self._runtime.run(outputs, {PICTURES: part}) for part in parts]
        except Exception as error:
            raise ModelError(
                f"The model {network.name} fails ({_first_line(error)}): check --model."
            ) from error
        features, *logits = (np.concatenate(of_parts) for of_parts in zip(*results, strict=True))
        vectors = _pooled(np.asarray(features, dtype=np.float32))
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = vectors / np.maximum(length, np.finfo(np.float32).tiny)
        if not logits:
            nothing = np.empty((len(batch), 0))
            return vectors, nothing.astype(np.int16), nothing.astype(np.float32)
        return vectors, *_most_probable(logits[0].reshape(len(batch), -1))


def _pooled(features: Float32Array) -> Float32Array:
    """Return (b, d): the mean over the places of a map (b, d, h, w), or over tokens (b, t, d)."""
    if features.ndim == 4:
        return np.asarray(features.mean(axis=(2, 3)))
    if features.ndim == 3:
        return np.asarray(features.mean(axis=1))
    return features.reshape(len(features), -1)


def _most_probable(logits: Float32Array) -> tuple[npt.NDArray[np.int16], Float32Array]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    classes = np.argsort(-probabilities, axis=1, kind="stable")[:, :NAMES_KEPT]
    return classes.astype(np.int16), np.take_along_axis(probabilities, classes, axis=1)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
