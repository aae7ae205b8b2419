"""One country on one worker, on two, and on a Dask cluster of two: time and equal bytes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rakorsus.bench.countries import country, opened
from rakorsus.bench.growth import TODAY
from rakorsus.bench.measure import Contender, Report, Target, Timing, compete
from rakorsus.engine.backends import Local, analyse_nation
from rakorsus.engine.backends.inorder import Backend

_WORKERS: Final = 2
_FILES: Final = ("findings.jsonl", "expected.jsonl", "programs.parquet")
_EFFICIENT: Final = 0.8


def run(repeats: int = 3, lines: int = 100_000) -> Report:
    """`lines` lines, all files written; a digest of the files shows whether they are equal."""
    with country(lines) as folder:
        timings = compete(
            [
                Contender("local, 2 workers", partial(_local, folder, _WORKERS), limit=7_200),
                Contender("local, 1 worker", partial(_local, folder, 1), limit=7_200),
                Contender("dask, 2 workers", partial(_dask, folder), needs=("distributed",),
                          limit=7_200),
            ],
            repeats,
        )  # fmt: skip
    two, one, dask = timings
    return Report(
        "nation",
        {"lines": lines, "governments": two.result["governments"]},
        timings,
        ("seconds include starting the workers; efficiency leaves it out",),
        targets=(_equal(timings), _efficiency(one, two), _efficiency(one, dask)),
    )


def _equal(timings: tuple[Timing, ...]) -> Target:
    digests = {t.name: t.result["digest"] for t in timings if not t.trouble}
    same = len(set(digests.values())) == 1
    told = "one digest" if same else str(digests)
    return Target("equal bytes on every backend", f"{told} of {len(digests)} backends", same)


def _efficiency(one: Timing, many: Timing) -> Target:
    """Time of one worker by the time of all of them, without their start."""
    what = f"{many.name}: efficiency of {_EFFICIENT} or more"
    if many.trouble:
        return Target(what, many.trouble, met=False)
    alone, together = (t.wall - t.result["start_s"] for t in (one, many))
    share = alone / (_WORKERS * together)
    return Target(what, f"{share:.2f}", share >= _EFFICIENT)


def _local(path: Path, workers: int) -> Mapping[str, Any]:
    return _analyse(path, Local(workers), 0.0)


def _dask(path: Path) -> Mapping[str, Any]:
    from distributed import LocalCluster

    from rakorsus.engine.backends.dask import Dask

    began = time.perf_counter()
    with LocalCluster(
        n_workers=_WORKERS, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        start = time.perf_counter() - began
        return _analyse(path, Dask(cluster.scheduler_address), start)


def _analyse(path: Path, backend: Backend, start: float) -> Mapping[str, Any]:
    digest = blake2b(digest_size=8)
    with TemporaryDirectory(prefix="rakorsus-bench-") as out:
        nation = analyse_nation(opened(path), Path(out), backend, today=TODAY)
        for name in _FILES:
            with (Path(out) / name).open("rb") as file:
                while part := file.read(1 << 20):
                    digest.update(part)
    return {
        "governments": len(nation.heads),
        "findings": nation.total("findings"),
        "digest": digest.hexdigest(),
        "start_s": round(start, 2),
    }
