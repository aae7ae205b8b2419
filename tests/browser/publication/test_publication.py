"""From the meeting's record to the public page, and an agreement to its signature, in Chromium."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import watched
from tests.integration.findings.conftest import ROADS, duplicates, fill

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication import actions
from rakorsus.stages.publication.models import Agreement, Article, Release, Requirement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
WITA = ZoneInfo("Asia/Makassar")
WIDTHS = (1280, 390)


@pytest.fixture
def site(running, settings) -> str:
    settings.TODAY = date(2022, 3, 14)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    fill(duplicates(2))
    for name, role, code in (
        ("bappeda", Role.COORDINATOR, None), ("sekretariat", Role.SECRETARIAT, None),
        ("walikota", Role.LEADER, None), ("pu", Role.PLANNER, ROADS),
    ):  # fmt: skip
        user = User.objects.create_user(
            name, f"{name}@x.invalid", PASSWORD, display_name=name, post=f"Jabatan {name}"
        )
        office = Agency.objects.get(code=code) if code else None
        Membership.objects.create(user=user, role=role, agency=office)
    by = actors.of_user(User.objects.get(username="bappeda"), "page")
    made = meetings.create_meeting(
        by, "Seri", type="rakorsus", title="Rakorsus 2022", place="Makassar",
        starts=datetime(2022, 3, 15, 8, tzinfo=WITA), ends=datetime(2022, 3, 15, 22, tzinfo=WITA),
    )  # fmt: skip
    Meeting.objects.filter(pk=made.pk).update(state=Meeting.State.PUBLISHED)
    return running


@pytest.fixture
def play(browser, site):
    """`play(name)`: that person's window, signed in; errors of scripts end the test."""
    seen: list[list[str]] = []

    def enter(name: str = "", **options) -> Page:
        page, errors = watched(browser, **options)
        seen.append(errors)
        page.on("dialog", lambda dialog: dialog.accept())
        if name:
            page.goto(f"{site}/akun/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_load_state()
        return page

    yield enter
    assert [e for errors in seen for e in errors] == []


def fits(page: Page, axe, address: str) -> None:
    """No page is wider than its screen, and axe finds nothing serious."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert axe(page) == [], (address, width)


def test_from_the_record_to_the_public(play, site, axe):
    editor, mayor, citizen = play("sekretariat"), play("walikota"), play()
    editor.goto(f"{site}/publik/redaksi/")
    editor.select_option("[name=meeting]", label="Rakorsus 2022")
    editor.click("button:has-text('Buat konsep') >> nth=0")
    assert editor.input_value("[name=quote_0]") == ""
    assert "Rakorsus 2022 akan berlangsung" in editor.input_value("[name=lead]")
    editor.fill("[name=headline]", "Rakorsus besok")
    editor.fill("[name=tags]", "rakorsus, koordinasi")
    editor.fill("[name=quote_0]", "Besok kita bertemu.")
    editor.click("button:has-text('Simpan naskah')")
    assert "Kutipan memerlukan isi dan jabatan" in editor.inner_text("main")
    editor.fill("[name=post_0]", "Wali Kota")
    editor.click("button:has-text('Simpan naskah')")
    fits(editor, axe, editor.url)
    editor.click("button:has-text('Kirim untuk disetujui')")
    assert editor.locator("button[value=approve]").count() == 0

    article = Article.objects.get()
    mayor.goto(f"{site}/publik/redaksi/berita/{article.pk}/")
    mayor.click("button:has-text('Setujui dan terbitkan')")
    mayor.wait_for_load_state()
    article.refresh_from_db()
    assert article.state == Article.State.PUBLISHED

    fits(citizen, axe, f"{site}/publik/")
    citizen.click("a:has-text('Rakorsus besok')")
    text = citizen.inner_text("main")
    for words in ("Rakorsus besok", "“Besok kita bertemu.”", "Wali Kota", "Jabatan sekretariat"):
        assert words in text
    citizen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    citizen.click("button:has-text('Salin alamat')")
    citizen.wait_for_function("document.querySelector('[data-copy]').textContent === '✓'")
    assert citizen.evaluate("navigator.clipboard.readText()") == citizen.url
    fits(citizen, axe, citizen.url)
    assert citizen.context.cookies() == []
    citizen.click("a[hreflang=en]")
    assert citizen.locator("html").get_attribute("lang") == "en"
    assert "Rakorsus besok" in citizen.inner_text("main")


def test_a_release_is_frozen_and_read_without_scripts(play, site, browser, axe):
    coordinator = play("bappeda")
    coordinator.goto(f"{site}/publik/redaksi/rilis/")
    coordinator.fill("[name=note]", "Rilis pertama")
    coordinator.click("button:has-text('Bekukan rilis')")
    coordinator.wait_for_load_state()
    assert Release.objects.count() == 1
    plain = play(java_script_enabled=False)
    for path in ("", "data/", "rilis/1/", "peta/", "keputusan/", "informasi/", "data/kamus/"):
        plain.goto(f"{site}/publik/{path}")
        assert plain.locator("h1").count() == 1
        assert plain.inner_text("main").strip()
    plain.goto(f"{site}/publik/data/")
    with plain.expect_download() as waiting:
        plain.click("a[href='/publik/data/1/program.csv']")
    content = waiting.value.path().read_text(encoding="utf-8-sig")
    assert content.splitlines()[0].startswith("kunci,sumber,nomor")
    assert len(content.splitlines()) == 1 + 4
    citizen = play()
    for path in ("data/", "data/tabel/program/", "rilis/1/", "peta/", "informasi/", "rapat/"):
        fits(citizen, axe, f"{site}/publik/{path}")


def test_an_agreement_is_signed_when_all_is_in_order(play, site, axe):
    editor = play("sekretariat")
    editor.goto(f"{site}/kerja-sama/baru/")
    editor.select_option("[name=kind]", "mou")
    editor.select_option("[name=scheme]", "ksdpk")
    editor.fill("[name=title]", "Layanan kota")
    editor.fill("[name=scope]", "Layanan\nPariwisata")
    editor.fill("[name=starts]", "2022-03-15")
    editor.fill("[name=ends]", "2023-03-14")
    editor.click("button:has-text('Simpan')")
    editor.wait_for_load_state()
    made = Agreement.objects.get()
    assert "Sedikitnya dua pihak" in editor.inner_text("main")
    for number, own in ((1, True), (2, False)):
        editor.click("a:has-text('Tambah pihak')")
        if own:
            editor.check("[name=own]")
        editor.fill("[name=name]", f"Pihak {number}")
        editor.fill("[name=post]", f"Jabatan {number}")
        editor.fill("[name=number]", f"{number}/2022")
        editor.click("button:has-text('Simpan')")
        editor.wait_for_load_state()
    by = actors.of_user(User.objects.get(username="sekretariat"), "page")
    for row in made.requirements.filter(needed_to_sign=True):
        actions.set_requirement(by, row, Requirement.State.PRESENT, "1/2022")
    fits(editor, axe, f"{site}{made.get_absolute_url()}")
    editor.fill("[name=on]", "2022-03-15")
    editor.click("button:has-text('Catat penandatanganan')")
    editor.wait_for_load_state()
    made.refresh_from_db()
    assert made.state == Agreement.State.SIGNED
    fits(editor, axe, f"{site}/kerja-sama/")
    citizen = play()
    fits(citizen, axe, f"{site}/publik/kerja-sama/{made.slug}/")
    assert "Pihak 2" in citizen.inner_text("main")
