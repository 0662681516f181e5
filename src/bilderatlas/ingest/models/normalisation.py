"""The first step of every graph: from bytes to the numbers a network was trained on."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["PICTURES", "take_bytes"]

PICTURES = "bilderatlas_pictures"
"""Name of the input that takes bytes."""


def take_bytes(
    model: Any,
    *,
    shape: tuple[int, int],
    mean: tuple[float, float, float],
    deviation: tuple[float, float, float],
    channels_last: bool,
) -> None:
    """Change an ONNX model in place so that it takes pictures as they are.

    In the graph this costs next to nothing, and a batch of bytes is a quarter of one of floats.

    Parameters
    ----------
    model
        An ``onnx.ModelProto`` with one float32 input, (b, 3, h, w) or (b, h, w, 3).
    shape
        Height and width of the input. Its batch axis is left as it is.
    mean, deviation
        The network sees (value - mean) / deviation for each of R, G, B, with values 0…255.
    channels_last
        Whether the network wants (b, h, w, 3).

    Notes
    -----
    Afterwards the input is ``PICTURES``, (b, h, w, 3) uint8.
    """
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    constants = {tensor.name for tensor in graph.initializer}
    old = next(value for value in graph.input if value.name not in constants)
    batch = old.type.tensor_type.shape.dim[0]
    new = helper.make_tensor_value_info(
        PICTURES, TensorProto.UINT8, [batch.dim_value or "batch", *shape, 3]
    )
    along_channels = (3,) if channels_last else (3, 1, 1)
    for name, values in (("mean", np.array(mean)), ("gain", 1 / np.array(deviation))):
        array = values.astype(np.float32).reshape(along_channels)
        graph.initializer.append(numpy_helper.from_array(array, f"{PICTURES}_{name}"))
    turned = PICTURES if channels_last else f"{PICTURES}_turned"
    steps = [
        helper.make_node("Cast", [turned], [f"{PICTURES}_float"], to=TensorProto.FLOAT),
        helper.make_node("Sub", [f"{PICTURES}_float", f"{PICTURES}_mean"], [f"{PICTURES}_centred"]),
        helper.make_node("Mul", [f"{PICTURES}_centred", f"{PICTURES}_gain"], [old.name]),
    ]
    if not channels_last:
        steps.insert(0, helper.make_node("Transpose", [PICTURES], [turned], perm=[0, 3, 1, 2]))
    nodes = [*steps, *graph.node]
    inputs = [new if value.name == old.name else value for value in graph.input]
    del graph.node[:]
    del graph.input[:]
    graph.node.extend(nodes)
    graph.input.extend(inputs)
