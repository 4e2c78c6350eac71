"""Work in several processes: results in order, a few portions ahead, and a process that dies costs its one item only."""

from __future__ import annotations

import copyreg
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from types import MappingProxyType
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


Frozen = MappingProxyType[Any, Any]


def _freeze(held: dict[Any, Any]) -> Frozen:
    return MappingProxyType(held)


def _reduce(frozen: Frozen) -> tuple[Callable[[dict[Any, Any]], Frozen], tuple[dict[Any, Any]]]:
    return _freeze, (dict(frozen),)


copyreg.pickle(MappingProxyType, _reduce)  # records hold frozen mappings, which pickle does not know

_ITEMS_A_PORTION = 64
_CHARACTERS_A_PORTION = 500_000
_PORTIONS_AHEAD = 4  # of every process: enough to keep all busy, few enough to stream


def in_processes(
    portions: Iterable[list[Item]],
    work: Callable[[list[Item]], list[Result]],
    lost: Callable[[Item], Result],
    workers: int,
) -> Iterator[Result]:
    """The results of `work` on every portion, in order; `lost` makes the result of an item that killed its process.

    `work` must be a function at the top of a module, since the processes start afresh.
    """
    crew = _Crew(work, lost, workers)
    try:
        for portion in portions:
            crew.give(portion)
            if len(crew.waiting) >= workers * _PORTIONS_AHEAD:
                yield from crew.take()
        while crew.waiting:
            yield from crew.take()
    finally:
        crew.stop()


class _Crew(Generic[Item, Result]):
    """A pool of processes that is replaced when one of them dies."""

    def __init__(
        self, work: Callable[[list[Item]], list[Result]], lost: Callable[[Item], Result], workers: int
    ) -> None:
        self._work, self._lost, self._workers = work, lost, workers
        self._pool = _new_pool(workers)
        self.waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()

    def give(self, portion: list[Item]) -> None:
        """Send a portion to the processes."""
        try:
            future = self._pool.submit(self._work, portion)
        except BrokenProcessPool:
            future = Future()
            future.set_exception(BrokenProcessPool())
        self.waiting.append((portion, future))

    def take(self) -> list[Result]:
        """The results of the oldest portion."""
        portion, future = self.waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            results = self._one_by_one(portion)
            self._start_again()
            return results

    def stop(self) -> None:
        """End the processes, dropping what was not begun."""
        self._pool.shutdown(cancel_futures=True)

    def _start_again(self) -> None:
        """Give a new pool what the dead one had."""
        self.stop()
        self._pool = _new_pool(self._workers)
        portions = [portion for portion, _ in self.waiting]
        self.waiting.clear()
        for portion in portions:
            self.give(portion)

    def _one_by_one(self, portion: list[Item]) -> list[Result]:
        """Work on each item in a process of its own, to find the one that kills."""
        results: list[Result] = []
        pool = _new_pool(1)
        for item in portion:
            try:
                results += pool.submit(self._work, [item]).result()
            except BrokenProcessPool:
                results.append(self._lost(item))
                pool.shutdown()
                pool = _new_pool(1)
        pool.shutdown()
        return results


def portions(items: Iterable[Item], size_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    """The items in portions worth sending to another process; `size_of` tells the characters of one."""
    portion: list[Item] = []
    size = 0
    for item in items:
        portion.append(item)
        size += size_of(item)
        if len(portion) >= _ITEMS_A_PORTION or size >= _CHARACTERS_A_PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _new_pool(workers: int) -> ProcessPoolExecutor:
    """Processes forked off a fresh one, never off ours: that may hold threads, locks and an open database."""
    if "forkserver" not in get_all_start_methods():
        return ProcessPoolExecutor(workers, get_context("spawn"))
    context = get_context("forkserver")
    context.set_forkserver_preload(["pipeline.preloaded"])
    return ProcessPoolExecutor(workers, context)
