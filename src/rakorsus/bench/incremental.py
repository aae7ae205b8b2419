"""One edited line among many judged again, by a warm session and by reading the list anew; and the
whole run of a city."""

from __future__ import annotations

import gc
import random
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.engine.analysis import analyse
from rakorsus.engine.findings import Findings
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.intake.join.picture import Picture
from rakorsus.engine.rules import Rules
from rakorsus.engine.session import Session
from rakorsus.synth import bulk, city, files

TODAY: Final = date(2025, 6, 1)
_CITY_DAY: Final = date(2022, 3, 14)
_EDITS: Final = 400
_ANEW: Final = 3
_TIDY: Final = 20  # edits after which the session is tidied up, as a worker does after an answer
_MS: Final = 50.0
_CITY_S: Final = 1.0
_KINDS: Final = ("places", "dates", "budget", "title", "status")

_Edit = tuple[str, pl.DataFrame]


def run(repeats: int = 3, lines: int = 100_000) -> list[Report]:
    """Edits of one line of `lines`, and the demonstration city as a whole."""
    return [_edits(repeats, lines), _city(repeats)]


def _edits(repeats: int, lines: int) -> Report:
    timings = compete([Contender("session", _session, partial(bulk.programs, lines))], repeats)
    found = timings[0].result
    return Report(
        "incremental",
        {"lines": lines, "edits": _EDITS},
        timings,
        (
            "places, dates, money, title or status of a random package; places are read anew",
            f"the session is tidied up after every {_TIDY} edits, outside the times of edits",
            f"anew: `analyse(only=...)` over the changed list, places known, {_ANEW} edits",
        ),
        targets=(Target(
            f"one edited line in {_MS:g} ms at p95 with {lines:,} lines",
            f"{found['p95_ms']:.1f} ms", found["p95_ms"] <= _MS,
        ),),
    )  # fmt: skip


def _city(repeats: int) -> Report:
    timings = compete([Contender("city", _whole, _files)], repeats)
    return Report(
        "city",
        {"lines": timings[0].result["lines"]},
        timings,
        targets=(Target(
            f"a city of 5,000 lines in {_CITY_S:g} s",
            f"{timings[0].wall:.2f} s", timings[0].wall <= _CITY_S,
        ),),
    )  # fmt: skip


def edits(programs: pl.DataFrame, count: int, seed: int = 1) -> Iterator[_Edit]:
    """Changed packages with the kind of change; the same arguments give the same."""
    draw = random.Random(seed)  # noqa: S311 (a frozen case, no secret)
    packages = programs.filter(pl.col("level") == "paket").sort("key")
    for _ in range(count):
        row = packages.row(draw.randrange(packages.height), named=True)
        other = packages.row(draw.randrange(packages.height), named=True)
        kind = draw.choice(_KINDS)
        if kind == "dates":
            row["start"] = date(row["year"], draw.randint(1, 6), 1)
            row["end"] = row["start"] + timedelta(days=draw.randint(20, 120))
        elif kind == "status":
            row["status"] = draw.choice(["planned", "failed", "cancelled"])
        else:
            row[kind] = other[kind]
        yield kind, pl.DataFrame([row], dict(packages.schema))


def _session(programs: pl.DataFrame) -> Mapping[str, Any]:
    before = _resident_mb()
    began = time.perf_counter()
    session = Session(programs, bulk.agencies(), bulk.regions(), today=TODAY)
    warm = time.perf_counter() - began
    gc.collect()
    gc.freeze()  # as the worker does
    tidied: list[float] = []

    def settle(number: int) -> None:
        if number % _TIDY == _TIDY - 1:
            start = time.perf_counter()
            session.settle()
            tidied.append((time.perf_counter() - start) * 1000)

    found = _figures(programs, session.change, settle)
    return {
        **found,
        "warm_s": round(warm, 2),
        "session_mb": _resident_mb() - before,
        "tidy_ms": round(max(tidied), 1),
        "anew_ms": round(median(_anew(programs)), 1),
    }


def _anew(programs: pl.DataFrame) -> Iterator[float]:
    """Milliseconds of an edit without a session."""
    agencies, regions = bulk.agencies(), bulk.regions()
    places = analyse(programs, agencies, regions, today=TODAY, only=[]).places

    for _, row in edits(programs, _ANEW):
        start = time.perf_counter()
        others = programs.filter(~pl.col("key").is_in(row["key"]))
        analyse(pl.concat([others, row]), agencies, regions, today=TODAY,
                only=row["key"].to_list(), places=places)  # fmt: skip
        yield (time.perf_counter() - start) * 1000


def _figures(
    programs: pl.DataFrame,
    change: Callable[[pl.DataFrame], Findings],
    after: Callable[[int], None],
) -> dict[str, Any]:
    times: list[float] = []
    busy: list[float] = []  # processor time, which a shared machine stretches less
    by_kind: dict[str, list[float]] = {}
    findings = named = 0
    for number, (kind, row) in enumerate(edits(programs, _EDITS)):
        start, used = time.perf_counter(), time.process_time()
        found = change(row)
        busy.append((time.process_time() - used) * 1000)
        times.append((time.perf_counter() - start) * 1000)
        by_kind.setdefault(kind, []).append(times[-1])
        findings += len(found.findings)
        named += sum(len(f.keys) for f in found.findings)
        after(number)
    cuts = quantiles(times, n=100, method="inclusive")
    slowest = {f"p95_{kind}_ms": _p95(own) for kind, own in sorted(by_kind.items())}
    return {
        "p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1), "p99_ms": round(cuts[98], 1),
        "most_ms": round(max(times), 1), "p95_cpu_ms": _p95(busy),
        "findings": findings, "lines_named": named,
        **slowest,
    }  # fmt: skip


def _resident_mb() -> int:
    """Resident size of this process (Linux; elsewhere the greatest so far)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return pages * resource.getpagesize() >> 20


def _p95(times: list[float]) -> float:
    return round(quantiles([*times, times[-1]], n=20, method="inclusive")[18], 1)


def _files() -> Picture:
    with TemporaryDirectory(prefix="rakorsus-bench-") as folder:
        files.write(city.build(), Path(folder))
        return join(read_paths([Path(folder)]))


def _whole(picture: Picture) -> Mapping[str, Any]:
    rules = Rules(nomenclature=picture.nomenclature)
    result = analyse(picture.programs, picture.agencies, picture.regions, picture.targets, rules,
                     today=_CITY_DAY)  # fmt: skip
    return {"lines": picture.programs.height, "findings": len(result.findings)}
