"""A network cut in two before its last block, and put together again with another last block."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import ModelError
from bilderatlas.types import Float16Array, Float32Array

from .loader import read_graph
from .normalisation import PICTURES, take_bytes
from .preprocessing import Preprocessing
from .registry import MODELS

__all__ = ["CutNetwork", "Trunk"]

_EXPANSION = re.compile(r"_blocks\.(\d+)\._expand_conv\.weight")


class CutNetwork:
    """A registered network whose last block and head may be retrained.

    Attributes
    ----------
    block
        The four convolutions after the cut, with batch normalisation folded in: weights and biases
        by the names they have in the graph, in their order.

    Raises
    ------
    ModelError
        If the network is none of the registry: of others, it is not known where the last block is.
    MissingExtraError
        If the package that carries its weights is not installed.
    """

    def __init__(self, name: str) -> None:
        from onnx import numpy_helper

        if name not in MODELS:
            raise ModelError(
                f"The model {name} cannot be fine-tuned: build the atlas with --model "
                f"{' or '.join(MODELS)}."
            )
        self._model = MODELS[name]
        self._graph = read_graph(self._model)
        constants = {tensor.name: tensor for tensor in self._graph.graph.initializer}
        last = max(int(found[1]) for name in constants if (found := _EXPANSION.fullmatch(name)))
        prefix = f"_blocks.{last}."
        layers = [f"{prefix}_{kind}_conv" for kind in ("expand", "depthwise", "project")]
        self.block: dict[str, Float32Array] = {
            f"{layer}.{part}": numpy_helper.to_array(constants[f"{layer}.{part}"])
            for layer in (*layers, "_conv_head")
            for part in ("weight", "bias")
        }
        nodes = self._graph.graph.node
        self._cut = next(
            place for place, node in enumerate(nodes) if f"{layers[0]}.weight" in node.input
        )

    def open_trunk(self) -> Trunk:
        """Return what stands before the cut, for one thread."""
        from onnx import ModelProto, ValueInfoProto

        graph = ModelProto.FromString(self._graph.SerializeToString())
        entry = graph.graph.node[self._cut].input[0]
        del graph.graph.node[self._cut :]
        del graph.graph.output[:]
        graph.graph.output.append(ValueInfoProto(name=entry))
        model = self._model
        take_bytes(
            graph,
            shape=(model.side, model.side),
            mean=model.mean,
            deviation=model.deviation,
            channels_last=False,
        )
        return Trunk(graph.SerializeToString(), Preprocessing(model.side, model.side))

    def joined(self, block: Mapping[str, Float32Array], notes: Mapping[str, str]) -> bytes:
        """Return the whole network with another last block, without its classifier.

        Parameters
        ----------
        block
            As the attribute.
        notes
            What the file shall say of itself.

        Returns
        -------
        bytes
            An ONNX file for ``onnx:FILE``.
        """
        from onnx import ModelProto, helper, numpy_helper

        whole = ModelProto.FromString(self._graph.SerializeToString())
        graph = whole.graph
        del graph.output[1:]  # the logits, and what makes them
        del graph.node[-1:]
        kept = [tensor for tensor in graph.initializer if not tensor.name.startswith("fc.")]
        del graph.initializer[:]
        graph.initializer.extend(
            numpy_helper.from_array(block[tensor.name], tensor.name)
            if tensor.name in block
            else tensor
            for tensor in kept
        )
        numbers = {"mean": self._model.mean, "deviation": self._model.deviation}
        said = {name: " ".join(map(str, three)) for name, three in numbers.items()}
        helper.set_model_props(whole, {**said, **notes})
        content: bytes = whole.SerializeToString()
        return content


class Trunk:
    """The network up to the cut at work in ONNX Runtime. One trunk serves one thread."""

    def __init__(self, graph: bytes, preprocessing: Preprocessing) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()  # type: ignore[attr-defined]
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._runtime: Any = ort.InferenceSession(  # type: ignore[attr-defined]
            graph, options, providers=["CPUExecutionProvider"]
        )
        self.preprocessing = preprocessing

    def __call__(self, batch: npt.NDArray[np.uint8]) -> Float16Array:
        """Return what goes into the last block.

        Parameters
        ----------
        batch
            Inputs made by ``preprocessing``, stacked: shape (b, h, w, 3), uint8.

        Returns
        -------
        ndarray
            Shape (b, channels, rows, columns), float16.
        """
        (maps,) = self._runtime.run(None, {PICTURES: batch})
        return np.asarray(maps, np.float16)
