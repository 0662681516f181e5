"""Collections made of numbers."""

from __future__ import annotations

import numpy as np

from bilderatlas.types import Float32Array


def unit(vectors: np.ndarray) -> Float32Array:
    """Return rows of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def noise(n: int, d: int, seed: int = 0) -> Float32Array:
    """Return vectors without any structure."""
    return unit(np.random.default_rng(seed).normal(size=(n, d)))


def on_a_circle(n: int) -> Float32Array:
    """Return vectors on a circle, which are also the map that shows them as they are."""
    turn = np.random.default_rng(0).uniform(0, 2 * np.pi, n)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1).astype(np.float32)
