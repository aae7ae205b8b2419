"""The hall in real Chromium, drawn by software: people who join, see each other, ask, vote, sit at
a table and find it in the minutes; from above; with glasses on; within its budgets.

State and pixels are asserted, never the number of frames a second.
"""

from __future__ import annotations

import gzip
import re
import struct
import time
import zlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from tests.browser.conftest import CHROMIUM, need
from tests.browser.hall.house import PASSWORD, PATIENCE, ROOT, House
from tests.browser.tour import axe as violations

pytestmark = [pytest.mark.browser]

FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
         "--ignore-gpu-blocklist"]  # fmt: skip
expect.set_options(timeout=PATIENCE * 1000)
SMALL = {"width": 700, "height": 520}  # software draws: the fewer pixels the better
LONG = PATIENCE * 1000  # milliseconds
GLASSES = ROOT / "frontend" / "node_modules" / "iwer" / "build" / "iwer.min.js"


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    need(CHROMIUM, "Chromium")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def drawing(driver) -> Iterator[Browser]:
    opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("balai"))
    yield made
    made.close()


@pytest.fixture
def visit(drawing, house):
    """`visit(name, path)`: that person's window in the hall; errors of scripts end the test."""
    errors: list[str] = []
    pages: list[Page] = []

    def enter(name: str, path: str, quality: str = "low", script: str = "", **options) -> Page:
        chosen = {"viewport": SMALL, "reduced_motion": "reduce"} | options
        page = drawing.new_context(**chosen).new_page()
        page.set_default_timeout(LONG)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        if script:
            page.add_init_script(script)
        page.goto(f"{house.address}/akun/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        page.evaluate("q => localStorage.setItem('hall-quality', q)", quality)
        page.goto(f"{house.address}/balai/{house.ids['meeting']}/{path}")
        if path:  # else it is the list
            page.wait_for_selector("[data-hall][data-state=ready]")
        pages.append(page)
        return page

    yield enter
    for page in pages:
        page.context.close()
    assert errors == []


def joined(page: Page) -> Page:
    page.wait_for_selector("[data-hall][data-line=up]")
    return page


def state(page: Page, question: str) -> None:
    """Wait until something is true of `hall`, the page's own handle. Asked from outside, because
    the content policy lets no page evaluate text."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if page.evaluate(f"(hall => {question})(window.__hall)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {question}")


def tab_to(page: Page, selector: str, most: int = 90) -> None:
    """Reach something by the Tab key alone."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")


def reach(page: Page, words: str) -> None:
    """Tab until what has these words has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"{words} is not reached by keyboard")


def colours(png: bytes) -> int:
    """How many different colours a screenshot has, on every fourth pixel."""
    at, packed, width, channels = 8, b"", 0, 3
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, channels = struct.unpack(">I", body[:4])[0], 4 if body[9] == 6 else 3
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    raw, line, seen = zlib.decompress(packed), width * channels, set()
    above = bytearray(line)
    for start in range(0, len(raw), line + 1):
        row = bytearray(raw[start + 1 : start + 1 + line])
        _unfilter(raw[start], row, above, channels)
        seen.update(bytes(row[n : n + 3]) for n in range(0, line, 4 * channels))
        above = row
    return len(seen)


def _unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    for n in range(len(row)):
        left = row[n - step] if n >= step else 0
        up, corner = above[n], above[n - step] if n >= step else 0
        if kind == 1:
            add = left
        elif kind == 2:
            add = up
        elif kind == 3:
            add = (left + up) // 2
        elif kind == 4:
            guess = left + up - corner
            add = min((abs(guess - left), 0, left), (abs(guess - up), 1, up),
                      (abs(guess - corner), 2, corner))[2]  # fmt: skip
        else:
            return
        row[n] = (row[n] + add) & 255


def picture(page: Page) -> bytes:
    return page.locator("[data-hall-picture]").screenshot(timeout=LONG)


@pytest.mark.parametrize("view", ["ruang", "denah"])
def test_three_people_meet_ask_vote_and_settle(visit, house, view):
    number = 0 if view == "ruang" else 1
    desk = house.ids["desks"][number]
    chair = joined(visit("bappeda", f"{view}/"))
    roads = joined(visit("pu", f"{view}/"))
    mayor = joined(visit("walikota", f"{view}/"))

    # they see each other, and one of them move
    state(chair, "hall.seen.length === 2")
    before = chair.evaluate("__hall.seen.find(s => s.short === 'Dinas Pekerjaan Umum').z")
    roads.focus("[data-hall-picture]")
    roads.keyboard.down("ArrowUp")
    state(roads, f"Math.abs(hall.me.z - {before}) > 1")
    roads.keyboard.up("ArrowUp")
    state(chair, f"hall.seen.find(s => s.short === 'Dinas Pekerjaan Umum').z < {before} - 0.5")
    roads.keyboard.press("Escape")
    assert roads.evaluate("document.activeElement.closest('.hall-go') !== null")

    # a hand by keyboard alone, the floor
    roads.evaluate("document.body.focus()")
    tab_to(roads, "[data-hall-hand]")
    roads.keyboard.press("Enter")
    state(chair, "hall.state.queue.length === 1")
    state(mayor, "hall.seen.some(s => s.flags & 2)")
    chair.click(".hall-places button:has-text('Panggung')")
    chair.click("button:has-text('Persilakan')")
    expect(roads.locator("[data-hall-alert]")).to_have_text("Anda dipersilakan bicara.")
    state(mayor, "hall.seen.some(s => s.flags & 1)")
    roads.click("[data-hall-hand]")
    state(chair, "hall.state.floor === null")

    # a vote
    asked = chair.evaluate("__hall.state.votes.find(v => v.state === 'proposed')")
    chair.locator(".hall-side button:has-text('Buka pemungutan suara')").first.click()
    expect(mayor.locator("[data-hall-alert]")).to_contain_text("Pemungutan suara dibuka")
    mayor.locator(".hall-acts button:text-is('Setuju')").click()
    state(chair, "hall.state.votes.some(v => v.state === 'voting' && v.cast === 1)")
    chair.locator(".hall-acts button:has-text('Tutup pemungutan suara')").click()
    same = f"v.resolution === {asked['resolution']}"
    state(roads, f"hall.state.votes.some(v => {same} && v.state === 'adopted')")

    # a table and its outcome
    for page in (chair, roads):
        page.click(".hall-places button:has-text('Meja sinkronisasi')")
        page.click(f".hall-row[data-key=table{desk}]")
    chair.locator(".hall-side button:has-text('Mulai')").click()
    roads.locator(".hall-side button:text-is('Duduk')").click()
    state(mayor, f"hall.state.tables.find(t => t.item === {desk}).seated.length === 1")
    for page in (roads, chair):
        page.locator("summary:has-text('Catatan bersama')").click()
        page.wait_for_selector("#hall-note-discussion[data-shared]:enabled")
    roads.fill("#hall-note-discussion", f"Gali sekali saja ({view}).")
    expect(chair.locator("#hall-note-discussion")).to_have_value(f"Gali sekali saja ({view}).")
    roads.locator("summary:has-text('Isi hasil meja')").click()
    roads.select_option("#hall-kind", "merge")
    roads.fill("#hall-text", f"Satu saluran oleh Dinas PU ({view}).")
    roads.select_option("#hall-owner", index=1)
    roads.fill("#hall-post", "Kepala Bidang")
    roads.fill("#hall-due", "2022-06-30")
    roads.click("button:has-text('Simpan hasil')")
    state(chair, f"hall.state.tables.find(t => t.item === {desk}).outcome === 'merge'")
    for page in (chair, roads, mayor):
        assert violations(page) == []
    for page in (chair, roads):
        assert colours(picture(page)) > (500 if view == "ruang" else 60)

    # the minutes have both
    chair.goto(f"{house.address}/rapat/{house.ids['meeting']}/notula/")
    words = chair.inner_text("main")
    assert f"Satu saluran oleh Dinas PU ({view})." in words
    assert asked["title"] in words


def test_the_same_path_in_the_list(visit, house):
    """Three pages again, none of which draws anything."""
    meeting, desk = house.ids["meeting"], house.ids["desks"][2]
    stage = f"{house.address}/balai/{meeting}/"
    chair, roads, mayor = visit("bappeda", ""), visit("pu", ""), visit("walikota", "")

    reach(roads, "Angkat tangan")
    roads.keyboard.press("Enter")
    roads.wait_for_selector("text=Anda masuk antrean bicara.")
    chair.wait_for_selector("#bicara >> text=Perencana Dinas PU")  # follows by itself
    chair.click("#bicara button:has-text('Persilakan')")
    chair.wait_for_selector("text=Dipersilakan bicara.")
    roads.wait_for_selector("#bicara >> text=Selesai berbicara")
    reach(roads, "Selesai berbicara")
    roads.keyboard.press("Enter")
    roads.wait_for_selector("text=Tangan diturunkan.")

    proposed = chair.locator(".vote", has_text="Diusulkan").first
    title = proposed.locator("h2").inner_text()
    proposed.locator("button:has-text('Buka pemungutan suara')").click()
    mine = mayor.locator(".vote", has_text=title)
    mine.locator("button:text-is('Setuju')").click()
    mayor.wait_for_selector("text=Suara Anda dicatat.")
    asked = chair.locator(".vote", has_text=title)
    asked.locator("text=1 suara masuk").wait_for()
    asked.locator("button:has-text('Tutup pemungutan suara')").click()
    mine.locator("text=Diputuskan").wait_for()

    for page in (chair, roads):
        page.goto(f"{stage}meja/{desk}/")
    roads.click("button:has-text('Duduk di meja ini')")
    chair.reload()
    assert "Perencana Dinas PU" in chair.inner_text("#kursi")
    roads.check("[name=kind][value=merge]")
    roads.fill("[name=text]", "Satu saluran oleh Dinas PU (daftar).")
    roads.select_option("[name=owner]", index=1)
    roads.fill("[name=owner_post]", "Kepala Bidang Drainase")
    roads.fill("[name=due]", "2022-06-01")
    roads.click("button:has-text('Tutup meja dengan hasil ini')")
    roads.wait_for_selector("text=Hasil meja disimpan.")

    chair.goto(f"{house.address}/rapat/{meeting}/notula/")
    words = chair.inner_text("main")
    assert "Satu saluran oleh Dinas PU (daftar)." in words
    assert title in words
    line, agency = house.ids["line"], house.ids["agency"]
    for address in (
        "/balai/", "/balai/meja-kota/", f"/balai/meja-kota/program/{line}/",
        f"/balai/gerai/{agency}/", f"/balai/{meeting}/", f"/balai/{meeting}/meja/",
        f"/balai/{meeting}/meja/{desk}/", f"/balai/{meeting}/rekaman/",
        f"/balai/{meeting}/tonton/", f"/balai/{meeting}/perbandingan/",
    ):  # fmt: skip
        mayor.goto(house.address + address)
        assert violations(mayor) == [], address


def test_budgets_hold_in_every_place(visit):
    """First load under 1.5 MB compressed, 150 draw calls, 150,000 triangles."""
    page = visit("bappeda", "ruang/", "full")
    page.context.clear_cookies(name="nothing")
    sizes: dict[str, int] = {}

    def count(response) -> None:
        if response.ok and response.status == 200:
            body = response.body()
            packed = re.search(r"woff2|png|jpeg", response.headers.get("content-type", ""))
            sizes[response.url] = len(body) if packed else len(gzip.compress(body, 6))

    fresh = page.context.new_page()
    fresh.set_default_timeout(LONG)
    fresh.on("response", count)
    fresh.route("**/*", lambda route: route.continue_(headers=route.request.headers | {
        "cache-control": "no-cache", "if-none-match": "", "if-modified-since": ""}))  # fmt: skip
    fresh.goto(page.url)
    fresh.wait_for_selector("[data-hall][data-state=ready]")
    assert any("/world" in url for url in sizes)
    assert sum(sizes.values()) < 1_500_000, sizes
    for button in fresh.locator(".hall-places button").all():
        button.click()
        frames = fresh.evaluate("__hall.figures.frames")
        state(fresh, f"hall.figures.frames >= {frames}")
        fresh.wait_for_timeout(400)
    found = fresh.evaluate("__hall.figures")
    assert found["calls"] <= 150
    assert 20_000 < found["triangles"] <= 150_000


def test_the_year_is_played_on_the_city_table(visit):
    page = visit("bappeda", "ruang/?tempat=city")
    before = picture(page)
    page.fill("#hall-day", "170")
    expect(page.locator(".hall-day")).to_have_text("20 Jun")
    expect(page.locator(".hall-works")).to_contain_text("pekerjaan berjalan")
    state(page, "hall.day === 170")
    page.wait_for_timeout(500)
    assert picture(page) != before
    page.click("summary:has-text('Geser jadwal')")
    page.select_option("#hall-program", index=1)
    page.fill("#hall-shift", "200")
    page.click(".hall-draft button:has-text('Coba')")
    expect(page.locator(".hall-draft [role=status]")).to_contain_text("Hilang")


POINT_AT_APRIL = """(() => {
  const { x, z, yaw } = __hall.me, right = __glasses.controllers.right;
  const [dx, dz, sin, cos] = [6.55 - x, -z, Math.sin(yaw), Math.cos(yaw)];
  right.position.set(dx * cos - dz * sin, 3, dx * sin + dz * cos);
  right.quaternion.set(-Math.SQRT1_2, 0, 0, Math.SQRT1_2);
  right.updateButtonValue("trigger", 1);
})()"""


def test_glasses_enter_walk_and_leave(visit):
    device = (
        GLASSES.read_text(encoding="utf-8")
        + ";window.__glasses = new IWER.XRDevice(IWER.metaQuest3);"
        "__glasses.installRuntime({forceInstall: true});"
    )
    page = joined(visit("pu", "ruang/", script=device))
    page.click("[data-hall-xr]")
    page.wait_for_selector("[data-hall][data-glasses=on]")
    frames = page.evaluate("__hall.figures.frames")
    state(page, f"hall.figures.frames > {frames} + 1")
    page.evaluate("__glasses.controllers.left.updateAxis('thumbstick', 'y-axis', -1)")
    z = page.evaluate("__hall.me.z")
    state(page, f"hall.me.z < {z} - 0.3")
    page.evaluate("__glasses.controllers.left.updateAxis('thumbstick', 'y-axis', 0)")
    page.evaluate(POINT_AT_APRIL)
    state(page, "Math.abs(hall.day - 91) < 6")  # the year is turned at the rim of the city table
    page.evaluate("__glasses.controllers.right.updateButtonValue('trigger', 0)")
    page.evaluate("document.querySelector('[data-hall-xr]').click()")  # the picture covers the page
    page.wait_for_selector("[data-hall][data-glasses=off]")


def test_without_webgl_the_plan_is_drawn(driver, house):
    opened = driver.chromium.launch(
        executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-3d-apis"]
    )
    page = opened.new_page(viewport=SMALL)
    page.set_default_timeout(LONG)
    page.goto(f"{house.address}/akun/login/")
    page.fill("[name=login]", "pu")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    page.goto(f"{house.address}/balai/{house.ids['meeting']}/ruang/")
    page.wait_for_selector("[data-hall][data-state=ready]")
    assert page.get_attribute("[data-hall]", "data-drawn") == "plan"
    expect(page.locator("[data-hall-note]")).to_contain_text("denah dipakai")
    opened.close()


def test_a_phone_shows_it_without_scrolling_sideways(visit):
    page = joined(visit("pu", "denah/", viewport={"width": 390, "height": 844}, has_touch=True))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for button in page.locator(".hall-places button, .hall-acts button").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 44
    box = page.locator("[data-hall-picture]").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 60, box["y"] + box["height"] * 0.55)
    assert violations(page) == []
