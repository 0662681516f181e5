"""A small atlas by a network that sees nothing but where which colour is."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper
from PIL import Image

import bilderatlas as ba

__all__ = ["ROOMS", "build_rooms", "draw", "save_colour_network"]

ROOMS = [
    *(f"bath/{number}.png" for number in (1, 2, 3)),
    *(f"hall/{number}.png" for number in (1, 2, 3)),
    "hall/copy of 1.png",
    "shed/1.png",
]
"""The uris of the items, by id."""

_COLOURS = {"bath": (40, 80, 230), "hall": (230, 90, 30), "shed": (110, 140, 90)}
_SIDE = 32


def save_colour_network(path: Path) -> Path:
    """Write a network whose vector is the mean colour of each of 4 x 4 fields, 48 numbers."""
    side = _SIDE // 4
    nodes = [
        helper.make_node(
            "AveragePool", ["picture"], ["fields"], kernel_shape=[side] * 2, strides=[side] * 2
        ),
        helper.make_node("Flatten", ["fields"], ["vector"]),
    ]
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["b", 3, _SIDE, _SIDE])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["b", 48])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, {"mean": "0 0 0", "deviation": "255 255 255"})
    onnx.save(model, path)
    return path


def draw(path: Path, room: str, seed: int) -> Path:
    """Make a picture in the colours of a room, no two alike."""
    noise = np.random.default_rng(seed).normal(0, 25, (8, 8, 3)).repeat(12, 0).repeat(16, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.clip(np.array(_COLOURS[room]) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def build_rooms(folder: Path) -> ba.Atlas:
    """Make three baths, three halls, a copy of the first hall, and a shed without a label."""
    pictures = folder / "rooms"
    for seed, uri in enumerate(ROOMS):
        if "copy" not in uri:
            draw(pictures / uri, uri.partition("/")[0], seed)
    shutil.copy(pictures / "hall/1.png", pictures / "hall/copy of 1.png")
    rows = [f"{uri},{uri.partition('/')[0]},{number % 2}" for number, uri in enumerate(ROOMS[:-1])]
    (pictures / "metadata.csv").write_text("\n".join(["filename,label,floor", *rows]))
    model = save_colour_network(folder / "colours.onnx")
    return ba.build(
        pictures, folder / "rooms.atlas", settings=ba.Settings(model=f"onnx:{model}", workers=1)
    )
