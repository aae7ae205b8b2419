"""One run of one contender in a fresh process: seconds, processor time, peak memory, figures."""

from __future__ import annotations

import contextlib
import gc
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
    resident size of all of them together during the timed part, input included; `before_mb` what
    it was when that began. `trouble` says why there are no figures."""

    wall: float = 0.0
    cpu: float = 0.0
    peak_mb: int = 0
    before_mb: int = 0
    result: Mapping[str, Any] | None = None
    trouble: str = ""


def run_once(
    prepare: Callable[[], Any] | None,
    run: Callable[..., Any],
    judge: Callable[[Any, Any], Mapping[str, Any]] | None,
    limit: float,
) -> Once:
    """`run(prepare())`, or `run()` without `prepare`, in a spawned process; only `run` is timed.

    Args:
        judge: makes figures of what was given and what came out, untimed.
        limit: seconds for all of it together; after them the process is ended.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, prepare, run, judge))
    process.start()
    there.close()
    peak, until = 0, time.monotonic() + limit
    try:
        while not here.poll(_LOOK_S):
            peak = max(peak, _family_mb(process.pid or 0))
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
        if time.monotonic() > until:
            process.terminate()
        process.join()
        here.close()


def _work(
    there: Connection,
    prepare: Callable[[], Any] | None,
    run: Callable[..., Any],
    judge: Callable[[Any, Any], Mapping[str, Any]] | None,
) -> None:
    try:
        given = (prepare(),) if prepare else ()
        gc.collect()
        _forget_peak()
        before = _own_peak_mb()
        cpu, wall = _cpu(), time.perf_counter()
        result = run(*given)
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
        peak = _own_peak_mb()
        figures = judge(*given, result) if judge else result
        there.send(Once(wall, cpu, peak, before, dict(figures)))
    except Exception as error:  # whatever a peer raises belongs in the report
        there.send(Once(trouble=f"{type(error).__name__}: {error}"))


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def _forget_peak() -> None:
    """Let the high-water mark of memory begin anew, where the system can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _own_peak_mb() -> int:
    """High-water mark of this process image; ru_maxrss would include the one that spawned it."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _family_mb(pid: int) -> int:
    """Resident size of a process and its children now; 0 when it has none."""
    total, waiting, seen = 0, [pid], 0
    while waiting:
        folder = Path("/proc") / str(waiting.pop())
        try:
            total += int((folder / "statm").read_text().split()[1]) * resource.getpagesize()
            seen += 1
            for task in (folder / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, IndexError):  # it has just ended
            continue
    return total >> 20 if seen > 1 else 0
