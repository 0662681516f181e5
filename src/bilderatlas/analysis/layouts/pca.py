"""Principal components by the covariance matrix; of sparse vectors, by singular values."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float32Array

__all__ = ["PCA"]

_BLOCK = 16_384
"""Rows that are centred at a time, so that float16 vectors are never widened all at once."""


class PCA:
    """The directions in which the vectors vary most (Pearson 1901), in the manner of scikit-learn.

    The covariance matrix is summed block by block and only its leading eigenvectors are sought:
    time O(n d²), memory O(d²) beside the vectors. Sparse vectors are not centred, which would fill
    them: their directions are the leading singular vectors (truncated SVD, as of word counts in
    latent semantic analysis, Deerwester et al. 1990).

    Parameters
    ----------
    n_components
        Number of directions.

    Attributes
    ----------
    mean_
        Shape (d,), float32; zero for sparse vectors.
    components_
        Shape (n_components, d), float32; rows of length 1, each with its largest entry positive,
        so that the signs are always the same. Where d < n_components, the last rows are zero.
    share_
        How much of what the vectors vary the components show, 0…1; of sparse vectors, of the
        summed squares.
    parameters
        What the layout was made with, for JSON.
    """

    mean_: Float32Array
    components_: Float32Array
    share_: float

    def __init__(self, *, n_components: int = 2) -> None:
        self.n_components = n_components

    @property
    def parameters(self) -> dict[str, Any]:
        return {"n_components": self.n_components, "share_of_variance": self.share_}

    def fit(self, vectors: Any) -> PCA:
        """Find the components of ``vectors``.

        Shape (n, d), n ≥ 1, of any float type: an array, or a matrix of `scipy.sparse`.
        """
        from scipy.sparse import issparse

        sparse = issparse(vectors)
        leading, self.share_ = self._singular(vectors) if sparse else self._principal(vectors)
        largest = np.take_along_axis(leading, np.abs(leading).argmax(axis=1)[:, None], axis=1)
        self.components_ = np.zeros((self.n_components, vectors.shape[1]), np.float32)
        self.components_[: len(leading)] = leading * np.where(largest < 0, -1, 1)
        return self

    def transform(self, vectors: Any) -> Float32Array:
        """Return the coordinates of ``vectors``, shape (n, n_components), float32."""
        out = np.empty((vectors.shape[0], self.n_components), np.float32)
        for start in range(0, len(out), _BLOCK):
            rows = slice(start, start + _BLOCK)
            out[rows] = self._centred(vectors[rows]) @ self.components_.T
        return out

    def fit_transform(self, vectors: Any) -> Float32Array:
        """Find the components of ``vectors`` and return the coordinates in them.

        Without vectors (n = 0), the result has shape (0, n_components).
        """
        if vectors.shape[0] == 0:
            self.share_ = 1.0
            return np.empty((0, self.n_components), np.float32)
        return self.fit(vectors).transform(vectors)

    def _centred(self, vectors: Any) -> Any:
        return vectors - self.mean_ if isinstance(vectors, np.ndarray) else vectors

    def _principal(self, vectors: npt.NDArray[Any]) -> tuple[npt.NDArray[np.float64], float]:
        """Return the leading rows, and their share of the variance."""
        from scipy.linalg import eigh

        n, d = vectors.shape
        self.mean_ = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        covariance = np.zeros((d, d))
        for start in range(0, n, _BLOCK):
            centred = vectors[start : start + _BLOCK] - self.mean_
            covariance += centred.T @ centred
        found = min(self.n_components, d)
        values, leading = eigh(covariance, subset_by_index=(d - found, d - 1))
        whole = float(np.trace(covariance))
        return leading.T[::-1], float(values.sum()) / whole if whole > 0 else 1.0

    def _singular(self, vectors: Any) -> tuple[npt.NDArray[np.float64], float]:
        from scipy.sparse.linalg import svds

        self.mean_ = np.zeros(vectors.shape[1], np.float32)
        whole = float(vectors.multiply(vectors).sum())
        # The solver finds fewer than all; of so few vectors, all are found without it.
        if min(vectors.shape) <= self.n_components + 1:
            _, values, leading = np.linalg.svd(vectors.toarray(), full_matrices=False)
        else:
            _, values, leading = svds(
                vectors.astype(np.float64), self.n_components, v0=np.ones(min(vectors.shape))
            )
        order = np.argsort(-values, kind="stable")[: self.n_components]
        shown = float((values[order] ** 2).sum())
        return leading[order], shown / whole if whole > 0 else 1.0
