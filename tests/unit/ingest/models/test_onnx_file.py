from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from bilderatlas.errors import ModelError
from bilderatlas.ingest.models.onnx_file import read_onnx_file
from bilderatlas.ingest.models.session import Session

SIDE = 16
WEIGHT = np.random.default_rng(0).normal(size=(3, 1000)).astype(np.float32)


def save(
    path: Path,
    *,
    shape: tuple[int | str, ...] = ("b", 3, SIDE, SIDE),
    kind: int = TensorProto.FLOAT,
    last: str = "Softmax",
    width: int = 1000,
    output: str = "output",
    metadata: dict[str, str] | None = None,
) -> Path:
    """Write a network that averages each colour, and may classify by that."""
    axes = [1, 2] if shape[-1] == 3 else [2, 3]
    nodes = [
        helper.make_node("ReduceMean", ["picture"], ["colours"], axes=axes, keepdims=0),
        helper.make_node("MatMul", ["colours", "weight"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["sum"]),
        helper.make_node(last, ["sum"], [output]),
    ]
    constants = {"weight": WEIGHT[:, :width], "bias": np.zeros(width, dtype=np.float32)}
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("picture", kind, list(shape))],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [shape[0], width])],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, metadata or {})
    onnx.save(model, path)
    return path


def vectors_of(path: Path, colour: tuple[int, int, int] = (255, 128, 0)) -> Any:
    network = read_onnx_file(f"onnx:{path}", path)
    batch = np.full((2, network.preprocessing.height, network.preprocessing.width, 3), colour)
    return Session(network).embed(batch.astype(np.uint8))


def normalised(*values: float) -> Any:
    return np.array(values) / np.linalg.norm(values)


EXPECTED = normalised((255 - 123.675) / 58.395, (128 - 116.28) / 57.12, (0 - 103.53) / 57.375)


@pytest.mark.parametrize("shape", [("b", 3, SIDE, SIDE), ("b", SIDE, SIDE, 3), (1, 3, SIDE, SIDE)])
def test_a_classifiers_last_but_one_layer_is_the_vector(tmp_path: Path, shape: Any) -> None:
    vectors, classes, probabilities = vectors_of(save(tmp_path / "net.onnx", shape=shape))
    assert vectors.shape == (2, 3)
    np.testing.assert_allclose(vectors[1], EXPECTED, atol=1e-4)
    best = int(np.argmax(EXPECTED @ WEIGHT))
    assert classes[0, 0] == best
    assert probabilities[0].sum() <= 1


def test_a_thousand_outputs_are_a_classifier_without_softmax_too(tmp_path: Path) -> None:
    vectors, classes, _ = vectors_of(save(tmp_path / "net.onnx", last="Identity"))
    assert (vectors.shape, classes.shape) == ((2, 3), (2, 5))


def test_other_classes_have_no_names(tmp_path: Path) -> None:
    vectors, classes, _ = vectors_of(save(tmp_path / "net.onnx", width=7))
    assert (vectors.shape, classes.shape) == ((2, 3), (2, 0))


def test_an_embedding_is_kept_as_it_is(tmp_path: Path) -> None:
    vectors, classes, _ = vectors_of(save(tmp_path / "net.onnx", width=7, last="Identity"))
    assert (vectors.shape, classes.shape) == ((2, 7), (2, 0))


def test_an_output_called_logits_is_a_classifier(tmp_path: Path) -> None:
    path = save(tmp_path / "net.onnx", width=7, last="Identity", output="logits")
    assert vectors_of(path)[0].shape == (2, 3)


def test_a_size_left_open_is_224(tmp_path: Path) -> None:
    path = save(tmp_path / "net.onnx", shape=("b", 3, "h", "w"))
    network = read_onnx_file("onnx:net.onnx", path)
    assert (network.preprocessing.height, network.preprocessing.width) == (224, 224)
    np.testing.assert_allclose(vectors_of(path)[0][0], EXPECTED, atol=1e-4)


def test_metadata_says_how_pictures_are_normalised(tmp_path: Path) -> None:
    metadata = {"mean": "127.5, 127.5, 127.5", "deviation": "[127.5 127.5 127.5]"}
    vectors, _, _ = vectors_of(save(tmp_path / "net.onnx", metadata=metadata), (255, 51, 0))
    np.testing.assert_allclose(vectors[0], normalised(1, -0.6, -1), atol=1e-4)


@pytest.mark.parametrize("text", ["1, 2", "one two three", "nan 1 1", ""])
def test_metadata_that_is_no_three_numbers_is_an_error(tmp_path: Path, text: str) -> None:
    path = save(tmp_path / "net.onnx", metadata={"mean": text})
    with pytest.raises(ModelError, match="write three numbers"):
        read_onnx_file("onnx:net.onnx", path)


@pytest.mark.parametrize(
    "made",
    [{"shape": ("b", 1, SIDE, SIDE)}, {"shape": (4, 3, SIDE, SIDE)}, {"kind": TensorProto.UINT8}],
)
def test_a_network_for_something_else_is_an_error(tmp_path: Path, made: Any) -> None:
    path = save(tmp_path / "net.onnx", **made)
    with pytest.raises(ModelError, match=r"net\.onnx takes something else"):
        read_onnx_file("onnx:net.onnx", path)


def test_a_file_that_is_no_network_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "net.onnx").write_text("hello")
    with pytest.raises(ModelError, match=r"net\.onnx is no ONNX file"):
        read_onnx_file("onnx:net.onnx", tmp_path / "net.onnx")
    with pytest.raises(ModelError, match=r"none\.onnx cannot be opened"):
        read_onnx_file("onnx:none.onnx", tmp_path / "none.onnx")
