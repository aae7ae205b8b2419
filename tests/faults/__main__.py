"""Kill every process of an installation at random moments while people act, and look whether
anything was lost, doubled, torn or left.

    python -m tests.faults --rounds 40                      # SQLite; five kills a round
    python -m tests.faults --rounds 40 --database postgresql    # a server of its own, killed too
    python -m tests.faults --rounds 2 --kills 4 --small     # a minute

Prints a table; exits with 1 when an invariant did not hold.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests import postgresql
from tests.faults import clients
from tests.faults.processes import WEIGHTS, Installation

ROOT = Path(__file__).resolve().parents[2]
REST = 300.0  # seconds in which an installation must have come to rest


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.faults", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--kills", type=int, default=5, help="in one round")
    parser.add_argument("--database", default="", help="'postgresql': a server of its own; its "
                        "address, as tests.postgresql makes one; nothing: SQLite")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a small register, few people")
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    home = Path(tempfile.mkdtemp(prefix="rakorsus-storm-"))
    try:
        with contextlib.ExitStack() as stack:
            url = options.database
            if url == "postgresql":
                url = stack.enter_context(postgresql.server()) or ""
                if not url:
                    print("no PostgreSQL server programs on this machine", file=sys.stderr)
                    return 2
            return Storm(home, url, options).run()
    finally:
        if not options.keep:
            shutil.rmtree(home, ignore_errors=True)


class Storm:
    def __init__(self, home: Path, url: str, options: argparse.Namespace) -> None:
        self.options = options
        self.draw = random.Random(options.seed)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("RAKORSUS_")},
            "RAKORSUS_HOME": str(home), "DATABASE_URL": url, "RAKORSUS_TODAY": "2022-03-14",
            "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings", "RAKORSUS_STORM": home.name,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        self.home = home
        self.port = three_free_ports()
        self.killed: Counter[str] = Counter()
        self.trouble: list[str] = []
        self.acting = threading.Event()

    def run(self) -> int:
        given = self.prepare()
        os.environ.update({**self.environment, "RAKORSUS_STORM": ""})
        import django

        django.setup()
        from tests.faults import checking

        self.checking, self.checks = checking, checking.Checks(given.log)
        self.place = Installation(self.port, self.environment, self.home / "serve.log")
        self.place.start()
        began = time.monotonic()
        try:
            if not self.place.wait_until_up():
                self.trouble.append("it did not start")
            for number in range(1, self.options.rounds + 1):
                if self.trouble:
                    break
                self.round(number, given)
        finally:
            self.place.stop()
            self.tell(given, time.monotonic() - began)
        return int(bool(self.trouble or self.checks.breaches))

    def prepare(self) -> clients.Given:
        """Tables, a city, sessions."""
        acts = (
            60 + 60 * self.options.rounds
            if self.options.small
            else max(400, self.options.rounds * 60)
        )
        run = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(run, env=self.environment, check=True)
        fill = [sys.executable, "-m", "tests.faults.city", "--acts", str(acts)]
        fill += [] if self.options.small else ["--demo"]
        made = subprocess.run(fill, env=self.environment, check=True, stdout=subprocess.PIPE,
                              text=True)  # fmt: skip
        key = (self.home / "secret.key").read_text()
        city = json.loads(made.stdout.splitlines()[-1])
        return clients.Given(self.port, key, city, self.home / "promised.jsonl", self.environment)

    def round(self, number: int, given: clients.Given) -> None:
        """People act, processes die; then everything comes to rest, and is looked at."""
        self.acting.set()
        people = [threading.Thread(target=self.act, args=(given, n), daemon=True)
                  for n in range(4)]  # fmt: skip
        for person in people:
            person.start()
        for _ in range(self.options.kills):
            time.sleep(self.draw.uniform(0.3, 3.5))
            self.kill()
        self.acting.clear()
        for person in people:
            person.join(clients.PATIENCE + 60)
            if person.is_alive():
                self.trouble.append(f"round {number}: an act hangs")
        if not self.place.wait_until_up():
            self.trouble.append(f"round {number}: not up again")
        left = self.rest(given)
        if left:
            self.trouble.append(f"round {number}: never at rest: {Counter(left)}")
        for breach in self.checks.run(f"round {number}"):
            print(breach, flush=True)
        print(f"round {number}: {sum(self.killed.values())} kills, "
              f"{sum(given.acted.values())} acts promised", flush=True)  # fmt: skip

    def act(self, given: clients.Given, number: int) -> None:
        draw = random.Random(f"{self.options.seed}-{number}-{time.monotonic_ns()}")
        kinds, weights = list(clients.ACTS), list(clients.ACTS.values())
        while self.acting.is_set():
            kind = draw.choices(kinds, weights)[0]
            try:
                kind(given)
            except clients.Unanswered:
                self.trouble.append(f"{kind.__name__}: nobody answered")
            except clients.Moved as error:
                self.trouble.append(f"{kind.__name__}: refused: {error}")
            except Exception as error:
                self.trouble.append(f"{kind.__name__}: {type(error).__name__}: {error}")
                raise
            time.sleep(draw.uniform(0.0, 0.2))

    def kill(self) -> None:
        """One process of a kind drawn by weight, among those that run now."""
        running = {k: pids for k, pids in self.place.running().items() if k in WEIGHTS and pids}
        if not running:
            return
        kinds = sorted(running)
        kind = self.draw.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
        if self.place.kill(kind, self.draw.choice(sorted(running[kind]))):
            self.killed[kind] += 1

    def rest(self, given: clients.Given) -> list[str]:
        """Run again what says that it was cut off, until nothing is left to do."""
        chair = clients.Person(given, "ketua")
        ends = time.monotonic() + REST
        left: list[str] = ["?"]
        quiet = 0
        while time.monotonic() < ends and quiet < 2:
            with contextlib.suppress(Exception):
                left = self.checking.waiting()
                again = self.checking.interrupted()
                for batch in again:
                    chair.ask("POST", f"/api/v1/imports/{batch}/again")
                quiet = 0 if left or again else quiet + 1
            self.checking.connections.close_all()
            time.sleep(0.3)
        return left

    def tell(self, given: clients.Given, seconds: float) -> None:
        from django.db import connection

        print(f"\n{sum(self.killed.values())} kills in {seconds:.0f} s on "
              f"{connection.display_name}, seed {self.options.seed}, supervisor started "
              f"{self.place.starts} times")  # fmt: skip
        rows: dict[str, Any] = dict(self.killed.most_common())
        print("\n| killed | times |\n|---|---|")
        print("\n".join(f"| {name} | {count} |" for name, count in rows.items()))
        print(f"\n| promised (in {given.tries} requests) | acts |\n|---|---|")
        print("\n".join(f"| {name} | {count} |" for name, count in sorted(given.acted.items())))
        print("\n| invariant | looks | breaches |\n|---|---|---|")
        for name in self.checks.names:
            broken = sum(f": {name}: " in breach for breach in self.checks.breaches)
            print(f"| {name} | {self.checks.looks[name]} | {broken} |")
        for said in [*self.trouble, *self.checks.breaches]:
            print(f"BREACH {said}")


def three_free_ports() -> int:
    """A port that is free together with the next two."""
    while True:
        with contextlib.ExitStack() as stack:
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                for place in (1, 2):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port + place))
            except OSError:
                continue
            return port


if __name__ == "__main__":
    sys.exit(main())
