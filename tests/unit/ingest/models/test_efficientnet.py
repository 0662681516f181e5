"""The graph against the network written down a second time, plainly and without folding."""

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import pytest
from tests.unit.ingest.models.tiny import SIDE, tiny_tensors

from bilderatlas.ingest.models.efficientnet import efficientnet_lite

Array = npt.NDArray[np.float64]
STRIDES = {0: 1, 1: 2, 3: 2, 4: 2, 5: 1, 7: 2, 8: 1}  # of the tiny network's blocks


def convolve(x: Array, weight: Array, stride: int, depthwise: bool) -> Array:
    """Convolve (c, h, w) as TensorFlow's SAME does: out = ceil(in / stride)."""
    kernel, (_, height, width) = weight.shape[2], x.shape
    rows, columns = -(-height // stride), -(-width // stride)
    down = max((rows - 1) * stride + kernel - height, 0)
    across = max((columns - 1) * stride + kernel - width, 0)
    x = np.pad(x, ((0, 0), (down // 2, down - down // 2), (across // 2, across - across // 2)))
    out = np.zeros((len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            patch = x[
                :,
                row * stride : row * stride + kernel,
                column * stride : column * stride + kernel,
            ]
            if depthwise:
                out[:, row, column] = (patch * weight[:, 0]).sum(axis=(1, 2))
            else:
                out[:, row, column] = (patch[None] * weight).sum(axis=(1, 2, 3))
    return out


def reference(tensors: dict[str, npt.NDArray[Any]], x: Array) -> tuple[Array, Array]:
    def layer(x: Array, name: str, norm: str, stride: int = 1, relu: bool = True) -> Array:
        x = convolve(x, tensors[f"{name}.weight"], stride, "depthwise" in name)
        gain, bias, mean, variance = (
            tensors[f"{norm}.{part}"][:, None, None]
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        x = (x - mean) / np.sqrt(variance + 1e-3) * gain + bias
        return np.clip(x, 0, 6) if relu else x

    x = layer(x, "_conv_stem", "_bn0", stride=2)
    for number in range(9):
        before, prefix = x, f"_blocks.{number}."
        if f"{prefix}_expand_conv.weight" in tensors:
            x = layer(x, f"{prefix}_expand_conv", f"{prefix}_bn0")
        x = layer(x, f"{prefix}_depthwise_conv", f"{prefix}_bn1", stride=STRIDES.get(number, 1))
        x = layer(x, f"{prefix}_project_conv", f"{prefix}_bn2", relu=False)
        if number not in STRIDES:
            x = x + before
    features = layer(x, "_conv_head", "_bn1").mean(axis=(1, 2))
    return features, tensors["_fc.weight"] @ features + tensors["_fc.bias"]


@pytest.mark.parametrize("side", [SIDE, 40])
def test_the_graph_computes_what_the_network_is(side: int) -> None:
    tensors = tiny_tensors()
    model = efficientnet_lite(tensors, side=side)
    onnx.checker.check_model(model, full_check=True)
    batch = np.random.default_rng(0).normal(size=(2, 3, side, side)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.SerializeToString())  # type: ignore[attr-defined]
    outputs: Any = session.run(["features", "logits"], {"input": batch})
    features, logits = outputs
    for row, picture in enumerate(batch):
        expected_features, expected_logits = reference(tensors, picture.astype(np.float64))
        np.testing.assert_allclose(features[row], expected_features, rtol=1e-3, atol=1e-4)
        np.testing.assert_allclose(logits[row], expected_logits, rtol=1e-3, atol=1e-3)


def test_a_missing_tensor_is_named() -> None:
    tensors = tiny_tensors()
    del tensors["_blocks.4._bn1.running_var"]
    with pytest.raises(KeyError, match=r"_blocks\.4\._bn1\.running_var"):
        efficientnet_lite(tensors, side=SIDE)
