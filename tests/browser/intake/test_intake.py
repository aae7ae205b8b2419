"""Importing in Chromium: upload, progress, result, correction; naming columns; without scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, sync_playwright

from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.intake.models import ColumnMapping, ImportBatch, SetAsideRow
from rakorsus.stages.register.loading import load
from rakorsus.stages.register.models import Program

ROOT = Path(__file__).resolve().parents[3]
HTMX = ROOT / "src" / "rakorsus" / "web" / "static" / "build" / "htmx.js"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium"),
]
BAD = """Nomor Baris;Tahun Anggaran;Perangkat Daerah;Nama Perangkat Daerah;Nama Pekerjaan;Pagu (Rp)
A1;2025;1.03.01;Dinas PU;Perbaikan Jalan Nuri;dua ratus juta
A2;2025;1.03.01;Dinas PU;Drainase Jalan Rajawali;50.000.000
A3;2025;1.03.01;Dinas PU;;5000000
"""
ODD = """Perihal;Pelaksananya;Biaya;Mulai
Cat pagar kantor lurah;Dinas PU;1.000.000;01/03/2025
Tanam pohon;Dinas PU;2.000.000;01/04/2025
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver keeps a loop running
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def site(request, settings, tmp_path) -> str:
    """A running installation with a coordinator and two agencies."""
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
    Agency.objects.create(code="1.03.01", name="Dinas PU")
    Agency.objects.create(code="1.02.01", name="Dinas Kesehatan")
    user = User.objects.create_user("bappeda", "b@contoh.go.id", "rahasia-sekali")
    Membership.objects.create(user=user, role=Role.COORDINATOR)
    return live_server.url


def signed_in(browser: Browser, site: str, **options) -> tuple[Page, list[str]]:
    """A page of the coordinator, and the list in which its errors gather."""
    page = browser.new_context(**options).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(f"{site}/akun/login/?next=/impor/")
    page.fill("[name=login]", "bappeda")
    page.fill("[name=password]", "rahasia-sekali")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/impor/")
    return page, errors


def work(page: Page) -> ImportBatch:
    """Run the queued batch as the job worker would, beside the browser."""
    batch = ImportBatch.objects.get(state=ImportBatch.State.QUEUED)

    def run() -> None:
        try:
            load(batch)
        finally:
            connections.close_all()

    job = threading.Thread(target=run)
    job.start()
    job.join()
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.DONE, batch.message_id
    return batch


def fits(page: Page) -> None:
    """No wider than the screen, and nothing serious for those who use aids."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    if AXE.exists():
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        bad = [
            (v["id"], v["nodes"][0]["html"][:160])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert bad == [], page.url


def uploaded(page: Page, site: str, name: str, text: str) -> None:
    page.goto(f"{site}/impor/")
    page.set_input_files("#files", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.click("button:has-text('Muat')")
    page.wait_for_url("**/impor/*-*/")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_upload_to_correction(browser, site, tmp_path, scripts) -> None:
    page, errors = signed_in(
        browser, site, viewport={"width": 1280, "height": 900}, java_script_enabled=scripts
    )
    uploaded(page, site, "kerja.csv", BAD)
    assert "Menunggu giliran" in page.inner_text("main")
    if scripts:
        fits(page)
    work(page)
    page.get_by_text("Yang perlu Anda lakukan").wait_for(timeout=15_000)
    text = " ".join(page.inner_text("main").split())
    assert "3 baris dibaca" in text
    assert "1 diterima" in text
    assert "2 disisihkan" in text
    assert "bukan jumlah uang" in text
    if scripts:
        fits(page)
    page.click("text=Unduh, perbaiki, muat lagi")
    with page.expect_download() as caught:
        page.click("text=Unduh baris ini (XLSX)")
    path = tmp_path / "perbaikan.xlsx"
    caught.value.save_as(path)
    book = load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Pagu (Rp)") + 1).value = 200_000_000
    sheet.cell(3, heads.index("Nama Pekerjaan") + 1).value = "Trotoar Jalan Kakatua"
    book.save(path)
    page.set_input_files("#corrected", path)
    page.click("button:has-text('Muat lagi')")
    page.wait_for_url("**/impor/*-*/")
    work(page)
    page.get_by_text("Yang perlu Anda lakukan").wait_for(timeout=15_000)
    assert "Tidak ada: setiap baris sudah diterima" in page.inner_text("main")
    assert set(SetAsideRow.objects.values_list("state", flat=True)) == {"reloaded"}
    assert Program.objects.filter(removed=False).count() == 3
    assert errors == []


@pytest.mark.parametrize("width", [1280, 390])
def test_naming_the_columns_of_an_unknown_table(browser, site, width) -> None:
    page, errors = signed_in(browser, site, viewport={"width": width, "height": 844})
    fits(page)
    uploaded(page, site, "aneh.csv", ODD)
    work(page)
    page.get_by_text("Tunjukkan kolomnya").first.click()
    fits(page)
    page.select_option("[name=column-0]", "title")
    page.select_option("[name=constant-agency]", "1.02.01")
    page.fill("[name=constant-year]", "2025")
    page.select_option("[name=column-1]", "")
    page.click("button:has-text('Lihat hasilnya')")
    assert "Cat pagar kantor lurah" in page.inner_text(".intake-preview")
    fits(page)
    page.click("button:has-text('Simpan dan muat')")
    page.wait_for_url("**/impor/*-*/")
    work(page)
    page.get_by_text("Yang perlu Anda lakukan").wait_for(timeout=15_000)
    fits(page)
    lines = Program.objects.filter(removed=False).values_list("title", "agency__code", "year")
    assert set(lines) == {
        ("Cat pagar kantor lurah", "1.02.01", 2025), ("Tanam pohon", "1.02.01", 2025),
    }  # fmt: skip
    page.goto(f"{site}/impor/pemetaan/")
    fits(page)
    page.click("summary:has-text('Hapus')")
    page.click("text=Ya, hapus pemetaan")
    assert not ColumnMapping.objects.exists()
    page.goto(f"{site}/program/sumber/")
    fits(page)
    assert errors == []


@pytest.mark.skipif(not HTMX.exists(), reason="the front end is not built")
def test_the_page_follows_the_job_and_can_stop_it(browser, site) -> None:
    page, errors = signed_in(browser, site, viewport={"width": 390, "height": 844})
    uploaded(page, site, "kerja.csv", BAD)
    ImportBatch.objects.update(state="reading", progress=37, message_id="Membaca kerja.csv.")
    page.get_by_text("37 %").first.wait_for(timeout=10_000)
    assert page.locator("progress").get_attribute("value") == "37"
    fits(page)
    ImportBatch.objects.update(state="queued")
    page.click("button:has-text('Batalkan')")
    page.get_by_text("Dibatalkan sebelum dimulai.").wait_for(timeout=10_000)
    fits(page)
    page.click("button:has-text('Jalankan lagi')")
    page.get_by_text("Menunggu giliran").first.wait_for()
    assert errors == []
