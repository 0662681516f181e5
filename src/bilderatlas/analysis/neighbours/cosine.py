"""Cosine similarity, to the last bit the same for copies of a vector wherever they stand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.types import Float16Array, Float32Array

__all__ = ["rank", "unit"]


def unit(vectors: npt.ArrayLike) -> Float32Array:
    """Return rows, shape (n, d), scaled to length 1 as contiguous float32; zero rows stay zero."""
    given = np.asarray(vectors)
    rows = _floats(given) if given.dtype == np.float16 else np.array(given, np.float32, order="C")
    length = np.sqrt(np.einsum("nd,nd->n", rows, rows))[:, None]
    rows *= np.divide(1, length, out=np.zeros_like(length), where=length > 0)
    return rows


def _floats(halves: Float16Array) -> Float32Array:
    """Convert finite float16 to float32: the bits moved to their places, the exponent scaled.

    NumPy takes up to fifteen times as long, which would be most of the time of a query.
    """
    bits = np.ascontiguousarray(halves).view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= -0x70002000  # the sign, which stays in the first bit, is not carried on behind it
    floats = bits.view(np.float32)
    floats *= np.float32(2.0**112)  # the bias of the exponent is 15 there and 127 here
    return floats


def rank(
    queries: Float32Array,
    ids: npt.NDArray[np.int64],
    rows: Float32Array,
    places: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], Float32Array]:
    """Sort candidates by cosine similarity, largest first, ties by lower id.

    A product of matrices sums in an order that depends on where a vector lies in its block; here
    every pair is summed in one and the same order.

    Parameters
    ----------
    queries
        Shape (m, d), rows of length 1.
    ids
        Shape (m, c): each query's candidates; -1 stands for none, and goes last.
    rows
        Shape (r, d), rows of length 1, of the candidates.
    places
        Shape (m, c): where in ``rows`` each candidate stands; anything where there is none.

    Returns
    -------
    ids, similarity
        Both (m, c); similarity in -1…1, or -inf where there is no candidate.
    """
    import faiss

    if queries.shape[1] != rows.shape[1]:
        raise ValueError(f"queries have {queries.shape[1]} dimensions, vectors {rows.shape[1]}")
    order = np.argsort(ids, axis=1)
    ids = np.take_along_axis(ids, order, 1)
    places = np.ascontiguousarray(np.take_along_axis(places, order, 1), np.int64)
    if places.size and not 0 <= places.min() <= places.max() < len(rows):
        raise ValueError(f"a place is outside the {len(rows)} rows")  # the loop below trusts them
    similarity = np.empty(ids.shape, np.float32)
    if ids.size:
        at = faiss.swig_ptr
        faiss.fvec_inner_products_by_idx(
            at(similarity), at(queries), at(rows), at(places), queries.shape[1], *ids.shape
        )
    np.clip(similarity, -1, 1, out=similarity)
    similarity[ids < 0] = -np.inf
    order = np.argsort(-similarity, axis=1, kind="stable")
    return np.take_along_axis(ids, order, 1), np.take_along_axis(similarity, order, 1)
