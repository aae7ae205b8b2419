"""Partitions on a Dask cluster (the extra `scale`).

The workers read the folder themselves: it must be mounted at the same path on each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from rakorsus.engine.backends.inorder import in_order

Task = TypeVar("Task")
_WINDOW: Final = 4  # tasks under way or waiting, per thread of the cluster


@dataclass(frozen=True, slots=True)
class Dask:
    """The cluster behind a scheduler's address, for example "tcp://10.0.0.5:8786"."""

    scheduler: str

    def map(self, function: Callable[[Task], bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """As `inorder.Backend.map`.

        Raises:
            ModuleNotFoundError: the extra `scale` is not installed.
            OSError: no scheduler answers at the address.
        """
        with _client(self.scheduler) as client:
            threads = sum(client.nthreads().values()) or 1
            yield from in_order(
                lambda task: client.submit(function, task, pure=False), tasks, _WINDOW * threads
            )


def _client(scheduler: str) -> Any:
    from distributed import Client

    try:
        return Client(scheduler, set_as_default=False, timeout="10s")  # type: ignore[no-untyped-call]
    except ValueError as problem:  # no address at all
        raise OSError(f"{scheduler}: {problem}") from problem
