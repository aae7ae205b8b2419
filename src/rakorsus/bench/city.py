"""A whole city on the day of its meeting, on one machine: officials at work, arrivals, screens, the
hall, and the public on a published article, all at once; then a client that takes all it can get.

    rakorsus bench city                          # SQLite; --lines 100000
    python -m rakorsus.bench.city --seconds 60   # every figure, as JSON
    DATABASE_URL=postgresql://... rakorsus bench city    # in an empty PostgreSQL database

The installation and the load generators share the machine's cores; what the generators take
stands in the report.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from rakorsus.bench.measure import Report, Target, Timing
from rakorsus.bench.serving import Serving, serving

#: What officials open, and how often. `/program/` is the register, `/temuan/` the findings.
_DESK: Final = (
    ("home", "/", 6),
    ("findings", "/temuan/", 8),
    ("findings, page", "/temuan/?page=4", 4),
    ("findings by money", "/temuan/?urut=nilai", 3),
    ("matrix", "/temuan/matriks/", 1),
    ("list", "/program/", 6),
    ("search", "/program/?q=drainase+lingkungan", 5),
    ("place", "/program/?tingkat=paket&wilayah=73.71.04", 4),
    ("theme", "/program/?tema=Stunting", 2),
    ("map", "/program/peta/?tingkat=paket", 1),
    ("map data", "/program/peta.geojson?tingkat=paket", 1),
    ("agencies", "/program/perangkat-daerah/", 2),
    ("one kecamatan", "/program/wilayah/73.71.04/", 2),
    ("timeline", "/program/waktu/", 1),
    ("api", "/api/v1/programs?level=paket&size=50", 2),
    ("meetings", "/rapat/", 3),
    ("follow-up", "/tindak-lanjut/", 3),
    ("warnings", "/tindak-lanjut/peringatan/", 2),
)
_GREEDY: Final = ("/program/?q=pembangunan+{}", "/program/?urut=mulai&page={}", "/publik/?x={}")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; rates are a second."""

    lines: int = 100_000
    invited: int = 3000
    officials: int = 200
    pages: float = 7.0  # each official opens one in half a minute
    comments: float = 0.3
    public: float = 200.0
    readers: int = 400
    screens: int = 500
    arrivals: float = 1.67  # a thousand in ten minutes
    hall: int = 500
    hall_hz: int = 10
    seconds: float = 120.0
    workers: int = 2


def run(repeats: int = 1, lines: int | None = None) -> Iterator[Report]:
    """The day, and the greedy client, on the database that the environment names."""
    yield from reports(Size(lines=lines) if lines else Size())


def reports(size: Size) -> Iterator[Report]:
    with tempfile.TemporaryDirectory(prefix="rakorsus-city-") as folder:
        city = City(Path(folder), size)
        with serving(city.environment, "--workers", str(size.workers)) as running:
            facts = city.settled()
            city.warm(running)
            yield _day(city, running, facts)
            yield _greedy(city, running, facts)


class City:
    """An installation filled for the day."""

    def __init__(self, home: Path, size: Size) -> None:
        self.home, self.size = home, size
        self.environment = {
            **os.environ, "RAKORSUS_HOME": str(home), "RAKORSUS_TODAY": "2022-03-14",
            "RAKORSUS_DEMO": "1", "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
        }  # fmt: skip
        self._run("-m", "django", "migrate", "-v0", "--skip-checks")
        self.ids: dict[str, Any] = json.loads(self._run(
            "-m", "rakorsus.synth.crowd", "--lines", str(size.lines), "--invited",
            str(size.invited), "--officials", str(size.officials), "--hall", str(size.hall),
        ).splitlines()[-1])  # fmt: skip
        (home / "people.json").write_text(json.dumps(self.ids["people"]))

    def _run(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603 (our own commands)
            [sys.executable, *words], env=self.environment, check=True, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        return done.stdout

    def facts(self) -> dict[str, Any]:
        said = self._run("-m", "rakorsus.synth.crowd", "--facts").splitlines()[-1]
        found: dict[str, Any] = json.loads(said)
        return found

    def settled(self) -> dict[str, Any]:
        """What is there when the jobs that filling set off have been done."""
        began = time.monotonic()
        while (found := self.facts())["jobs"]:
            if time.monotonic() - began > 1800:
                raise RuntimeError(f"{found['jobs']} jobs are not done after half an hour")
            time.sleep(3)
        return found | {"jobs_s": round(time.monotonic() - began)}

    def warm(self, running: Serving) -> None:
        """Open every page as the first ones of the day did: figures of the whole register are
        counted once after it has changed."""
        paths = [path for _name, path, _weight in _DESK]
        for path in [*paths, *self.ids["articles"]] * (2 * self.size.workers):
            for cookies in (self.ids["officials"][0], self.ids["coordinators"][0]):
                asked = urllib.request.Request(  # noqa: S310 (loopback)
                    running.base + path, headers={"Cookie": f"sessionid={cookies['sessionid']}",
                                                  "Accept-Encoding": "gzip"},
                )  # fmt: skip
                with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
                    answer.read()

    def start(self, module: str, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 (our own load)
            [sys.executable, "-m", module, *words], env=self.environment, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def load(self, running: Serving, streams: list[dict[str, Any]], seconds: float) -> Any:
        plan = self.home / "plan.json"
        plan.write_text(json.dumps({"base": running.base, "seconds": seconds, "streams": streams}))
        return self.start("rakorsus.bench.city_load", str(plan))

    def officials(self, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
        cookies, size = self.ids["officials"], self.size
        return [
            {"name": "officials", "people": size.officials, "rate": size.pages, "cookies": cookies,
             "visits": [{"name": n, "path": p, "weight": w} for n, p, w in _DESK]},
            {"name": "comments", "people": len(self.ids["coordinators"]), "rate": size.comments,
             "cookies": self.ids["coordinators"],
             "visits": [{"name": "comment", "path": f"/temuan/{pk}/",
                         "to": f"/temuan/{pk}/tanggapan/",
                         "data": {"text": "Sudah dibahas dengan kecamatan (contoh)."}}
                        for pk in facts["commented"]]},
        ]  # fmt: skip

    def public(self) -> dict[str, Any]:
        """Readers of articles: most come for the first time, some look again."""
        return {
            "name": "public", "people": self.size.readers, "rate": self.size.public,
            "visits": [{"name": "article, new reader" if new else "article, again", "path": path,
                        "fresh": new, "weight": 7 if new else 3}
                       for path in self.ids["articles"] for new in (True, False)],
        }  # fmt: skip


def _day(city: City, running: Serving, facts: Mapping[str, Any]) -> Report:
    """Everything at once."""
    size = city.size
    hall = city.start(
        "rakorsus.bench.hall_load", "poses", "--socket",
        f"ws://127.0.0.1:{running.port + 2}/balai/ws", "--key-file", str(city.home / "secret.key"),
        "--people-file", str(city.home / "people.json"), "--people", str(size.hall),
        "--hz", str(size.hall_hz), "--seconds", str(size.seconds),
    )  # fmt: skip
    time.sleep(size.hall / 60 + 2)
    before, began = running.processor(), time.monotonic()
    doors = city.start(
        "rakorsus.bench.day_load", running.base, "--meeting", str(city.ids["meeting"]),
        "--password", city.ids["password"], "--arrivals", str(round(size.arrivals * size.seconds)),
        "--drops", str(round(size.arrivals * size.seconds / 10)), "--screens", str(size.screens),
        "--seconds", str(size.seconds),
    )  # fmt: skip
    load = city.load(running, [*city.officials(facts), city.public()], size.seconds)
    parts = {name: _said(name, child, size.seconds + 300)
             for name, child in (("load", load), ("doors", doors), ("hall", hall))}  # fmt: skip
    wall = time.monotonic() - began
    after = running.processor()
    streams = parts["load"]["streams"]
    result = {
        **{k: facts[k] for k in ("database", "lines", "findings")},
        **_flat("officials", streams["officials"]), **_flat("comments", streams["comments"]),
        **_flat("public", streams["public"]),
        **{k: parts["doors"][k] for k in (
            "arrivals", "present", "arrival_median_ms", "arrival_p99_ms", "screens", "changes",
            "missed", "screen_median_ms", "screen_p99_ms")},
        "hall_seats": parts["hall"]["seats"], "hall_cut": parts["hall"]["cut"],
        **{f"hall_age_{k}": v for k, v in parts["hall"]["age_ms"].items()},
        "generators_core": round(parts["load"]["generator_core"]
                                 + parts["hall"]["generator_core"], 2),
        **{f"{kind}_core": round((after[kind] - before.get(kind, 0)) / wall, 3) for kind in after},
        **{f"{kind}_mb": round(mb) for kind, mb in running.memory().items()},
    }  # fmt: skip
    slowest = ", ".join(f"{name} {f['p50_ms']:.0f} ms" for name, f in
                        streams["officials"]["slowest"].items())  # fmt: skip
    used = sum(after.values()) - sum(before.values())
    errors = sum(streams[s]["errors"] for s in streams)
    return Report(
        f"city-{facts['database']}", asdict(size),
        (_once("city", wall, used, result),),
        notes=(
            "time of a request is from the moment at which it was to be made, drawn beforehand, to "
            "the last byte of its answer: waiting for a busy server counts",
            f"officials' slowest pages by median: {slowest}",
            f"load average when it ended: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, "
            "load generators included",
        ),
        targets=(
            Target("no errors", f"{errors}", errors == 0),
            Target("no arrival lost or doubled", f"{result['present']} of {result['arrivals']}",
                   result["present"] == result["arrivals"]),
            Target("officials' pages below 1 s at p99", f"{result['officials_p99_ms']} ms",
                   result["officials_p99_ms"] < 1000),
            Target("an article below 1 s at p99", f"{result['public_p99_ms']} ms",
                   result["public_p99_ms"] < 1000),
            Target("change to screen below 1 s at p99", f"{result['screen_p99_ms']} ms",
                   result["screen_p99_ms"] < 1000 and not result["missed"]),
        ),
    )  # fmt: skip


def _greedy(city: City, running: Serving, facts: Mapping[str, Any]) -> Report:
    """Officials at work, alone and then beside one client with a hundred connections that asks
    for costly pages as fast as it is answered."""
    seconds = min(30.0, city.size.seconds)
    alone = _said("load", city.load(running, city.officials(facts), seconds), seconds + 120)
    greedy = {
        "name": "greedy", "people": 100, "greedy": True, "source": "127.0.0.9",
        "visits": [{"path": path.format(n)} for path in _GREEDY for n in range(1, 40)],
    }  # fmt: skip
    both = [*city.officials(facts), greedy]
    beside = _said("load", city.load(running, both, seconds), seconds + 120)
    calm, busy = alone["streams"]["officials"], beside["streams"]["officials"]
    taken = beside["streams"]["greedy"]
    ratio = round(busy["p99_ms"] / max(calm["p99_ms"], 0.1), 1)
    return Report(
        f"city-greedy-{facts['database']}", asdict(city.size),
        (_once("greedy", seconds, 0.0, {
            **_flat("alone", calm), **_flat("beside", busy), **_flat("greedy", taken),
            "ratio_p99": ratio,
        }),),
        targets=(
            Target("officials beside a greedy client: no errors", f"{busy['errors']}",
                   busy["errors"] == 0),
            Target("officials beside a greedy client: p99 below 1 s", f"{busy['p99_ms']} ms, "
                   f"{ratio} x of that alone", busy["p99_ms"] < 1000),
        ),
    )  # fmt: skip


def _once(name: str, wall: float, cpu: float, result: Mapping[str, Any]) -> Timing:
    return Timing(name, wall=wall, cpu=cpu, walls=(wall,), cpus=(cpu,), result=result)


def _flat(name: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("requests", "per_second", "errors", "p50_ms", "p95_ms", "p99_ms", "max_ms")
    found = {f"{name}_{k}": figures[k] for k in kept}
    if figures["errors"]:
        found[f"{name}_codes"] = json.dumps(figures["codes"])
    return found


def _said(name: str, child: subprocess.Popen[str], limit: float) -> dict[str, Any]:
    said, _ = child.communicate(timeout=limit)
    if child.returncode:
        raise RuntimeError(f"the load generator of {name} ended with {child.returncode}")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, default in asdict(Size()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    size = Size(**vars(parser.parse_args()))
    for report in reports(size):
        print(json.dumps(report.as_dict(), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
