"""The last block of a network, retrained on labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import MissingExtraError
from bilderatlas.types import BoolArray, Float16Array, Float32Array, Int32Array

__all__ = ["Epoch", "FineTuned", "block_features", "channels_last", "fine_tune", "require_torch"]

EPOCHS = 12
_BATCH = 32
_RATE = 2e-4
_RATE_OF_CLASSIFIER = 2e-3
_DECAY = 1e-2
_SIX = 6.0  # where ReLU6 ends


@dataclass(frozen=True, slots=True)
class Epoch:
    """How the network did after an epoch.

    ``seen`` and ``unseen``: share told right of the pictures it learns from, and of those held out;
    ``seen_loss`` and ``unseen_loss``: mean cross entropy, in nats.
    """

    seen: float
    unseen: float
    seen_loss: float
    unseen_loss: float


@dataclass(frozen=True, slots=True)
class FineTuned:
    """A retrained block, by the names of its weights, and the epochs it took.

    ``best`` is the place among ``epochs`` of the one whose weights these are: that of the lowest
    loss on pictures held out.
    """

    block: Mapping[str, Float32Array]
    epochs: tuple[Epoch, ...]
    best: int


def require_torch() -> Any:
    """Return the module torch.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        import torch
    except ImportError:
        raise MissingExtraError(
            "--fine-tune needs PyTorch: type pip install 'bilderatlas[torch]'."
        ) from None
    return torch


def fine_tune(
    block: Mapping[str, Float32Array],
    maps: Float16Array,
    codes: Int32Array,
    held_out: BoolArray,
    *,
    epochs: int = EPOCHS,
    random_state: int = 0,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> FineTuned:
    """Retrain an inverted bottleneck block and the head after it, with a classifier on top.

    Batch normalisation stays as it is, folded in; AdamW (Loshchilov & Hutter 2019) at a rate that
    falls to nothing by a cosine.

    Parameters
    ----------
    block
        Weights and biases of the expansion, the depthwise convolution, the projection and the head,
        in this order.
    maps
        Shape (m, channels, rows, columns): what goes into the block, one for each picture.
    codes
        Shape (m,), int32: classes 0…c - 1.
    held_out
        Shape (m,), bool: the pictures that are only judged.
    epochs
        How often each picture is seen.
    random_state
        Seed of the order.
    report
        Told how many epochs are done.

    Raises
    ------
    MissingExtraError
        If torch is not installed.
    """
    torch = require_torch()
    order = np.random.default_rng(random_state)
    tensors = {name: channels_last(values).requires_grad_() for name, values in block.items()}
    classes = int(codes.max()) + 1
    head = next(reversed([values for values in block.values() if values.ndim == 1]))
    plane = torch.zeros((classes, len(head)), requires_grad=True)
    offset = torch.zeros(classes, requires_grad=True)
    steps = torch.optim.AdamW(
        [
            {"params": list(tensors.values()), "lr": _RATE},
            {"params": [plane, offset], "lr": _RATE_OF_CLASSIFIER},
        ],
        weight_decay=_DECAY,
    )
    rows = np.flatnonzero(~held_out)
    batches = -(-len(rows) // _BATCH)
    slope = torch.optim.lr_scheduler.CosineAnnealingLR(steps, epochs * batches)
    wanted = torch.from_numpy(codes.astype(np.int64))

    def scores(part: Any) -> Any:
        return block_features(tensors, channels_last(maps[part])) @ plane.T + offset

    def judged(part: Any) -> tuple[float, float]:
        with torch.no_grad():
            found = torch.cat([scores(some) for some in np.array_split(part, -(-len(part) // 256))])
        loss = torch.nn.functional.cross_entropy(found, wanted[part])
        return float((found.argmax(1) == wanted[part]).float().mean()), float(loss)

    done: list[Epoch] = []
    best, kept = 0, dict(block)
    for number in range(epochs):
        for some in np.array_split(order.permutation(rows), batches):
            steps.zero_grad()
            torch.nn.functional.cross_entropy(scores(some), wanted[some]).backward()
            steps.step()
            slope.step()
        (seen, seen_loss), (unseen, unseen_loss) = judged(rows), judged(np.flatnonzero(held_out))
        done.append(Epoch(seen, unseen, seen_loss, unseen_loss))
        if unseen_loss <= done[best].unseen_loss:
            best = number
            kept = {name: values.detach().numpy().copy() for name, values in tensors.items()}
        report(number + 1, epochs)
    return FineTuned(kept, tuple(done), best)


def channels_last(values: npt.NDArray[Any]) -> Any:
    """Return a float32 tensor; if of four axes, in the order in memory that is the fastest here."""
    torch = require_torch()
    tensor = torch.tensor(values, dtype=torch.float32)
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor


def block_features(tensors: Mapping[str, Any], inputs: Any) -> Any:
    """Return what the block makes of maps (b, channels, rows, columns): shape (b, d), torch."""
    functional = require_torch().nn.functional
    values = list(tensors.values())
    expansion, depthwise, projection, head = zip(values[::2], values[1::2], strict=True)

    def bent(flow: Any) -> Any:
        return flow.clamp(0, _SIX)

    flow = bent(functional.conv2d(inputs, *expansion))
    weight, bias = depthwise
    around = weight.shape[-1] // 2
    flow = bent(functional.conv2d(flow, weight, bias, padding=around, groups=len(weight)))
    flow = functional.conv2d(flow, *projection)
    return bent(functional.conv2d(flow, *head)).mean(dim=(2, 3))
