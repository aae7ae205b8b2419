"""The frame of the benches: processes of their own, ratios, losses in words, files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.bench.pages import write, write_index
from rakorsus.bench.report import Timing


def _numbers(count: int) -> list[int]:
    return list(range(count))


def _sum(given: list[int]) -> dict[str, int]:
    return {"sum": sum(given), "process": os.getpid()}


def _busy_child() -> dict[str, int]:
    code = (
        "import time\nwhile time.process_time() < 0.5: pass\n"
        "x = b'x' * (150 << 20)\ntime.sleep(0.4)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    return {}


def _fails() -> dict[str, int]:
    raise OSError("no such luck")


def _sleeps() -> dict[str, int]:
    time.sleep(60)
    return {}


def test_each_run_has_a_process_of_its_own() -> None:
    timings = compete([Contender(n, _sum, partial(_numbers, 10)) for n in ("a", "b")], repeats=2)
    assert [t.result["sum"] for t in timings] == [45, 45]
    assert len({os.getpid(), *(t.result["process"] for t in timings)}) == 3
    assert all(len(t.walls) == 2 and t.peak_mb > 1 for t in timings)


def test_processor_time_and_memory_of_children_count() -> None:
    (timing,) = compete([Contender("parent", _busy_child)], repeats=1)
    assert timing.cpu >= 0.5
    assert timing.peak_mb >= 150 + timing.before_mb * 0.5


def test_a_peer_in_trouble_is_reported_and_ours_raises() -> None:
    timings = compete(
        [
            Contender("ours", _sum, partial(_numbers, 3)),
            Contender("fails", _fails),
            Contender("slow", _sleeps, limit=0.5),
            Contender("absent", _sum, needs=("surely-not-installed",)),
        ],
        repeats=2,
    )
    assert [bool(t.trouble) for t in timings] == [False, True, True, True]
    assert "no such luck" in timings[1].trouble
    assert "not finished" in timings[2].trouble
    assert "not installed" in timings[3].trouble
    assert "not installed" in Report("x", {}, timings).as_text()
    with pytest.raises(RuntimeError, match="no such luck"):
        compete([Contender("ours", _fails)], repeats=1)


def _report() -> Report:
    return Report(
        "demo",
        {"works": 1000},
        (
            Timing("ours", 1.0, 1.0, 200, 10, (0.9, 1.1), (1, 1), {"recall": 0.9, "missed": 0}),
            Timing("peer", 5.0, 0.5, 200, 10, (5.0, 5.0), (1, 1), {"recall": 0.95, "missed": 2}),
            Timing("absent", trouble="not installed: nothing"),
        ),
        quality={"recall": "more", "missed": "less"},
        targets=(Target("five times faster", "5.00 x", True),),
    )


def test_wins_and_losses_are_said() -> None:
    report = _report()
    assert report.ratio("peer") == 5
    assert report.ratios()["peer"]["cpu"] == 0.5
    assert report.wins() == [
        "peer: time 5 against 1, 5 x ours",
        "peer: missed 2 against 0",
    ]
    assert [said.split(" ")[1] for said in report.losses()] == ["processor", "recall"]


def test_files_and_index(tmp_path: Path) -> None:
    paths = write(_report(), tmp_path)
    assert json.loads(paths[0].read_text())["where_the_peer_wins"] == _report().losses()
    for path in paths[1:3]:
        text = path.read_text()
        assert "Where the peer wins" in text
        assert "not installed: nothing" in text
    again = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write(_report(), tmp_path)] == again
    (tmp_path / "other.json").write_text("{}")
    index = write_index(tmp_path).read_text()
    assert "five times faster" in index
    assert "other" not in index
