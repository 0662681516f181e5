"""Networks small enough to be made, and checked, within a test."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.ingest.models.efficientnet import efficientnet_lite
from bilderatlas.ingest.models.network import Network
from bilderatlas.ingest.models.normalisation import take_bytes
from bilderatlas.ingest.models.preprocessing import Preprocessing

__all__ = ["BLOCKS", "SIDE", "tiny_network", "tiny_tensors"]

SIDE = 37
STEM = 4
HEAD = 16
# (kernel, widening, channels) of each block: seven stages, two of them with a second block.
BLOCKS = (
    *((3, 1, 3), (3, 2, 4), (3, 2, 4), (5, 2, 5), (3, 2, 6)),
    *((5, 2, 7), (5, 2, 7), (5, 2, 8), (3, 2, 9)),
)


def tiny_tensors(classes: int = 12) -> dict[str, npt.NDArray[Any]]:
    """Return random tensors, named and shaped as those of the real network."""
    rng = np.random.default_rng(7)
    tensors: dict[str, npt.NDArray[Any]] = {}

    def layer(name: str, norm: str, *shape: int) -> None:
        fan_in = int(np.prod(shape[1:]))
        tensors[f"{name}.weight"] = rng.normal(0, fan_in**-0.5, shape).astype(np.float32)
        tensors[f"{norm}.weight"] = rng.uniform(0.5, 2, shape[0]).astype(np.float32)
        tensors[f"{norm}.bias"] = rng.normal(0, 0.5, shape[0]).astype(np.float32)
        tensors[f"{norm}.running_mean"] = rng.normal(0, 0.5, shape[0]).astype(np.float32)
        tensors[f"{norm}.running_var"] = rng.uniform(0.2, 2, shape[0]).astype(np.float32)
        tensors[f"{norm}.num_batches_tracked"] = np.array(1)

    layer("_conv_stem", "_bn0", STEM, 3, 3, 3)
    channels = STEM
    for number, (kernel, widening, out) in enumerate(BLOCKS):
        prefix, wide = f"_blocks.{number}.", channels * widening
        if widening > 1:
            layer(f"{prefix}_expand_conv", f"{prefix}_bn0", wide, channels, 1, 1)
        layer(f"{prefix}_depthwise_conv", f"{prefix}_bn1", wide, 1, kernel, kernel)
        layer(f"{prefix}_project_conv", f"{prefix}_bn2", out, wide, 1, 1)
        channels = out
    layer("_conv_head", "_bn1", HEAD, channels, 1, 1)
    tensors["_fc.weight"] = rng.normal(size=(classes, HEAD)).astype(np.float32)
    tensors["_fc.bias"] = rng.normal(size=classes).astype(np.float32)
    return tensors


def tiny_network(classes: int = 1000) -> Network:
    """Return the tiny network as the real ones are made ready."""
    model = efficientnet_lite(tiny_tensors(classes), side=SIDE)
    take_bytes(
        model, shape=(SIDE, SIDE), mean=(127,) * 3, deviation=(128,) * 3, channels_last=False
    )
    return Network(
        name="tiny",
        graph=model.SerializeToString(),
        preprocessing=Preprocessing(SIDE, SIDE),
        one_by_one=False,
        features="features",
        logits="logits",
    )
