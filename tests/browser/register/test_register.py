"""The register in Chromium: with scripts, without them, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, sync_playwright

from rakorsus.people import actor as actors
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.models import Program
from rakorsus.synth import bulk

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "src" / "rakorsus" / "web" / "static" / "build"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium"),
]
PAGES = (
    "/program/", "/program/?tingkat=paket&q=posyandu", "/program/peta/", "/program/waktu/",
    "/program/perangkat-daerah/", "/program/perangkat-daerah/1.02.0.00.0.00.02.0000/",
    "/program/wilayah/", "/program/wilayah/73.71.06/", "/program/nomenklatur/",
    "/program/sasaran/", "/program/versi/", "/program/versi/1/",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver keeps a loop running
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader"],
        )
        yield opened
        opened.close()


@pytest.fixture
def site(request, settings, tmp_path) -> str:
    """A running register with some hundred lines of the demonstration city."""
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    cache.clear()
    live_server = request.getfixturevalue("live_server")  # after the settings: it reads them once
    publish(actors.system("cli"), bulk.frames(600, seed=4))
    return live_server.url


def opened(browser: Browser, **options) -> tuple[Page, list[str]]:
    """A page, and the list in which its errors gather."""
    page = browser.new_context(**options).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    return page, errors


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_screen_and_run_without_errors(browser, site, width):
    page, errors = opened(browser, viewport={"width": width, "height": 844})
    package = Program.objects.filter(level="paket", place_grade__gte=3).first()
    for path in (*PAGES, package.get_absolute_url()):
        answer = page.goto(site + path, wait_until="load")
        assert answer is not None
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if AXE.exists():
            page.evaluate(AXE.read_text())
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            bad = [
                (v["id"], v["nodes"][0]["html"][:160])
                for v in found["violations"]
                if v["impact"] in ("serious", "critical")
            ]
            assert bad == [], path
    assert errors == []


@pytest.mark.skipif(not (BUILD / "map.js").exists(), reason="the front end is not built")
def test_map_and_timeline_are_drawn(browser, site):
    page, errors = opened(browser, viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/program/peta/?tingkat=paket")
    page.wait_for_selector("[data-map][data-state=ready]", timeout=30_000)
    assert "Batas wilayah perkiraan" in page.inner_text(".map-legend")
    page.goto(f"{site}/program/waktu/")
    page.wait_for_selector("[data-timeline][data-state=ready]")
    bars = page.locator(".tl-bar")
    assert bars.count() > 20
    assert bars.first.get_attribute("href").startswith("/program/")
    assert errors == []


def test_everything_but_the_drawing_works_without_scripts(browser, site):
    page, errors = opened(browser, java_script_enabled=False)
    page.goto(f"{site}/program/")
    page.fill("#q", "posyandu")
    page.click("text=Cari >> nth=-1")
    assert "q=posyandu" in page.url
    page.click("summary:has-text('Saringan lain')")
    page.select_option("#f-fund", "DBH CHT")
    page.click("text=Terapkan")
    assert page.locator(".chips li").count() == 2
    rows = page.locator("table.data tbody tr")
    before = rows.count()
    assert before > 0
    page.click("thead >> text=Nama")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Nama")
    assert rows.count() == before
    page.click(".chips li:has-text('posyandu') a")
    assert rows.count() > before
    page.click(".tabs >> text=Peta")
    assert page.locator("table.data tbody tr").count() > 10
    page.click(".tabs >> text=Linimasa")
    assert page.locator("table.months tbody tr").count() > 5
    assert errors == []
