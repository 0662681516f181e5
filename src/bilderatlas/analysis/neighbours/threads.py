"""How many threads faiss answers with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["threads_for"]

_FEW = 16


@contextmanager
def threads_for(queries: int) -> Iterator[None]:
    """Keep a question of few queries to the calling thread, as long as the block runs.

    Threads that meet after a tenth of a millisecond of work wait for the last to be given a core:
    20 ms, measured on two cores that had other work.
    """
    import faiss

    threads = faiss.omp_get_max_threads()
    if queries < _FEW:
        faiss.omp_set_num_threads(1)  # OpenMP keeps this number for each calling thread apart
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
