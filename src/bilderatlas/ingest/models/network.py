"""A model made ready: its graph, and what goes in and comes out."""

from __future__ import annotations

from dataclasses import dataclass

from .preprocessing import Preprocessing

__all__ = ["Network"]


@dataclass(frozen=True, slots=True)
class Network:
    """A graph and the names of its ends.

    Attributes
    ----------
    name
        What the user typed.
    graph
        A serialised ONNX model that takes bytes, see :mod:`.normalisation`.
    preprocessing
        From an RGB image to its input.
    one_by_one
        Whether the graph takes only one picture at a time.
    features
        Name of the output that becomes the vector.
    logits
        Name of the output with the 1,000 ImageNet classes, or ``None``.
    """

    name: str
    graph: bytes
    preprocessing: Preprocessing
    one_by_one: bool
    features: str
    logits: str | None
