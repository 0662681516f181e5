"""A network of the user's: an ONNX file with one picture as input."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from bilderatlas.errors import ModelError

from .network import Network
from .normalisation import take_bytes
from .preprocessing import Preprocessing

__all__ = ["read_onnx_file"]

# torchvision's and timm's, which most exported networks were trained with, for values 0…255.
_MEAN = (123.675, 116.28, 103.53)
_DEVIATION = (58.395, 57.12, 57.375)
_USUAL_SIDE = 224

_IMAGENET_CLASSES = 1000
# ImageNet, the same with a background class, and the two ImageNet-21k.
_CLASSIFIER_WIDTHS = (_IMAGENET_CLASSES, 1001, 21841, 21843)
_CLASSIFIER_WORDS = ("logit", "prob", "class")


def read_onnx_file(name: str, path: Path) -> Network:
    """Read an ONNX file, and find the layer whose values make good vectors.

    If the network ends in a classifier (a linear layer followed by a softmax, or with as many
    outputs as ImageNet has classes, or with an output called logits, probabilities or classes),
    the vector is what goes into that layer; otherwise it is the first output. A size that the
    file leaves open is 224. Pictures are normalised with ImageNet's mean and deviation unless the
    file's metadata has ``mean`` and ``deviation``, each three numbers for R, G, B in 0…255.

    Raises
    ------
    ModelError
        If the file cannot be read, or takes anything but one RGB picture in float32.
    """
    import onnx

    try:
        model = onnx.load(path)
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be opened ({error.strerror}): check --model."
        ) from error
    except Exception as error:  # protobuf's own, which are not public
        raise ModelError(f"The model file {path} is no ONNX file: check --model.") from error
    graph = model.graph
    constants = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    inputs = [value for value in graph.input if value.name not in constants]
    shape = [
        dim.dim_value if dim.HasField("dim_value") else 0
        for value in inputs[:1]
        for dim in value.type.tensor_type.shape.dim
    ]
    if (
        len(inputs) != 1
        or len(shape) != 4
        or 3 not in (shape[1], shape[3])
        or inputs[0].type.tensor_type.elem_type != onnx.TensorProto.FLOAT
        or shape[0] > 1
    ):
        raise ModelError(
            f"The model {path} takes something else than RGB pictures: export it with one float32 "
            "input (batch, 3, height, width) or (batch, height, width, 3)."
        )
    channels_last = shape[1] != 3
    height, width = shape[1:3] if channels_last else shape[2:4]
    height, width = height or _USUAL_SIDE, width or _USUAL_SIDE
    features, logits = _ends(graph, constants)
    present = {value.name for value in graph.output}
    for output in (features, logits):
        if output is not None and output not in present:
            graph.output.append(onnx.ValueInfoProto(name=output))
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    take_bytes(
        model,
        shape=(height, width),
        mean=_three_numbers(path, metadata.get("mean"), _MEAN),
        deviation=_three_numbers(path, metadata.get("deviation"), _DEVIATION),
        channels_last=channels_last,
    )
    return Network(
        name=name,
        graph=model.SerializeToString(),
        preprocessing=Preprocessing(height, width),
        one_by_one=shape[0] == 1,
        features=features,
        logits=logits,
    )


def _ends(graph: Any, constants: dict[str, tuple[int, ...]]) -> tuple[str, str | None]:
    """Return the names of the features, and of the logits if they are ImageNet's classes."""
    makers = {output: node for node in graph.node for output in node.output}
    first = graph.output[0].name
    classifies = any(word in first.lower() for word in _CLASSIFIER_WORDS)
    logits = first
    while logits in makers and makers[logits].op_type in {"Softmax", "LogSoftmax", "Identity"}:
        classifies |= makers[logits].op_type != "Identity"
        logits = makers[logits].input[0]
    layer = makers.get(logits)
    if layer is not None and layer.op_type == "Add":  # the bias
        addends = [makers[name] for name in layer.input if name in makers]
        layer = addends[0] if len(addends) == 1 else None
    if layer is None or layer.op_type not in {"Gemm", "MatMul"} or layer.input[1] not in constants:
        return first, None
    transposed = any(entry.name == "transB" and entry.i for entry in layer.attribute)
    width = constants[layer.input[1]][0 if transposed else -1]
    if not classifies and width not in _CLASSIFIER_WIDTHS:
        return first, None
    return layer.input[0], logits if width == _IMAGENET_CLASSES else None


def _three_numbers(
    path: Path, text: str | None, usual: tuple[float, float, float]
) -> tuple[float, float, float]:
    if text is None:
        return usual
    try:
        red, green, blue = (float(word) for word in text.strip("[]() ").replace(",", " ").split())
    except ValueError:
        red = math.nan
    if not math.isfinite(red):
        raise ModelError(
            f"The metadata mean or deviation of the model {path} is {text!r}: write three numbers."
        )
    return red, green, blue
