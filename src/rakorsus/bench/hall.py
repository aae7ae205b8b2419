"""The hall's gateway under load: poses, votes through a kill, joins at the cap, hostile clients.

Each scenario has an installation of its own (SQLite, in a temporary folder) with a rehearsal
meeting, the gateway as `rakorsus serve` starts it, and the load generator
(`rakorsus.bench.hall_load`) in another process. Processor time is the gateway's own, read from the
system; its clerk, which commits acts, is counted apart. Colyseus stands beside it at 500
(`hall_peer`).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from rakorsus.bench.hall_peer import peer
from rakorsus.bench.machine import versions
from rakorsus.bench.measure import Report, Target, Timing
from rakorsus.bench.process_times import memory, processor

_CAP: Final = 400
_SECONDS: Final = 12
_LESS: Final = ("bytes_per_client_s", "core_share", "us_per_snapshot", "fan_out_ms_p99",
                "age_ms_p99")  # fmt: skip
_NOTE: Final = (
    "Fan-out is from the gateway's tick to the arrival in the load generator, age from a client's "
    "sending to another's receiving; both contain the generator's own delays, which share the "
    "machine's cores with the gateway."
)


class Place:
    """A temporary installation with a gateway."""

    def __init__(self, home: Path, people: int, cap: int, halls: int = 1) -> None:
        self.home = home
        self.own = os.environ | {"RAKORSUS_HOME": str(home),
                                 "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings"}  # fmt: skip
        for name in ("DATABASE_URL", "RAKORSUS_DEMO"):
            self.own.pop(name, None)
        self._run("-m", "django", "migrate", "-v0", "--skip-checks")
        filled = self._run("-m", "rakorsus.synth.rehearsal", "--people", str(people), "--cap",
                           str(cap), "--halls", str(halls))  # fmt: skip
        (home / "people.json").write_text(filled)
        self.ids: dict[str, Any] = json.loads(filled)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port: int = taken.getsockname()[1]
        self.process = self._start()

    def _run(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603 (our own commands)
            [sys.executable, *words], env=self.own, check=True, capture_output=True, text=True
        )
        return done.stdout

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 (our own gateway)
            [sys.executable, "-m", "rakorsus.hall.gateway", "--port", str(self.port)], env=self.own
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with suppress(OSError):
                if self.health()["ready"]:
                    return process
            time.sleep(0.1)
        process.kill()
        raise TimeoutError("the gateway did not start")

    def health(self) -> dict[str, Any]:
        address = f"http://127.0.0.1:{self.port}/balai/ws/sehat"
        with urllib.request.urlopen(address, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def kill_and_start(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = self._start()

    def stop(self) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process.kill()

    def load(self, scenario: str, **options: Any) -> subprocess.Popen[str]:
        words = [w for k, v in options.items() for w in (f"--{k}", str(v))]
        return subprocess.Popen(  # noqa: S603 (our own load)
            [sys.executable, "-m", "rakorsus.bench.hall_load", scenario, "--socket",
             f"ws://127.0.0.1:{self.port}/balai/ws", "--key-file", str(self.home / "secret.key"),
             "--people-file", str(self.home / "people.json"), *words],
            env=self.own, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def measured(self, scenario: str, **options: Any) -> dict[str, Any]:
        """The generator's report, with the gateway's processor time while it ran."""
        before, start = processor(self.process.pid), time.monotonic()
        running = self.load(scenario, **options)
        said, _ = running.communicate(timeout=900)
        if running.returncode:
            raise RuntimeError(f"the load generator ended with {running.returncode}")
        found: dict[str, Any] = json.loads(said)
        spent = round(processor(self.process.pid) - before, 2)
        return {"gateway_cpu_s": spent, "whole_s": round(time.monotonic() - start, 2),
                "peak_mb": memory(self.process.pid)} | found  # fmt: skip

    def ask(self, expression: str) -> Any:
        program = (
            "import django, json; django.setup()\n"
            "from rakorsus.hall.models import Act\n"
            "from rakorsus.stages.meeting.models import Ballot\n"
            f"print(json.dumps({expression}))"
        )
        return json.loads(self._run("-c", program))


@contextmanager
def place(people: int, cap: int, halls: int = 1) -> Iterator[Place]:
    home = Path(tempfile.mkdtemp(prefix="rakorsus-hall-"))
    made = None
    try:
        made = Place(home, people, cap, halls)
        yield made
    finally:
        if made is not None:
            made.stop()
        shutil.rmtree(home, ignore_errors=True)


def run(repeats: int = 1) -> Iterator[Report]:
    """One report per scenario. Of `repeats` runs of walking clients the one with the least
    processor time per snapshot gives the figures; the times of all stand beside it."""
    for name, title, people, hz, halls, limits in (
        ("hall-500", "500 at 20 Hz", 500, 20, 1, (25.0, 80.0, 0.40, 9000)),
        ("hall-1000", "1000 at 10 Hz", 1000, 10, 1, (30.0, None, 0.50, None)),
        ("hall-2000", "2000 in four halls at 5 Hz", 2000, 5, 4, (None, None, None, None)),
    ):
        found = [_poses(people, hz, halls) for _ in range(repeats)]
        best = min(found, key=lambda f: f["us_per_snapshot"])
        timing = _timing(title, best, [f["seconds"] for f in found],
                         [f["gateway_cpu_s"] for f in found])  # fmt: skip
        others = (peer(people, hz, _SECONDS),) if name == "hall-500" else ()
        yield _report(name, (timing, *others), _pose_targets(title, best, limits))
    for title, scenario in (("votes", _votes), ("joins", _joins), ("hostile", _hostile)):
        result, met = scenario()
        timing = _timing(title, result, [result["whole_s"]], [result["gateway_cpu_s"]])
        yield _report(f"hall-{title}", (timing,), met)


def _report(name: str, timings: tuple[Timing, ...], targets: list[Target]) -> Report:
    busy = (
        f"load of the machine when this ended: {os.getloadavg()[0]:.1f} over {os.cpu_count()} "
        "cores. Processor time is little disturbed by other work, waiting times are."
    )
    quality = dict.fromkeys(_LESS, "less") if len(timings) > 1 else {}
    return Report(name, {"scenario": timings[0].name}, timings, notes=(_NOTE, busy),
                  targets=tuple(targets), quality=quality)  # fmt: skip


def _timing(name: str, result: dict[str, Any], walls: list[float], cpus: list[float]) -> Timing:
    library = tuple(f"{k} {v}" for k, v in versions(("picows", "uvloop", "numpy")).items())
    flat = {k: v for k, v in result.items() if isinstance(v, int | float | str)}
    for key, value in result.items():
        if isinstance(value, dict) and set(value) <= {"p50", "p99", "max"}:
            flat |= {f"{key}_{part}": v for part, v in value.items()}
    return Timing(name, wall=walls[0], cpu=cpus[0], peak_mb=result["peak_mb"],
                  walls=tuple(walls), cpus=tuple(cpus), result=flat, versions=library)  # fmt: skip


def _poses(people: int, hz: int, halls: int) -> dict[str, Any]:
    users = people // halls
    with place(users, users, halls) as made:
        return made.measured("poses", people=people, hz=hz, halls=halls, seconds=_SECONDS)


def _pose_targets(
    name: str, found: dict[str, Any], limits: tuple[float | None, ...]
) -> list[Target]:
    fan_out, age, share, size = limits
    made = [
        Target(f"{name}: at most 40 µs of processor time per snapshot",
               f"{found['us_per_snapshot']} µs", found["us_per_snapshot"] <= 40)
    ]  # fmt: skip
    measured = (
        (fan_out, "fan-out p99 at most {} ms", found["fan_out_ms"].get("p99"), "ms"),
        (age, "age p99 at most {} ms", found["age_ms"].get("p99"), "ms"),
        (share, "at most {} of a core", found["core_share"], "of a core"),
        (size, "at most {} bytes a second per client", found["bytes_per_client_s"], "B/s"),
    )
    for limit, words, value, unit in measured:
        if limit is not None and value is not None:
            made.append(Target(f"{name}: {words.format(limit)}", f"{value} {unit}", value <= limit))
    return made


def _votes() -> tuple[dict[str, Any], list[Target]]:
    with place(501, 501) as made:
        cpu = processor(made.process.pid)
        running = made.load("votes", people=500, seconds=5)
        time.sleep(6 + 2.5 + 2)  # in the middle of the voting
        cpu = processor(made.process.pid) - cpu
        made.kill_and_start()
        said, _ = running.communicate(timeout=600)
        if running.returncode:
            raise RuntimeError("the load generator failed")
        found: dict[str, Any] = json.loads(said)
        acked = found.pop("acked")
        rows = dict(made.ask("[[a.key, a.number] for a in Act.objects.filter(name='vote')]"))
        numbers = made.ask("list(Act.objects.order_by('number').values_list('number', flat=True))")
        ballots = made.ask("Ballot.objects.count()")
        lost = sorted(set(acked) - set(rows))
        wrong = [k for k, n in acked.items() if rows.get(k) != n]
        doubled = len(rows) - len(set(rows.values())) + max(0, ballots - 500)
        gaps = numbers != list(range(1, len(numbers) + 1))
        result = found | {
            "votes": len(acked), "in_the_log": len(rows), "ballots": ballots, "lost": len(lost),
            "wrong_number": len(wrong), "doubled": doubled, "gaps": int(gaps),
            "gateway_cpu_s": round(cpu + processor(made.process.pid), 2),
            "whole_s": found["took_s"], "peak_mb": memory(made.process.pid),
        }  # fmt: skip
    whole = not lost and not wrong and not doubled and not gaps and ballots == 500 == len(rows)
    delay = found["commit_to_seen_ms"].get("p99", 0.0)
    return result, [
        Target("500 votes in 5 s, a tenth reconnecting, gateway killed: none lost, none doubled",
               f"{ballots} ballots, {len(lost)} lost, {doubled} doubled, gaps {gaps}", whole),
        Target("somebody who only watches has seen every vote, also those of the outage",
               f"{found['seen_live']} live, {found['seen_after_return']} after the return",
               found["seen_live"] + found["seen_after_return"] == len(acked)),
        Target("commit-to-seen p99 at most 300 ms, on connections that stand", f"{delay} ms",
               delay <= 300),
    ]  # fmt: skip


def _joins() -> tuple[dict[str, Any], list[Target]]:
    with place(500, _CAP) as made:
        found = made.measured("joins", people=500, seconds=10)
    kept = found["most_bodies"] <= _CAP and found["seats"] == _CAP
    return found, [
        Target(f"500 joins in 10 s, the cap of {_CAP} never passed",
               f"{found['seats']} seats, {found['audience']} audience, at most "
               f"{found['most_bodies']} bodies, in {found['took_s']} s", kept)
    ]  # fmt: skip


def _hostile() -> tuple[dict[str, Any], list[Target]]:
    with place(200, 200) as made:
        found = made.measured("hostile", people=104, hz=20, seconds=8)
    alone, beside = found.pop("alone"), found.pop("beside")
    rate = beside["frames_per_client_s"] / max(alone["frames_per_client_s"], 0.01)
    found |= {
        "frames_alone": alone["frames_per_client_s"],
        "frames_beside": beside["frames_per_client_s"],
        "age_alone_ms": alone["age_ms"], "age_beside_ms": beside["age_ms"],
        "ended": ", ".join(str(code) for code in found["ended"]),
    }  # fmt: skip
    return found, [
        Target("hostile clients are cut off, nobody else is, the others get their frames",
               f"{found['ended'] or 'none'} ended, {found['good_lost']} others lost, "
               f"{100 * rate:.0f} % of the frames", found["good_lost"] == 0 and rate > 0.9
               and len(found["ended"].split(",")) >= 3)
    ]  # fmt: skip
