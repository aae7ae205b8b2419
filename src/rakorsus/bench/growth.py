"""How time and memory grow from 50,000 lines on, beside the floor measured in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rakorsus.bench.countries import country, opened
from rakorsus.bench.floor import floor
from rakorsus.bench.measure import Contender, Report, Target, Timing, compete
from rakorsus.bench.sampling import shares
from rakorsus.engine.backends import Local, analyse_nation
from rakorsus.engine.backends.government import Partition, analyse_government

TODAY: Final = date(2025, 7, 1)
_FIRST: Final = 50_000
_WORKERS: Final = 2
_FULL: Final = 5_000_000
_MINUTES: Final = 5
_MEMORY_MB: Final = 8 * 1024
_SAMPLED: Final = 4  # governments in which the shares of the stages are measured


def run(repeats: int = 3, lines: int = 500_000) -> list[Report]:
    """50,000 lines and ten times as many as long as `lines` allows; 5,000,000 is the full run."""
    reports: list[Report] = []
    before: Timing | None = None
    size = _FIRST
    while size <= max(lines, _FIRST):
        report = _measure(size, repeats if size < _FULL else 1, before)
        reports.append(report)
        before = report.timings[0]
        size *= 10
    return reports


def _measure(lines: int, repeats: int, before: Timing | None) -> Report:
    with ExitStack() as held:
        folder = held.enter_context(country(lines))
        timings = compete(
            [
                Contender("analysis", partial(_analyse, folder), limit=7_200),
                Contender("floor", partial(_floor, folder), limit=7_200),
            ],
            repeats,
        )
        ours = timings[0]
        notes = [f"{_WORKERS} workers; the floor has one process", _stages(folder)]
        targets = [
            Target("8 GB or less", f"{ours.peak_mb} MB", ours.peak_mb <= _MEMORY_MB),
        ]
        if before is not None:
            wall, cpu = ours.wall / before.wall, ours.cpu / before.cpu
            targets.append(Target(
                "ten times the lines in 11 times the time or less",
                f"{wall:.2f} x the time, {cpu:.2f} x the processor time", wall <= 11,
            ))  # fmt: skip
        if lines >= _FULL:
            targets.append(Target(
                f"{lines:,} lines in {_MINUTES} minutes or less on {_WORKERS} cores",
                f"{ours.wall:.0f} s, {ours.cpu:.0f} s of processor time",
                ours.wall <= 60 * _MINUTES,
            ))  # fmt: skip
    return Report(
        f"growth-{lines}",
        {"lines": lines, "governments": ours.result["governments"]},
        timings,
        tuple(notes),
        targets=tuple(targets),
    )


def _analyse(path: Path) -> Mapping[str, Any]:
    with TemporaryDirectory(prefix="rakorsus-bench-") as out:
        nation = analyse_nation(opened(path), Path(out), Local(_WORKERS), today=TODAY)
        written = sum(file.stat().st_size for file in Path(out).iterdir())
    return {
        "lines": nation.total("lines"),
        "governments": len(nation.heads),
        "findings": nation.total("findings"),
        "written_mb": written >> 20,
    }


def _floor(path: Path) -> Mapping[str, Any]:
    return floor(opened(path))


def _stages(path: Path) -> str:
    """Shares of the stages in a few governments, in words."""
    chosen = opened(path).governments[-_SAMPLED:]

    def work() -> None:
        for government in chosen:
            analyse_government(Partition(str(path), government, TODAY))

    found = shares(work, "rakorsus.engine")
    told = ", ".join(f"{name} {share:.0%}" for name, share in found.items() if share >= 0.01)
    return f"share of the time in {len(chosen)} governments: {told}"
