"""Principal components by the covariance matrix."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["PCA"]

_BLOCK = 16_384
"""Rows that are centred at a time, so that float16 vectors are never widened all at once."""


class PCA:
    """The directions in which the vectors vary most (Pearson 1901), in the manner of scikit-learn.

    The covariance matrix is summed block by block and only its leading eigenvectors are sought:
    time O(n d²), memory O(d²) beside the vectors.

    Parameters
    ----------
    n_components
        Number of directions.

    Attributes
    ----------
    mean_
        Shape (d,), float32.
    components_
        Shape (n_components, d), float32; rows of length 1, each with its largest entry positive,
        so that the signs are always the same. Where d < n_components, the last rows are zero.
    """

    mean_: Float32Array
    components_: Float32Array

    def __init__(self, *, n_components: int = 2) -> None:
        self.n_components = n_components

    def fit(self, vectors: npt.ArrayLike) -> PCA:
        """Find the components of ``vectors``, shape (n, d), n ≥ 1, of any float type."""
        from scipy.linalg import eigh

        vectors = np.asarray(vectors)
        n, d = vectors.shape
        self.mean_ = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        covariance = np.zeros((d, d))
        for start in range(0, n, _BLOCK):
            centred = vectors[start : start + _BLOCK] - self.mean_
            covariance += centred.T @ centred
        self.components_ = np.zeros((self.n_components, d), np.float32)
        found = min(self.n_components, d)
        _, leading = eigh(covariance / n, subset_by_index=(d - found, d - 1))
        rows = leading.T[::-1]
        largest = np.take_along_axis(rows, np.abs(rows).argmax(axis=1)[:, None], axis=1)
        self.components_[:found] = rows * np.where(largest < 0, -1, 1)
        return self

    def transform(self, vectors: npt.ArrayLike) -> Float32Array:
        """Return the coordinates of ``vectors``, shape (n, n_components), float32."""
        vectors = np.asarray(vectors)
        out = np.empty((len(vectors), self.n_components), np.float32)
        for start in range(0, len(vectors), _BLOCK):
            rows = slice(start, start + _BLOCK)
            out[rows] = (vectors[rows] - self.mean_) @ self.components_.T
        return out

    def fit_transform(self, vectors: npt.ArrayLike) -> Float32Array:
        """Find the components of ``vectors`` and return the coordinates in them.

        Without vectors (n = 0), the result has shape (0, n_components).
        """
        if len(np.asarray(vectors)) == 0:
            return np.empty((0, self.n_components), np.float32)
        return self.fit(vectors).transform(vectors)
