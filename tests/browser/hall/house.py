"""An installation of the test's own with a meeting to walk into: pages and gateway in processes.

    python -m tests.browser.hall.house

fills the installation that the environment names and prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "jembatan-kembar-17"
PATIENCE = 120.0  # seconds; tests share their machine


def free_port() -> int:
    import socket

    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


class House:
    def __init__(self, home: Path, **more: str) -> None:
        self.port, gate = free_port(), free_port()
        self.own = os.environ | {
            "RAKORSUS_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings", "RAKORSUS_DEBUG": "1",
            "RAKORSUS_TODAY": "2022-03-14", "RAKORSUS_HALL_PORT": str(gate),
        }  # fmt: skip
        for name in ("RAKORSUS_DEMO", "DATABASE_URL", "RAKORSUS_HALL_SEA", "RAKORSUS_LIVE",
                     "RAKORSUS_JANUS"):  # fmt: skip
            self.own.pop(name, None)
        self.own |= more
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.hall.house"], env=self.own, check=True,
            capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        self.ids: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
        self.processes = [
            self._start("django", "runserver", f"127.0.0.1:{self.port}", "--noreload"),
            self._start("rakorsus.hall.gateway", "--port", str(gate)),
        ]
        self.address = f"http://127.0.0.1:{self.port}"
        self._wait(f"{self.address}/sehat/")
        self._wait(f"http://127.0.0.1:{gate}/balai/ws/sehat")

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", *words], env=self.own, cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _wait(self, address: str) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (loopback)
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(address)

    def close(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _at(hour: int) -> datetime:
    return datetime(2022, 3, 15, hour, tzinfo=ZoneInfo("Asia/Makassar"))


def fill() -> dict[str, Any]:
    """Three duplicates of two agencies, the people who play, a published Rakorsus with desks."""
    from django.core.management import call_command
    from tests.integration.findings.conftest import HOUSING, ROADS, duplicates
    from tests.integration.findings.conftest import fill as lines
    from tests.integration.hall.test_scene import regions

    from rakorsus.people import actor as actors
    from rakorsus.people.models import Agency, Membership, Role, User
    from rakorsus.stages.findings import actions as findings
    from rakorsus.stages.findings.models import Finding
    from rakorsus.stages.meeting import actions
    from rakorsus.stages.meeting.models import AgendaItem, Session
    from rakorsus.stages.meeting.planning import Wishes
    from rakorsus.stages.register.models import Program

    call_command("migrate", verbosity=0, skip_checks=True)
    regions(west=0.1)
    lines(duplicates(3))
    findings.analyse_register(actors.system("cli"))
    for name, post, role, code in (
        ("bappeda", "Koordinator Bappeda", Role.COORDINATOR, None),
        ("pu", "Perencana Dinas PU", Role.PLANNER, ROADS),
        ("perkim", "Perencana Dinas Perumahan", Role.PLANNER, HOUSING),
        ("walikota", "Wali Kota", Role.LEADER, None),
    ):
        user = User.objects.create_user(name, f"{name}@x.invalid", PASSWORD, display_name=post,
                                        post=post)  # fmt: skip
        office = Agency.objects.get(code=code) if code else None
        Membership.objects.create(user=user, role=role, agency=office)
    by = actors.of_user(User.objects.get(username="bappeda"), "page")
    meeting = actions.create_meeting(
        by, "Rakorsus", usual=False, type="rakorsus", title="Rakorsus 2022", starts=_at(8),
        ends=_at(22), place="Makassar",
    )  # fmt: skip
    desks = actions.save_session(
        by, meeting, None, kind=Session.Kind.DESKS, title="Meja", starts=_at(13), ends=_at(15)
    )
    stage = actions.save_session(
        by, meeting, None, kind=Session.Kind.PRESENTATIONS, title="Paparan", starts=_at(19),
        ends=_at(20),
    )  # fmt: skip
    actions.add_cases(by, desks, Finding.objects.prefetch_related("sides__agency"), 30)
    actions.add_presenters(by, stage, Agency.objects.filter(code__in=[ROADS, HOUSING]), 7)
    actions.adopt(by, actions.try_agenda(by, meeting, "Pertama", Wishes(tables=3, limit=2.0)))
    meeting.refresh_from_db()
    actions.publish(by, meeting)
    for n in (1, 2, 3):
        actions.resolve(by, meeting, {
            "title": f"Satu peta utilitas {n}", "text": "Semua galian memakai satu peta.",
            "owner": Agency.objects.get(code=ROADS), "owner_post": "Kepala Dinas",
            "due": date(2022, 6, 30),
        })  # fmt: skip
    items = AgendaItem.objects.filter(session=desks).order_by("pk").values_list("pk", flat=True)
    line = Program.objects.order_by("pk").first()
    assert line is not None
    return {"meeting": meeting.pk, "desks": list(items), "line": line.pk, "agency": line.agency_id}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill()))
