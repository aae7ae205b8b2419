"""Running contenders in turn, each run in a process of its own."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rakorsus.bench.machine import versions
from rakorsus.bench.process import Once, run_once
from rakorsus.bench.report import Report, Target, Timing

__all__ = ["Contender", "Report", "Target", "Timing", "compete"]


@dataclass(frozen=True, slots=True)
class Contender:
    """Something that is measured.

    `run(prepare())` (or `run()`) gives figures; only `run` is timed. With `judge` it may give
    anything, and `judge(given, result)` makes figures of it, untimed. All must pickle. `needs` are
    distributions without which it is reported as missing; `limit` seconds end it; `repeats` caps
    the number of its runs.
    """

    name: str
    run: Callable[..., Any]
    prepare: Callable[[], Any] | None = None
    judge: Callable[[Any, Any], Mapping[str, Any]] | None = None
    needs: tuple[str, ...] = ()
    limit: float = 900.0
    repeats: int = 1000


def compete(contenders: Sequence[Contender], repeats: int) -> tuple[Timing, ...]:
    """Run all contenders in turn, `repeats` times; a peer in trouble is not run again.

    Raises:
        RuntimeError: the first contender, ours, is in trouble.
    """
    lacking = {
        c.name: "not installed: " + ", ".join(missing)
        for c in contenders
        if (missing := [name for name, version in versions(c.needs).items() if not version])
    }
    runs: dict[str, list[Once]] = {c.name: [] for c in contenders}
    trouble: dict[str, str] = dict(lacking)
    for turn in range(repeats):
        for contender in contenders:
            if contender.name in trouble or turn >= contender.repeats:
                continue
            once = run_once(contender.prepare, contender.run, contender.judge, contender.limit)
            if not once.trouble:
                runs[contender.name].append(once)
            elif contender is contenders[0]:
                raise RuntimeError(f"{contender.name}: {once.trouble}")
            else:
                trouble[contender.name] = once.trouble
    return tuple(_timing(c, runs[c.name], trouble.get(c.name, "")) for c in contenders)


def _timing(contender: Contender, runs: Sequence[Once], trouble: str) -> Timing:
    library = tuple(f"{name} {v}" for name, v in versions(contender.needs).items() if v)
    if not runs or trouble:
        return Timing(contender.name, trouble=trouble, versions=library)
    return Timing(
        name=contender.name,
        wall=statistics.median(o.wall for o in runs),
        cpu=statistics.median(o.cpu for o in runs),
        peak_mb=round(statistics.median(o.peak_mb for o in runs)),
        before_mb=round(statistics.median(o.before_mb for o in runs)),
        walls=tuple(round(o.wall, 4) for o in runs),
        cpus=tuple(round(o.cpu, 4) for o in runs),
        result=runs[-1].result or {},
        versions=library,
    )
