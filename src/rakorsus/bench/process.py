"""One run of one contender in a fresh process: seconds, processor time, peak memory, figures."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_LOOK_S = 0.05  # seconds between two looks at the memory of the process and its children


@dataclass(frozen=True, slots=True)
class Once:
    """One run. `cpu` is processor time of the process and its children, `peak_mb` the greatest
    resident size of all of them together, input included; `before_mb` what it was when the timed
    part began. `trouble` says why there are no figures."""

    wall: float = 0.0
    cpu: float = 0.0
    peak_mb: int = 0
    before_mb: int = 0
    result: Mapping[str, Any] | None = None
    trouble: str = ""


def run_once(
    prepare: Callable[[], Any] | None, run: Callable[..., Mapping[str, Any]], limit: float
) -> Once:
    """`run(prepare())`, or `run()` without `prepare`, in a spawned process; only `run` is timed.

    Args:
        limit: seconds for preparation and run together; after them the process is ended.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, prepare, run))
    process.start()
    there.close()
    peak, until = 0, time.monotonic() + limit
    try:
        while not here.poll(_LOOK_S):
            peak = max(peak, _tree_mb(process.pid or 0))
            if time.monotonic() > until:
                return Once(trouble=f"not finished after {limit:g} s")
        try:
            once: Once = here.recv()
        except EOFError:
            process.join()
            return Once(trouble=f"process ended with code {process.exitcode}")
        return Once(once.wall, once.cpu, max(peak, once.peak_mb), once.before_mb, once.result,
                    once.trouble)  # fmt: skip
    finally:
        process.terminate() if process.is_alive() and time.monotonic() > until else None
        process.join()
        here.close()


def _work(
    there: Connection, prepare: Callable[[], Any] | None, run: Callable[..., Mapping[str, Any]]
) -> None:
    try:
        given = (prepare(),) if prepare else ()
        before = _own_peak_mb()
        cpu, wall = _cpu(), time.perf_counter()
        result = run(*given)
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
        there.send(Once(wall, cpu, _own_peak_mb(), before, dict(result)))
    except Exception as error:  # whatever a peer raises belongs in the report
        there.send(Once(trouble=f"{type(error).__name__}: {error}"))


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def _own_peak_mb() -> int:
    """High-water mark of this process image; ru_maxrss would include the one that spawned it."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _tree_mb(pid: int) -> int:
    """Resident size of a process and its children now; 0 where the system does not tell."""
    total, waiting = 0, [pid]
    while waiting:
        folder = Path("/proc") / str(waiting.pop())
        try:
            total += int((folder / "statm").read_text().split()[1]) * resource.getpagesize()
            for task in (folder / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, IndexError):  # it has just ended
            continue
    return total >> 20
