"""Pages that follow, on a real installation with its three processes: the stream, a stream that
dies and comes again, notes typed by two, a phone at the door, and all of it without scripts."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("following")]
ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "jembatan-kembar-17"
FILL = """
import django
django.setup()
from datetime import datetime
from zoneinfo import ZoneInfo
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings.actions import analyse_register
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.models import AgendaItem, Participant
from rakorsus.stages.meeting.planning import Wishes

def at(hour):
    return datetime(2022, 3, 15, hour, tzinfo=ZoneInfo("Asia/Makassar"))

fill(duplicates(2))
by = actors.system("cli")
analyse_register(by)
for name, role, code in (("pu", Role.PLANNER, ROADS), ("perkim", Role.PLANNER, HOUSING),
                         ("sekretariat", Role.SECRETARIAT, None), ("pimpinan", Role.LEADER, None)):
    user = User.objects.create_user(name, f"{name}@x.invalid", "PASSWORD", display_name=name)
    office = Agency.objects.get(code=code) if code else None
    Membership.objects.create(user=user, role=role, agency=office)
meeting = actions.create_meeting(by, "", usual=False, type="rakorsus", title="Rakorsus 2022",
                                 starts=at(8), ends=at(22), place="Makassar")
desks = actions.save_session(by, meeting, None, kind="desks", title="Meja", starts=at(13),
                             ends=at(16))
actions.add_cases(by, desks, Finding.objects.prefetch_related("sides__agency"), 30)
actions.adopt(by, actions.try_agenda(by, meeting, "", Wishes(tables=2, limit=30)))
actions.publish(by, meeting)
actions.add_participants(by, meeting, [{"group": "rectors", "rank": 1, "post": "Rektor (contoh)"}])
two_sides = AgendaItem.objects.exclude(start=None).filter(title__contains="merencanakan")
print(two_sides.order_by("start").first().pk, token_of(Participant.objects.get()))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def up(address: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310
            return
        time.sleep(0.3)
    raise TimeoutError(address)


class Site:
    """A running installation: its address, one desk of its agenda, a guest's token."""

    def __init__(self, home: Path) -> None:
        self.port, self.live = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
            "RAKORSUS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "RAKORSUS_TODAY": "2022-03-14",
        }  # fmt: skip
        environment.pop("RAKORSUS_LIVE", None)
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, env=environment, check=True)
        program = FILL.replace("PASSWORD", PASSWORD)
        filled = subprocess.run([sys.executable, "-c", program], env=environment, check=True,
                                capture_output=True, text=True)  # fmt: skip
        self.item, self.token = filled.stdout.split()[-2:]
        self.serving = subprocess.Popen(
            [sys.executable, "-m", "rakorsus.cli.main", "serve", "--port", str(self.port),
             "--live-port", str(self.live)], env=environment,
        )  # fmt: skip
        up(f"{self.base}/sehat/")
        up(self.health)

    @property
    def health(self) -> str:
        return f"http://127.0.0.1:{self.live}/langsung/sehat/"

    def kill_stream(self) -> None:
        """End the stream's process group as a fault would."""
        children = Path(f"/proc/{self.serving.pid}/task/{self.serving.pid}/children")
        for child in children.read_text().split():
            if b"asginl" in Path(f"/proc/{child}/cmdline").read_bytes():
                below = Path(f"/proc/{child}/task/{child}/children").read_text().split()
                for pid in (child, *below):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(pid), signal.SIGKILL)

    def close(self) -> None:
        self.serving.terminate()
        self.serving.wait(40)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    made = Site(tmp_path_factory.mktemp("installation"))
    yield made
    made.close()


def enter(browser: Browser, site: Site, name: str, **options) -> tuple[Page, list[str]]:
    page, errors = watched(browser, **options)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.base}/akun/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    return page, errors


def until(page: Page, expression: str, seconds: float = 30.0) -> None:
    """Wait until it holds; pages allow no evaluation of strings, so the test asks again."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(100)


def streaming(page: Page) -> None:
    page.wait_for_selector("html[data-live=stream]", timeout=30_000)


def test_screens_follow_and_outlive_the_stream(browser, site) -> None:
    desk, errors = enter(browser, site, "sekretariat")
    screen, _wrong = enter(browser, site, "pimpinan", viewport={"width": 390, "height": 844})
    screen.goto(f"{site.base}/rapat/1/layar/")
    streaming(screen)
    desk.goto(f"{site.base}/rapat/1/jalan/")
    desk.click("button:has-text('Buka rapat')")
    desk.wait_for_selector("button:has-text('Tutup rapat')")
    streaming(desk)
    desk.click(f"form[action='/rapat/acara/{site.item}/langkah/'] button:has-text('Mulai')")
    screen.wait_for_selector(".stage .clock", timeout=10_000)
    assert screen.evaluate("document.documentElement.scrollWidth") <= 390
    streaming(desk)
    followers = json.load(urllib.request.urlopen(site.health))["followers"]  # noqa: S310
    assert followers == 2

    site.kill_stream()
    screen.wait_for_selector("html[data-live=asking]", timeout=20_000)
    side, _wrong = enter(browser, site, "pu")  # a desk ends with its outcome
    side.goto(f"{site.base}/rapat/acara/{site.item}/")
    side.check("#hasil [name=kind][value=waive]")
    side.fill("#hasil [name=text]", "Bukan pekerjaan yang sama.")
    side.click("#hasil button:has-text('Simpan hasil')")
    screen.wait_for_selector(".stage .clock", state="detached", timeout=20_000)  # it asks
    up(site.health)
    screen.wait_for_selector("html[data-live=stream]", timeout=60_000)
    assert errors == [e for e in errors if "ERR_" in e or "Failed to load" in e]


def test_two_type_in_one_note(browser, site) -> None:
    roads, _a = enter(browser, site, "pu")
    housing, _b = enter(browser, site, "perkim")
    for page in (roads, housing):
        page.goto(f"{site.base}/rapat/acara/{site.item}/")
        streaming(page)
        page.wait_for_selector("#catatan-discussion[data-shared]")
    roads.click("#catatan-discussion")
    roads.keyboard.type("Volume disatukan. ")
    until(housing, "document.querySelector('#catatan-discussion').value.includes('disatukan')")
    housing.click("#catatan-discussion")
    housing.keyboard.press("Control+End")
    roads.keyboard.press("Control+Home")
    housing.keyboard.type("Jadwal April.")
    roads.keyboard.type("PU: ")
    whole = "PU: Volume disatukan. Jadwal April."
    for page in (roads, housing):
        until(page, f"document.querySelector('#catatan-discussion').value === {whole!r}")

    # Without a connection it is kept in the browser, and sent when there is one again.
    housing.context.set_offline(True)
    housing.keyboard.type(" Ditulis luring.")
    until(housing, "document.querySelector('[data-note-state]').textContent.includes('menunggu')")
    housing.context.set_offline(False)
    until(
        roads, "document.querySelector('#catatan-discussion').value.endsWith('Ditulis luring.')", 60
    )
    plain, _c = enter(browser, site, "pu", java_script_enabled=False)
    plain.goto(f"{site.base}/rapat/acara/{site.item}/")
    assert plain.input_value("#catatan-conclusion") == ""
    assert plain.input_value("#catatan-discussion") == f"{whole} Ditulis luring."
    plain.fill("#catatan-conclusion", "Satu paket.")
    plain.click("form:has(#catatan-conclusion) button")
    until(housing, "document.querySelector('#catatan-conclusion').value === 'Satu paket.'")
    plain.goto(f"{site.base}/rapat/1/jalan/")
    assert "Rakorsus 2022" in plain.inner_text("main")


CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d').fillRect(0, 0, 10, 10);
  return canvas.captureStream(5);
};
window.codes = [];
window.BarcodeDetector = class {
  async detect() { return window.codes.map((rawValue) => ({ rawValue })); }
};
"""


def test_the_door_reads_codes_also_without_a_connection(browser, site) -> None:
    """The camera and its reader are the machine's; what is done with a code is ours."""
    door, _errors = enter(browser, site, "sekretariat", viewport={"width": 390, "height": 844})
    door.add_init_script(CAMERA)
    door.goto(f"{site.base}/rapat/1/masuk/")
    assert door.evaluate("document.documentElement.scrollWidth") <= 390
    door.click("button:has-text('Pindai kode tamu')")
    door.context.set_offline(True)
    door.evaluate("code => { window.codes = [code]; }", f"{site.base}/rapat/masuk/{site.token}/")
    door.wait_for_selector("[data-queue]:not([hidden])")
    door.evaluate("() => { window.codes = []; }")
    door.click("summary:has-text('Tamu tanpa undangan')")
    door.select_option("[data-arrive-walk] [name=group]", "press")
    door.fill("[data-arrive-walk] [name=post]", "Wartawan (contoh)")
    door.click("[data-arrive-walk] button")
    until(door, "document.querySelector('[data-queue]').textContent.startsWith('2 ')")
    door.context.set_offline(False)
    door.wait_for_selector("[data-queue][hidden]", state="attached", timeout=30_000)
    until(door, "document.querySelector('.big').textContent.replace(/\\s/g, '') === '2/2'")

    # The same code by another device is refused with a clear word.
    other, _more = enter(browser, site, "sekretariat")
    other.goto(f"{site.base}/rapat/masuk/{site.token}/")
    assert "Dicatat hadir pukul" in other.inner_text("main")
    other.add_init_script(CAMERA)
    other.goto(f"{site.base}/rapat/1/masuk/")
    other.click("button:has-text('Pindai kode tamu')")
    other.evaluate("code => { window.codes = [code]; }", f"{site.base}/rapat/masuk/{site.token}/")
    other.wait_for_selector("[data-scan-says] .pill-bad:has-text('sudah dipakai')")
    assert "2" in other.inner_text(".big")
