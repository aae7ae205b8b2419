"""A Rakorsus from its findings to the signed minutes, played in Chromium by the coordinator, two
agencies, the secretariat, the leadership and a guest on a phone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import watched
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill

from rakorsus.audit.models import Event
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    Outcome,
    Participant,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def site(running, settings) -> str:
    """A city with three duplicates between two agencies, and everybody who plays."""
    settings.TODAY = date(2022, 3, 14)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    fill(duplicates(3))
    findings.analyse_register(actors.system("cli"))
    for name, role, code in (
        ("bappeda", Role.COORDINATOR, None), ("pu", Role.PLANNER, ROADS),
        ("perkim", Role.PLANNER, HOUSING), ("sekretariat", Role.SECRETARIAT, None),
        ("walikota", Role.LEADER, None),
    ):  # fmt: skip
        user = User.objects.create_user(name, f"{name}@x.invalid", PASSWORD, display_name=name)
        office = Agency.objects.get(code=code) if code else None
        Membership.objects.create(user=user, role=role, agency=office)
    return running


@pytest.fixture
def play(browser, site):
    """`play(name)`: that person's own window, signed in; errors of scripts end the test."""
    seen_by: list[list[str]] = []

    def enter(name: str, **options) -> Page:
        page, errors = watched(browser, **options)
        seen_by.append(errors)
        page.on("dialog", lambda dialog: dialog.accept())
        if name:
            page.goto(f"{site}/akun/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_load_state()
        return page

    yield enter
    expected = ("409", "INTERNET_DISCONNECTED")  # refusals and the lost connection are played
    wrong = [e for errors in seen_by for e in errors if not any(x in e for x in expected)]
    assert wrong == []


def settle_before(play, site) -> Finding:
    """Two agencies settle one finding online, so that it needs no desk."""
    finding = Finding.objects.order_by("pk").first()
    roads, housing = play("pu"), play("perkim")
    roads.goto(f"{site}/temuan/{finding.pk}/")
    roads.click("summary:has-text('Usulkan')")
    roads.fill("#id_text", "Satu paket oleh Dinas PU.")
    roads.click("button:has-text('Kirim usulan')")
    housing.goto(f"{site}/temuan/{finding.pk}/")
    housing.click("button:has-text('Setuju untuk')")
    housing.wait_for_load_state()
    finding.refresh_from_db()
    assert finding.state == Finding.State.SETTLED
    return finding


def plan(play, site) -> tuple[Page, Meeting]:
    page = play("bappeda")
    page.goto(f"{site}/rapat/baru/")
    page.fill("[name=title]", "Rakorsus 2022")
    page.fill("[name=starts]", "2022-03-15T08:00")
    page.fill("[name=ends]", "2022-03-15T22:00")
    page.fill("[name=place]", "Makassar")
    page.click("button:has-text('Simpan')")
    page.wait_for_url(re.compile(r"/rapat/\d+/$"))
    meeting = Meeting.objects.get()
    page.goto(f"{site}/rapat/{meeting.pk}/susun/")
    page.select_option("[name=first]", "40")
    page.click("button:has-text('Masukkan ke')")
    page.click("button:has-text('pemapar ke')")
    page.click("button:has-text('Susun agenda percobaan')")
    assert "terbukti terbaik" in page.inner_text(".trials")
    page.click("button:has-text('Pakai percobaan ini')")
    page.click("button:has-text('Terbitkan agenda')")
    page.wait_for_url(re.compile(r"/rapat/\d+/$"))
    assert "Versi 1" in page.inner_text("main")
    return page, meeting


def invite(play, site, meeting) -> tuple[Page, str]:
    """The secretariat invites a guest, who answers on a phone; gives the secretariat's window and
    the address that the guest's code holds."""
    page = play("sekretariat")
    page.goto(f"{site}/rapat/{meeting.pk}/peserta/")
    page.click("summary:has-text('Satu orang')")
    page.select_option("[name=group]", "rectors")
    page.fill("[name=post]", "Rektor (contoh)")
    page.click("form[action$='/tambah/'] button")
    page.click("a:has-text('Rektor (contoh)')")
    link = page.get_attribute("a:has-text('Halaman tamu')", "href")
    phone = play("", **PHONE)
    phone.goto(link)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.check("input[name=answer][value=coming]")
    phone.click("button:has-text('Kirim jawaban')")
    phone.wait_for_load_state()
    assert Participant.objects.get(group="rectors").reply == Participant.Reply.COMING
    return page, link.replace("/u/", "/masuk/")


def test_a_day_from_findings_to_signed_minutes(play, site, axe):
    settled = settle_before(play, site)
    coordinator, meeting = plan(play, site)
    desks = AgendaItem.objects.filter(kind="desk")
    assert settled.pk not in desks.values_list("finding", flat=True)
    assert desks.count() == Finding.objects.filter(state=Finding.State.OPEN).count()

    door, code = invite(play, site, meeting)
    door.goto(code)
    door.click("button:has-text('Catat hadir')")
    assert "dicatat hadir" in door.inner_text("main")
    door.goto(f"{site}/rapat/{meeting.pk}/masuk/")
    assert "1 / 1" in door.inner_text("main")
    assert Attendance.objects.count() == 1

    door.goto(f"{site}/rapat/{meeting.pk}/jalan/")
    screen = play("walikota")
    screen.goto(f"{site}/rapat/{meeting.pk}/layar/")
    door.click("button:has-text('Buka rapat')")
    first = desks.order_by("start").first()
    door.goto(f"{site}/rapat/acara/{first.pk}/")
    door.click("button:has-text('Mulai')")
    screen.wait_for_selector(".stage .clock", timeout=10_000)  # it follows by itself

    roads, housing = play("pu"), play("perkim")
    for page in (roads, housing):
        page.goto(f"{site}/rapat/acara/{first.pk}/")
        assert axe(page) == []
    roads.check("input[name=kind][value=merge]")
    roads.fill("form[action$='/hasil/'] [name=text]", "Digabung, dikerjakan Dinas PU.")
    roads.select_option("[name=owner]", str(Agency.objects.get(code=ROADS).pk))
    roads.fill("[name=owner_post]", "Kepala Bidang SDA")
    roads.fill("[name=due]", "2022-04-15")
    roads.click("button:has-text('Simpan hasil')")
    housing.check("input[name=kind][value=waive]")
    housing.fill("form[action$='/hasil/'] [name=text]", "Dibiarkan.")
    housing.click("button:has-text('Simpan hasil')")
    assert "baru saja diputuskan oleh pu" in housing.inner_text("main")
    assert Outcome.objects.get().kind == Outcome.Kind.MERGE

    second = desks.order_by("start").last()
    housing.goto(f"{site}/rapat/acara/{second.pk}/")
    housing.check("input[name=kind][value=escalate]")
    housing.fill("form[action$='/hasil/'] [name=text]", "Tidak sepakat soal volume.")
    housing.click("button:has-text('Simpan hasil')")
    coordinator.goto(f"{site}/rapat/{meeting.pk}/pleno/")
    coordinator.click("button:has-text('Buka pemungutan suara')")
    screen.goto(f"{site}/rapat/{meeting.pk}/pleno/")
    screen.click("button:has-text('Setuju') >> nth=0")
    assert "Suara Anda sudah masuk" in screen.inner_text("main")
    coordinator.goto(f"{site}/rapat/{meeting.pk}/pleno/")
    coordinator.click("button:has-text('Tutup pemungutan suara')")
    coordinator.goto(f"{site}/rapat/{meeting.pk}/notula/")
    assert "Digabung, dikerjakan Dinas PU." in coordinator.inner_text("main")
    coordinator.fill("[name=post]", "Kepala Bappeda")
    coordinator.click("button:has-text('Tandatangani notula')")
    assert "Ditandatangani" in coordinator.inner_text("main")
    assert Minutes.objects.get().content["decisions"][0]["state"] == "adopted"
    assert Event.objects.filter(action="meeting.refused").count() == 1


def test_arrivals_wait_for_a_lost_connection_and_count_once(play, site):
    _page, meeting = plan(play, site)
    door, _code = invite(play, site, meeting)
    door.goto(f"{site}/rapat/{meeting.pk}/masuk/")
    door.context.set_offline(True)
    door.click("button:has-text('Hadir'):not(form#serentak button)")
    door.wait_for_selector("[data-queue]:not([hidden])")
    assert not Attendance.objects.exists()
    door.context.set_offline(False)
    door.wait_for_selector("[data-queue][hidden]", state="attached", timeout=15_000)
    assert Attendance.objects.count() == 1
