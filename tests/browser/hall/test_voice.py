"""Three browsers with microphones of their own hear each other through Janus; whoever does not have
the floor is silent, however loud his microphone is. What counts is the energy that arrives."""

from __future__ import annotations

import math
import shutil
import socket
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import CHROMIUM, need
from tests.browser.hall.house import PASSWORD, PATIENCE, ROOT, House, free_port
from tests.browser.tour import axe as violations

pytestmark = [pytest.mark.browser]

JANUS = Path("/usr/bin/janus")
SILENCE = 1e-6  # energy of full scale times seconds
VOICES = {"bappeda": 300, "pu": 440, "perkim": 620}  # hertz


@pytest.fixture(scope="module")
def relay(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The settings of a TURN server that takes TCP only, set up as `deploy/turnserver.conf` does;
    none where coturn is missing."""
    program = shutil.which("turnserver")
    if program is None:
        yield {}
        return
    port, here = free_port(), _address()
    shipped = (ROOT / "deploy" / "turnserver.conf").read_text(encoding="utf-8")
    kept = [line for line in shipped.splitlines() if line.startswith(_SHIPPED)]
    conf = tmp_path_factory.mktemp("turn") / "turnserver.conf"
    own = [
        f"listening-port={port}", "listening-ip=127.0.0.1", f"relay-ip={here}",
        f"allowed-peer-ip={here}", "static-auth-secret=kata rahasia", "no-udp", "no-tls",
        "no-dtls", "realm=rakorsus", f"userdb={conf}.db", f"pidfile={conf}.pid",
        "log-file=stdout",
    ]  # fmt: skip
    conf.write_text("\n".join([*kept, *own]))
    server = subprocess.Popen([program, "-c", str(conf)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)  # fmt: skip
    yield {"RAKORSUS_TURN": f"turn:127.0.0.1:{port}?transport=tcp",
           "RAKORSUS_TURN_SECRET": "kata rahasia"}  # fmt: skip
    server.terminate()
    server.wait(20)


_SHIPPED = ("use-auth-secret", "denied-peer-ip", "no-tcp-relay", "no-multicast-peers", "user-quota",
            "total-quota", "stale-nonce", "fingerprint", "no-cli")  # fmt: skip


def _address() -> str:
    """This machine's own address, as Janus tells it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("203.0.113.1", 9))
        return str(probe.getsockname()[0])


@pytest.fixture(scope="module")
def house(relay, tmp_path_factory) -> Iterator[House]:
    need(CHROMIUM, "Chromium")
    need(JANUS, "Janus")
    port = free_port()
    mixer = subprocess.Popen(
        [sys.executable, "-m", "rakorsus.cli.main", "voice", "--port", str(port)],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    made = House(tmp_path_factory.mktemp("suara"), RAKORSUS_JANUS=f"ws://127.0.0.1:{port}", **relay)
    yield made
    made.close()
    mixer.terminate()
    mixer.wait(20)


def speech(path: Path, hertz: int) -> Path:
    """Syllables: a few harmonics that come and go, as noise suppression lets pass."""
    rate, seconds = 48_000, 4
    samples = bytearray()
    for n in range(rate * seconds):
        at = n / rate
        syllable = max(0.0, math.sin(2 * math.pi * 2.5 * at)) ** 0.5
        pitch = hertz * (1 + 0.06 * math.sin(2 * math.pi * 0.8 * at))
        tone = sum(math.sin(2 * math.pi * pitch * k * at) / k for k in (1, 2, 3, 4))
        samples += struct.pack("<h", int(9_000 * syllable * tone))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(samples))
    return path


@pytest.fixture
def people(house, tmp_path) -> Iterator[dict[str, Page]]:
    """Signed in, on the stage in the list, each in a browser with a microphone of its own."""
    with sync_playwright() as playwright:
        opened, pages = [], {}
        for name, hertz in VOICES.items():
            microphone = speech(tmp_path / f"{name}.wav", hertz)
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[
                "--no-sandbox", "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}",
                "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required",
                "--disable-features=WebRtcHideLocalIpsWithMdns",
            ])  # fmt: skip
            opened.append(browser)
            page = pages[name] = browser.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(f"{house.address}/akun/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_load_state()
            page.goto(f"{house.address}/balai/{house.ids['meeting']}/")
        yield pages
        for browser in opened:
            browser.close()


def becomes(page: Page, state: str) -> None:
    page.wait_for_selector(f"[data-voice][data-state={state}]")


def figures(page: Page) -> dict[str, float]:
    return page.evaluate("__voice.figures()")


def gained(page: Page, packets: int = 100) -> float:
    """The energy that comes with the next two seconds of packets."""
    before = figures(page)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.wait_for_timeout(200)
        now = figures(page)
        if now["packets"] >= before["packets"] + packets and now["own"] > before["own"]:
            return now["heard"] - before["heard"]
    raise AssertionError("no packets come")


def hears(page: Page, wanted: bool) -> None:
    """The mix that arrives is loud, or silent, for two seconds on end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (gained(page) > 100 * SILENCE) if wanted else (gained(page) < SILENCE):
            return
    raise AssertionError(f"heard: not {wanted}")


RELAYED = """(() => { const Plain = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Plain {
    constructor(told) {
      super({ ...told, iceTransportPolicy: "relay" });
      window.__peer = this;
    } }; })()"""


def test_behind_a_firewall_without_udp_one_hears_through_turn(relay, house, people):
    if not relay:
        need(Path("/usr/bin/turnserver"), "coturn")
    chair, roads, far = people["bappeda"], people["pu"], people["perkim"]
    far.add_init_script(RELAYED)
    far.reload()
    for page in (roads, far):
        page.click("[data-voice-toggle]")
        becomes(page, "muted")
    roads.click("button:has-text('Angkat tangan')")
    chair.click("#bicara button:has-text('Persilakan')")
    becomes(roads, "open")
    hears(far, True)
    ways = far.evaluate("""__peer.getStats().then((all) => [...all.values()]
        .filter((row) => row.type === "local-candidate").map((row) => row.candidateType))""")
    assert set(ways) == {"relay"}
    chair.click("#bicara button:has-text('Selesai berbicara')")
    hears(far, False)


def test_the_floor_opens_one_microphone_and_a_table_those_who_sit_there(house, people):
    chair, roads, housing = people["bappeda"], people["pu"], people["perkim"]
    for page in people.values():
        for _ in range(60):  # by keyboard alone
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('[data-voice-toggle]')"):
                break
        page.keyboard.press("Enter")
        becomes(page, "muted")
        assert violations(page) == []
    for page in people.values():
        hears(page, False)

    roads.click("button:has-text('Angkat tangan')")
    chair.click("#bicara button:has-text('Persilakan')")
    becomes(roads, "open")
    becomes(chair, "muted")
    hears(housing, True)
    hears(chair, True)
    hears(roads, False)  # the two others speak too, and are not heard

    roads.click("[data-voice-quiet]")  # one's own switch
    becomes(roads, "muted")
    hears(housing, False)
    roads.click("[data-voice-quiet]")
    hears(housing, True)
    chair.click("#bicara button:has-text('Selesai berbicara')")
    becomes(roads, "muted")
    hears(housing, False)

    for page in people.values():
        page.goto(f"{house.address}/balai/{house.ids['meeting']}/meja/{house.ids['desks'][0]}/")
        page.click("button:has-text('Duduk di meja ini')")
        becomes(page, "open")
    for page in people.values():
        hears(page, True)
    chair.goto(f"{house.address}/balai/{house.ids['meeting']}/denah/")  # the plan has it too
    chair.wait_for_selector("[data-hall][data-line=up]")
    becomes(chair, "open")
    hears(chair, True)
    housing.click("[data-voice-toggle]")
    becomes(housing, "off")
    roads.click("[data-voice-quiet]")
    hears(chair, False)  # nobody is left who could be heard
