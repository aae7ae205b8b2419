"""Partitions on the cores of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final, TypeVar

from rakorsus.engine.backends.inorder import in_order

Task = TypeVar("Task")
_WINDOW: Final = 4  # tasks under way or waiting, per worker
#: Every worker is one core's: threads inside it would only get in each other's way.
_ONE_THREAD: Final = {
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class Local:
    """A pool of `workers` processes, started afresh (a forked one may inherit held locks)."""

    workers: int

    def map(self, function: Callable[[Task], bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        with (
            _environment(_ONE_THREAD),
            ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool,
        ):
            yield from in_order(
                lambda task: pool.submit(function, task), tasks, _WINDOW * self.workers
            )


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Variables that processes started meanwhile inherit."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
