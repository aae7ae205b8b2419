"""One story from end to end, in Chromium: a duplicate is found, decided at a desk, the register is
amended, the engine closes the finding, the item is reminded and done with evidence; then a file
comes that does not know the decision; the public reads of it in an article and in open data."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page
from tests.browser.conftest import watched
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import AgendaItem, Session
from rakorsus.stages.publication.models import Article
from rakorsus.stages.register.models import PlanVersion, Program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
DRAIN, LANE = "paket_penyedia:1001", "paket_penyedia:2001"
PDF = {"name": "berita acara.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bukti"}


@pytest.fixture
def site(running, settings) -> str:
    """A city with a duplicate of two agencies, and a meeting with one desk about it."""
    settings.TODAY = date(2022, 3, 14)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    fill(duplicates(1))
    findings.analyse_register(actors.system("cli"))
    for name, role, code in (
        ("bappeda", Role.COORDINATOR, None), ("pu", Role.PLANNER, ROADS),
        ("perkim", Role.PLANNER, HOUSING), ("sekretariat", Role.SECRETARIAT, None),
        ("walikota", Role.LEADER, None),
    ):  # fmt: skip
        user = User.objects.create_user(name, f"{name}@x.invalid", PASSWORD, display_name=name)
        office = Agency.objects.get(code=code) if code else None
        Membership.objects.create(user=user, role=role, agency=office)
    by = actors.of_user(User.objects.get(username="bappeda"), "cli")

    def at(hour: int) -> datetime:
        return datetime(2022, 3, 15, hour, tzinfo=ZoneInfo("Asia/Makassar"))

    made = meetings.create_meeting(
        by, "Rakorsus", usual=False, type="rakorsus", title="Rakorsus 2022", starts=at(8),
        ends=at(22), place="Makassar",
    )  # fmt: skip
    desks = meetings.save_session(
        by, made, None, kind=Session.Kind.DESKS, title="Meja", starts=at(13), ends=at(15)
    )
    meetings.add_cases(by, desks, Finding.objects.prefetch_related("sides__agency"), 30)
    return running


@pytest.fixture
def play(browser, site):
    """`play(name)`: that person's own window, signed in; errors of scripts end the test."""
    seen_by: list[list[str]] = []

    def enter(name: str = "", **options) -> Page:
        page, errors = watched(browser, **options)
        seen_by.append(errors)
        page.on("dialog", lambda dialog: dialog.accept())
        page.set_default_timeout(120_000)  # a busy machine is no failure
        if not name:
            return page
        page.goto(f"{site}/akun/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        return page

    yield enter
    assert [e for errors in seen_by for e in errors] == []


def decided_at_the_desk(page: Page, site: str, axe) -> Decision:
    desk = AgendaItem.objects.get(kind="desk")
    page.goto(f"{site}/rapat/acara/{desk.pk}/")
    page.check("input[name=kind][value=merge]")
    page.fill("#hasil [name=text]", "Satu paket oleh Dinas PU.")
    page.select_option("#hasil [name=owner]", label="Dinas Pekerjaan Umum")
    page.fill("#hasil [name=owner_post]", "Kepala Dinas PU")
    page.fill("#hasil [name=due]", "2022-03-31")
    page.click("text=Simpan hasil")
    page.click("text=Jadikan keputusan")
    assert axe(page) == []
    page.click("text=Simpan rancangan dan lihat kata mesin")
    assert page.locator("text=Temuannya akan tertutup.").is_visible()
    assert page.locator("text=Tidak ada temuan baru yang timbul.").is_visible()
    assert axe(page) == []
    assert Program.objects.get(key=LANE).status == "planned"  # shown, not yet taken
    page.click("button:has-text('Ambil keputusan')")
    page.wait_for_load_state()
    return Decision.objects.get()


def told_to_the_public(play, site: str, decision: Decision) -> None:
    """An article from the decision, approved by another person; a release with the decision."""
    editor, mayor, citizen = play("sekretariat"), play("walikota"), play()
    editor.goto(f"{site}/publik/redaksi/")
    editor.locator("details:has(#decision)").evaluate_all("all => all.forEach(d => d.open = true)")
    editor.select_option("#decision", label=str(decision))
    editor.click("button:has-text('Buat konsep dari keputusan')")
    editor.fill("[name=headline]", "Satu drainase, satu paket")
    editor.click("button:has-text('Simpan naskah')")
    editor.click("button:has-text('Kirim untuk disetujui')")
    editor.wait_for_load_state()
    mayor.goto(f"{site}/publik/redaksi/berita/{Article.objects.get().pk}/")
    mayor.click("button:has-text('Setujui dan terbitkan')")
    mayor.wait_for_load_state()
    citizen.goto(f"{site}/publik/")
    citizen.click("a:has-text('Satu drainase, satu paket')")
    assert decision.label in citizen.inner_text("main")
    boss = play("bappeda")
    boss.goto(f"{site}/publik/redaksi/rilis/")
    boss.fill("[name=note]", "Sesudah keputusan")
    boss.click("button:has-text('Bekukan rilis')")
    boss.wait_for_load_state()
    answer = citizen.request.get(f"{site}/publik/data/1/keputusan.csv")
    assert answer.status == 200
    assert "Satu paket oleh Dinas PU." in answer.text()


def test_from_a_finding_to_evidence(site, play, axe):
    versions = PlanVersion.objects.count()
    boss = play("bappeda")
    decision = decided_at_the_desk(boss, site, axe)
    boss.reload()
    assert boss.locator("text=mesin memastikan temuannya hilang").is_visible()
    finding = Finding.objects.get(pk=decision.finding_id)
    assert (decision.label, decision.verdict, finding.state) == (
        "Keputusan 1/2022", "closed", "closed",
    )  # fmt: skip
    assert PlanVersion.objects.count() == versions + 1
    money = dict(Program.objects.values_list("key", "budget"))
    assert money == {DRAIN: 368_450_000, LANE: 0}

    item = ActionItem.objects.get()
    assert (item.decision, item.agency.code, item.due) == (decision, ROADS, date(2022, 3, 31))
    for _again in range(2):
        call_command("remind", "--day", "2022-04-01", "--base", site, verbosity=0)
    (letter,) = [m for m in mail.outbox if m.to == ["pu@x.invalid"]]
    assert f"{site}/tindak-lanjut/{item.pk}/" in letter.body

    stranger = play("perkim")
    stranger.goto(f"{site}/tindak-lanjut/{item.pk}/")
    assert stranger.locator("#bukti").count() == 0
    planner = play("pu", viewport={"width": 390, "height": 844})
    planner.goto(f"{site}/tindak-lanjut/")
    planner.click("text=Satu paket oleh Dinas PU.")
    assert axe(planner) == []
    planner.set_input_files("#bukti", [PDF])
    planner.click("text=Unggah")
    planner.fill("#words", "RUP sudah disatukan.")
    planner.click("button:has-text('Selesai')")
    planner.wait_for_load_state()
    item.refresh_from_db()
    assert (item.state, item.evidence.get().name) == ("done", "berita acara.pdf")

    rows = duplicates(1)
    rows[0]["volume"] = "240 m"
    fill(rows)
    behind = Finding.objects.filter(rule="mismatch.decision", closed_run=None)
    assert {f.lines.get().program.key for f in behind} == {DRAIN, LANE}
    assert Program.objects.get(key=LANE).status == "cancelled"
    boss.goto(f"{site}/keputusan/{decision.pk}/")
    assert boss.locator("h2:has-text('Keputusan belum masuk dokumen')").is_visible()
    told_to_the_public(play, site, decision)
