"""Timing several contenders in turn, and the report of it."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one contender: medians over the repeats, and all wall times."""

    name: str
    wall: float
    cpu: float
    walls: tuple[float, ...]
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """One bench: what was measured on what machine, our contender first."""

    name: str
    size: Mapping[str, Any]
    timings: tuple[Timing, ...]
    notes: tuple[str, ...] = ()
    machine: Mapping[str, Any] = field(default_factory=lambda: machine())

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ratios": self.ratios(), "peak_mb": peak_memory_mb()}

    def ratios(self) -> dict[str, float]:
        """Each contender's median processor time by ours; above 1 is slower than ours."""
        ours = self.timings[0].cpu or 1e-9
        return {t.name: round(t.cpu / ours, 2) for t in self.timings[1:]}

    def as_text(self) -> str:
        lines = [f"{self.name}  {', '.join(f'{k} {v}' for k, v in self.size.items())}"]
        width = max(len(t.name) for t in self.timings)
        for timing in self.timings:
            result = ", ".join(f"{k} {_short(v)}" for k, v in timing.result.items())
            lines.append(
                f"  {timing.name:<{width}}  wall {timing.wall:8.3f} s  cpu {timing.cpu:8.3f} s"
                f"  {result}"
            )
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)


def compete(
    contenders: Mapping[str, Callable[[], Mapping[str, Any]]], repeats: int
) -> tuple[Timing, ...]:
    """Run each contender `repeats` times, in turn, so that a drifting machine is fair to all."""
    walls: dict[str, list[float]] = {name: [] for name in contenders}
    cpus: dict[str, list[float]] = {name: [] for name in contenders}
    results: dict[str, Mapping[str, Any]] = {}
    for _ in range(repeats):
        for name, contender in contenders.items():
            wall, cpu = time.perf_counter(), time.process_time()
            results[name] = contender()
            walls[name].append(time.perf_counter() - wall)
            cpus[name].append(time.process_time() - cpu)
    return tuple(
        Timing(
            name,
            statistics.median(walls[name]),
            statistics.median(cpus[name]),
            tuple(round(w, 4) for w in walls[name]),
            results[name],
        )
        for name in contenders
    )


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def peak_memory_mb() -> int:
    """The greatest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
