"""Approximate cosine neighbours that are found by reading a small part of a compressed index."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.neighbours.cosine import rank, unit
from bilderatlas.analysis.neighbours.saved import opened, saving
from bilderatlas.analysis.neighbours.stored import Ids, Source, Stored
from bilderatlas.analysis.neighbours.threads import threads_for
from bilderatlas.errors import AtlasError
from bilderatlas.types import BoolArray, Float32Array, Neighbours

__all__ = ["Ivf"]

_FILE = "ivf.faiss"
_ZEROS = "zeros.npy"

_SMALL = 5000
"""Up to so many vectors all are compared, as halves: lists and principal axes want more."""

_DIMENSIONS = 256
"""Principal axes that the index keeps. Measured at 100k x 1,280 (clustered, recall@10 after the
re-ranking of 200): 0.994 from 64 axes, 0.997 from 128, 0.9995 from 256; all 1,280 give 0.9995 too,
of five times the bytes and three times the time."""

_LISTS = 3.2
"""Lists by root of n: 1,012 at 100k, 3,200 at a million."""

_PROBES = 64
"""Lists that a query looks into. Measured as above, recall@10 and @90 of the items themselves:
0.9979 and 0.957 from 21 of 453 lists (20k), 0.9992 and 0.988 from 43, 0.9993 and 0.995 from 64;
0.9984 and 0.992 from 64 of 4,048 (100k)."""

_MORE = 200
"""Candidates ranked beyond those asked for. From 256 axes, 100 lose 8% of 90 neighbours, 200 lose
1.2%, 300 lose 0.6%."""

_FEW = 4096
"""Up to so many vectors that may be answers, all of them are candidates."""

_AXES_SAMPLE = 20_000
_LIST_SAMPLE = 64  # vectors for each list
_ROWS = 1024  # queries answered at a time, which bounds the memory of their candidates
_CHUNK = 16_384  # vectors read at a time


class Ivf:
    """An index of lists of like vectors (inverted file), of which a query reads the nearest few.

    The vectors are kept on their principal axes with 8 bits each (Jégou, Douze & Schmid, Product
    quantization for nearest neighbor search, 2011, section IV; faiss ``IVF,SQ8``). What they
    find is ranked again by the stored vectors, so the similarities are exact, and only a true
    neighbour can be missed. Zero vectors stand in no list, since they have no direction. See
    ``Index`` for what each method takes, returns and raises.
    """

    measure = "cosine"

    def __init__(
        self, index: Any, zeros: Ids, vectors: Stored, *, trained: int, random_state: int
    ) -> None:
        self._index = index
        self._zeros = zeros
        self._vectors = vectors
        self._trained = trained
        self._random_state = random_state
        self._mapped = False

    @classmethod
    def build(cls, vectors: npt.NDArray[Any], *, random_state: int = 0) -> Self:
        """Return the index of ``vectors``, shape (n, d), of any float type and any length.

        They may be a memory map: they are read in parts, and looked up there by ``query``.
        """
        stored = Stored(vectors, len(vectors))
        index, zeros = _trained(stored, vectors.shape[1], random_state)
        return cls(index, zeros, stored, trained=len(stored), random_state=random_state)

    @classmethod
    def load(cls, folder: Path, vectors: Source) -> Self:
        """Open a saved index, of which only those lists are read that queries look into."""
        import faiss

        facts = opened(folder, "ivf", vectors)
        try:
            index = faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC)
            zeros = np.load(folder / _ZEROS)
        except (OSError, RuntimeError, ValueError) as error:
            raise AtlasError(f"{folder} cannot be read: build the index again.") from error
        trained, random_state = facts["trained"], facts["random_state"]
        loaded = cls(
            index, zeros, Stored(vectors, facts["n"]), trained=trained, random_state=random_state
        )
        loaded._mapped = True
        return loaded

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made or replaced."""
        import faiss

        facts = {"n": len(self), "trained": self._trained, "random_state": self._random_state}
        with saving(folder, "ivf", facts) as new:
            faiss.write_index(self._index, str(new / _FILE))
            np.save(new / _ZEROS, self._zeros)

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, vectors: npt.ArrayLike) -> None:
        """Append vectors, shape (m, d); the lists are made anew once there are twice as many."""
        import faiss

        first, rows = len(self), unit(vectors)
        self._vectors.append(rows)
        if len(self) > max(_SMALL, 2 * self._trained):
            d = rows.shape[1]
            self._index, self._zeros = _trained(self._vectors, d, self._random_state)
            self._trained = len(self)
        else:
            if self._mapped:  # what is mapped cannot grow
                self._index = faiss.deserialize_index(faiss.serialize_index(self._index))
            self._zeros = np.concatenate([self._zeros, _put(self._index, rows, first)])
        self._mapped = False

    def query(
        self, queries: npt.ArrayLike, k: int, *, among: BoolArray | None = None
    ) -> Neighbours:
        """Return the nearest vectors of each query; they are found as often as ``recall`` says."""
        asked = unit(queries)
        columns = max(0, min(k, len(self)))
        ids = np.full((len(asked), columns), -1, np.int32)
        similarity = np.full((len(asked), columns), -np.inf, np.float32)
        with threads_for(len(asked)):
            for rows, near in self._candidates(asked, columns, among) if columns else ():
                needed, places = np.unique(near, return_inverse=True)
                places = places.reshape(near.shape)
                if len(needed) and needed[0] < 0:
                    needed, places = needed[1:], np.maximum(places - 1, 0)
                if len(needed):
                    found, alike = rank(asked[rows], near, self._vectors.take(needed), places)
                    width = min(columns, found.shape[1])
                    ids[rows, :width] = found[:, :width]
                    similarity[rows, :width] = alike[:, :width]
        return Neighbours(ids, similarity)

    def _candidates(
        self, queries: Float32Array, k: int, among: BoolArray | None
    ) -> Iterator[tuple[npt.NDArray[np.intp], Ids]]:
        """Yield which queries are answered together, and the ids to rank for each, or -1."""
        import faiss

        allowed, selector, zeros = len(self), None, self._zeros
        if among is not None:
            zeros = zeros[among[zeros]]
            few = np.flatnonzero(among)
            allowed = len(few)
            if allowed <= _FEW:
                for rows in _parts(np.arange(len(queries))):
                    yield rows, np.broadcast_to(few, (len(rows), allowed))
                return
            bits = np.packbits(among, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(bits) * 8, faiss.swig_ptr(bits))
        wanted = min(k + _MORE, len(self))
        if not isinstance(self._index, faiss.IndexPreTransform):
            parameters = faiss.SearchParameters(sel=selector)
            for rows in _parts(np.arange(len(queries))):
                yield rows, self._index.search(queries[rows], wanted, params=parameters)[1]
            return

        ivf = faiss.extract_index_ivf(self._index)
        reduced = faiss.downcast_VectorTransform(self._index.chain.at(0)).apply(queries)
        # Queries that look into the same lists come together: they need the same stored vectors.
        order = np.argsort(ivf.quantizer.search(reduced, 1)[1].ravel(), kind="stable")
        for rows in _parts(order):
            probes = ceil(_PROBES * len(self) / allowed)
            near = np.empty((len(rows), wanted), np.int64)
            short = np.arange(len(rows))
            while len(short):
                parameters = faiss.SearchParametersIVF(sel=selector, nprobe=probes)
                _, near[short] = ivf.search(reduced[rows[short]], wanted, params=parameters)
                if probes >= ivf.nlist:
                    break
                probes *= 4
                enough = min(k, allowed - len(zeros))
                short = np.flatnonzero((near >= 0).sum(axis=1) < enough)
            # A zero vector is equally near to everything: those of the lowest ids are enough.
            yield rows, np.hstack([near, np.broadcast_to(zeros[:k], (len(rows), len(zeros[:k])))])


def _trained(vectors: Stored, d: int, random_state: int) -> tuple[Any, Ids]:
    """Return a faiss index of ``vectors``, whose dimension is ``d``, and which are not in it."""
    import faiss

    n = len(vectors)
    if n <= _SMALL:
        index = faiss.index_factory(d, "SQfp16", faiss.METRIC_INNER_PRODUCT)
    else:
        lists = round(_LISTS * sqrt(n))
        random = np.random.default_rng(random_state)
        size = min(n, max(_AXES_SAMPLE, _LIST_SAMPLE * lists))
        sample = vectors.take(random.choice(n, size, replace=False))
        axes = _principal_axes(sample[:_AXES_SAMPLE])
        ivf = faiss.index_factory(axes.d_out, f"IVF{lists},SQ8")
        ivf.cp.seed = random_state
        ivf.cp.min_points_per_centroid = 1  # a small collection is no reason for a warning
        ivf.cp.max_points_per_centroid = _LIST_SAMPLE
        index = faiss.IndexPreTransform(axes, ivf)
        index.train(sample)
        del sample
    zeros = [np.empty(0, np.int64)]
    for start in range(0, n, _CHUNK):
        ids = np.arange(start, min(n, start + _CHUNK))
        zeros.append(_put(index, vectors.take(ids), start))
    return index, np.concatenate(zeros)


def _principal_axes(sample: Float32Array) -> Any:
    """Return faiss's transformation to the axes of the largest variance.

    As ``faiss.PCAMatrix``, whose training takes seven times as long.
    """
    import faiss

    middle = sample.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(sample, rowvar=False).reshape(len(middle), -1))
    kept = np.ascontiguousarray(axes.T[: -_DIMENSIONS - 1 : -1], np.float32)
    transform = faiss.LinearTransform(len(middle), len(kept), True)
    faiss.copy_array_to_vector(kept.ravel(), transform.A)
    faiss.copy_array_to_vector(-kept @ middle, transform.b)
    transform.is_trained = True
    return transform


def _put(index: Any, rows: Float32Array, first: int) -> Ids:
    """Add rows, whose ids start at ``first``, and return the ids of those that are left out."""
    import faiss

    ids = np.arange(first, first + len(rows), dtype=np.int64)
    if not isinstance(index, faiss.IndexPreTransform):
        index.add(rows)
        return ids[:0]
    # By the distance that lists go by, a zero vector would be nearer than many a true neighbour.
    directed = rows.any(axis=1)
    index.add_with_ids(rows[directed], ids[directed])
    return ids[~directed]


def _parts(order: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
    for start in range(0, len(order), _ROWS):
        yield order[start : start + _ROWS]
