"""The local engine: N identical threads that work on batches, results in the order asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, TypeVar

__all__ = ["one_thread_if_few", "work_through"]

_FEW = 20_000

Input = TypeVar("Input")
Output = TypeVar("Output")

_WAITING_PER_WORKER = 4  # batches: enough that one slow picture holds nobody up, and bounded memory


def work_through(
    batches: Iterable[Sequence[Input]],
    open_worker: Callable[[], Callable[[Sequence[Input]], Sequence[Output]]],
    workers: int,
) -> Iterator[Sequence[Output]]:
    """Yield each batch's results, in the order of the batches.

    Parameters
    ----------
    batches
        What is to be done; taken from as threads become free, so it may be endless.
    open_worker
        Makes one thread's own worker, in that thread: network sessions are not shared.
    workers
        Number of threads.
    """
    own = threading.local()

    def work(batch: Sequence[Input]) -> Sequence[Output]:
        if not hasattr(own, "worker"):
            own.worker = open_worker()
        done: Sequence[Output] = own.worker(batch)
        return done

    pool = ThreadPoolExecutor(workers, thread_name_prefix="pictures")
    waiting: deque[Future[Sequence[Output]]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) >= _WAITING_PER_WORKER * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def one_thread_if_few(items: int) -> AbstractContextManager[Any]:
    """Keep BLAS to one thread while vectors of up to 20,000 items are worked on.

    Its second thread mostly waits there, at full load: a map takes twice as long with it.
    """
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[Any] = threadpool_limits(
        1 if items <= _FEW else None, user_api="blas"
    )
    return limits
