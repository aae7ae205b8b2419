"""Results in the order of their tasks, with a bounded number of tasks under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Task = TypeVar("Task")


class Future(Protocol):
    """What `concurrent.futures` and Dask give back for a task."""

    def result(self) -> bytes: ...


class Backend(Protocol):
    """Where partitions are worked on."""

    def map(self, function: Callable[[Task], bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """`function` of each task, in the order of the tasks; tasks are taken only as needed."""


def in_order(
    submit: Callable[[Task], Future], tasks: Iterable[Task], window: int
) -> Iterator[bytes]:
    """The results of the tasks in order; at most `window` are under way or waiting to be taken.

    Memory is that of `window` results, however many tasks there are.
    """
    waiting: deque[Future] = deque()
    for task in tasks:
        waiting.append(submit(task))
        if len(waiting) >= window:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
