"""Vectors that stand in clusters, as those of pictures do."""

import numpy as np
import numpy.typing as npt

__all__ = ["clustered"]


def clustered(n: int, d: int = 32, seed: int = 0) -> npt.NDArray[np.float16]:
    """Return vectors, shape (n, d), not negative, of 40 kinds that overlap."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(7).normal(size=(40, d))
    near = centres[random.integers(0, 40, n)] + 0.4 * random.normal(size=(n, d))
    return np.maximum(near, 0).astype(np.float16)
