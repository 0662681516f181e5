"""The local engine."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from bilderatlas.pipeline.threads import work_through

Worker = Callable[[Sequence[int]], Sequence[int]]


def batches_of_two(n: int) -> Iterator[list[int]]:
    return ([i, i + 1] for i in range(0, n, 2))


def test_results_come_in_the_order_of_the_batches_whatever_takes_longest() -> None:
    def open_worker() -> Worker:
        def work(batch: Sequence[int]) -> Sequence[int]:
            time.sleep(0.01 if batch[0] % 4 == 0 else 0)
            return [10 * i for i in batch]

        return work

    done = [i for batch in work_through(batches_of_two(40), open_worker, 3) for i in batch]
    assert done == [10 * i for i in range(40)]


def test_each_thread_opens_one_worker() -> None:
    opened: list[int] = []

    def open_worker() -> Worker:
        opened.append(threading.get_ident())
        return lambda batch: batch

    list(work_through(batches_of_two(100), open_worker, 2))
    assert 1 <= len(opened) <= 2
    assert len(set(opened)) == len(opened)


def test_few_batches_wait_so_that_memory_is_bounded() -> None:
    taken = 0

    def counted() -> Iterator[list[int]]:
        nonlocal taken
        for batch in batches_of_two(1000):
            taken += 1
            yield batch

    results = work_through(counted(), lambda: lambda batch: batch, 2)
    next(results)
    assert taken <= 10
    results.close()  # type: ignore[attr-defined]


def test_an_error_in_a_worker_reaches_the_caller() -> None:
    def open_worker() -> Worker:
        raise OSError("no weights")

    with pytest.raises(OSError, match="no weights"):
        list(work_through(batches_of_two(4), open_worker, 2))
