"""Work over processes: results in order, workers that die with their parent, clean cancel."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from engine.errors import WaylineError

_Result = TypeVar("_Result")

MAX_TRIES = 3


class WorkerError(WaylineError):
    """A worker process died, several times at the same work."""


def in_processes(
    work: Callable[[int], _Result], numbers: Sequence[int], jobs: int, alone: float = 0.0
) -> Iterator[_Result]:
    """`work` of each number, over `jobs` processes, in the order of the numbers.

    alone: for so many seconds this process works by itself before it starts the others, which
    takes them a second; whoever waits for the first result has it sooner.
    A worker that dies is replaced and its work done again. Raises WorkerError when work
    fails to come to an end `MAX_TRIES` times, and whatever `work` raises.
    """
    done = 0
    tries = 0
    began = time.monotonic()
    while done < len(numbers) and time.monotonic() - began < alone:
        yield work(numbers[done])
        done += 1
    while done < len(numbers):
        try:
            for result in _one_pool(work, numbers[done:], jobs):
                yield result
                done += 1
                tries = 0
        except (BrokenProcessPool, BrokenPipeError):
            # The pipe breaks when a worker dies while it is being told what to do.
            tries += 1
            if tries == MAX_TRIES:
                raise WorkerError(
                    f"the process that simulated replication {numbers[done]} died {tries} times",
                    mend="simulate fewer customers a replication, or free memory.",
                ) from None


def _one_pool(
    work: Callable[[int], _Result], numbers: Sequence[int], jobs: int
) -> Iterator[_Result]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(work,))
    try:
        waiting: list[Future[Any]] = []
        rest = iter(numbers)
        for number in rest:
            waiting.append(pool.submit(_work, number))
            if len(waiting) < jobs * 4:
                continue
            yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    except BaseException:
        _kill(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the workers in the middle of what they do: nobody waits for it any more."""
    for process in list((pool._processes or {}).values()):  # noqa: SLF001 - public from 3.14
        process.kill()


def _no_task(number: int) -> Any:
    raise RuntimeError(f"no work was given for {number}")


_task: Callable[[int], Any] = _no_task


def _prepare(work: Callable[[int], Any]) -> None:
    global _task  # noqa: PLW0603 - a worker process has one task
    _task = work
    # Ctrl-C is for the parent, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(number: int) -> Any:
    return _task(number)
