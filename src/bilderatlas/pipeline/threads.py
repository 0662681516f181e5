"""The local engine: N identical threads that work on batches, results in the order asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["work_through"]

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
