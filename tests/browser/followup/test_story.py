"""One story from end to end, in Chromium: a clash is found, decided at a desk, the register is
amended, the engine closes the finding, the item is reminded by the clock and done with evidence, a
report card moves; then a file comes that does not know the decision; the public reads of it in an
article and in open data, which have changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from playwright.sync_api import Page
from tests.browser.conftest import watched
from tests.integration.findings.conftest import HOUSING, ROADS, fill, line

from rakorsus.audit import daily
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import AgendaItem, Session
from rakorsus.stages.publication import actions as publication
from rakorsus.stages.publication.models import Article, ReleaseTable
from rakorsus.stages.register.models import PlanVersion, Program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
ROAD, PIPE = "paket_penyedia:1001", "paket_penyedia:2001"
PLACE = "Jl. Toddopuli Raya Kel. Paropo Kec. Panakkukang"
#: The pipes before the road.
DATES = {
    PIPE: (date(2022, 4, 4), date(2022, 5, 20)), ROAD: (date(2022, 6, 6), date(2022, 9, 23)),
}  # fmt: skip
WORDS = {PIPE: "Pipa Air Limbah", ROAD: "Rehabilitasi Jalan"}
CARD = f"/tindak-lanjut/rapor/{ROADS}/?triwulan=2022-1"
PDF = {"name": "berita acara.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bukti"}


def works() -> list[dict[str, Any]]:
    """A road is made new, and a month later dug up for pipes."""
    return [
        line(1001, ROADS, "Rehabilitasi Jalan Toddopuli Raya (Hotmix)", PLACE, volume="1.250 m",
             budget=2_450_500_000, start=date(2022, 4, 11), end=date(2022, 7, 29)),
        line(2001, HOUSING, "Pemasangan Pipa Air Limbah Jalan Toddopuli Raya", PLACE,
             volume="1.100 m", start=date(2022, 8, 15), end=date(2022, 9, 30)),
    ]  # fmt: skip


@pytest.fixture
def site(running, settings) -> str:
    """A city with a clash of two agencies, published once, and a meeting with one desk about it."""
    settings.TODAY = date(2022, 3, 14)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    fill(works())
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
    publication.release(by, "Sebelum Rakorsus")
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


def found_by_the_planner(play, site: str, axe) -> Finding:
    """The agency that lays the pipes reads of the clash, on a telephone."""
    planner = play("perkim", viewport={"width": 390, "height": 844})
    planner.goto(f"{site}/temuan/")
    planner.click("a.main-link:has-text('Toddopuli')")
    assert planner.locator("h1:has-text('Bentrok')").is_visible()
    assert axe(planner) == []
    return Finding.objects.get(kind="clash")


def decided_at_the_desk(page: Page, site: str, axe) -> Decision:
    desk = AgendaItem.objects.get(finding__kind="clash")
    page.goto(f"{site}/rapat/acara/{desk.pk}/")
    page.check("input[name=kind][value=retime]")
    page.fill("#hasil [name=text]", "Pipa lebih dahulu, lalu jalan.")
    page.select_option("#hasil [name=owner]", label="Dinas Pekerjaan Umum")
    page.fill("#hasil [name=owner_post]", "Kepala Dinas PU")
    page.fill("#hasil [name=due]", "2022-03-31")
    page.click("text=Simpan hasil")
    page.click("text=Jadikan keputusan")
    for key, (start, end) in DATES.items():
        rows = page.locator(f"fieldset:has-text('{WORDS[key]}')")
        rows.locator("input[type=date]").nth(0).fill(start.isoformat())
        rows.locator("input[type=date]").nth(1).fill(end.isoformat())
    assert axe(page) == []
    page.click("text=Simpan rancangan dan lihat kata mesin")
    assert page.locator("text=Temuannya akan tertutup.").is_visible()
    assert page.locator("text=Tidak ada temuan baru yang timbul.").is_visible()
    assert axe(page) == []
    assert Program.objects.get(key=PIPE).start == date(2022, 8, 15)  # shown, not yet taken
    page.click("button:has-text('Ambil keputusan')")
    page.wait_for_load_state()
    return Decision.objects.get()


def kept_of(page: Page, site: str) -> str:
    """What the card of the quarter says of decisions kept."""
    page.goto(f"{site}{CARD}")
    return page.locator("section:has(h2:has-text('Keputusan ditepati'))").inner_text()


def told_to_the_public(play, site: str, decision: Decision) -> None:
    """An article from the decision, approved by another person; a release with the decision."""
    editor, mayor, citizen = play("sekretariat"), play("walikota"), play()
    editor.goto(f"{site}/publik/redaksi/")
    editor.locator("details:has(#decision)").evaluate_all("all => all.forEach(d => d.open = true)")
    editor.select_option("#decision", label=str(decision))
    editor.click("button:has-text('Buat konsep dari keputusan')")
    editor.fill("[name=headline]", "Pipa dahulu, lalu jalan")
    editor.click("button:has-text('Simpan naskah')")
    editor.click("button:has-text('Kirim untuk disetujui')")
    editor.wait_for_load_state()
    mayor.goto(f"{site}/publik/redaksi/berita/{Article.objects.get().pk}/")
    mayor.click("button:has-text('Setujui dan terbitkan')")
    mayor.wait_for_load_state()
    citizen.goto(f"{site}/publik/")
    citizen.click("a:has-text('Pipa dahulu, lalu jalan')")
    assert decision.label in citizen.inner_text("main")
    boss = play("bappeda")
    boss.goto(f"{site}/publik/redaksi/rilis/")
    boss.click("button:has-text('Hitung perubahan')")
    boss.wait_for_selector("tr:has-text('Program') td:nth-child(4):has-text('2')")
    boss.fill("[name=note]", "Sesudah keputusan")
    boss.click("button:has-text('Bekukan rilis')")
    boss.wait_for_selector("p.good:has-text('Rilis 2')")
    answer = citizen.request.get(f"{site}/publik/data/2/keputusan.csv")
    assert answer.status == 200
    assert "Pipa lebih dahulu, lalu jalan." in answer.text()
    changed = ReleaseTable.objects.get(release__number=2, name="program")
    assert {row["key"] for row in changed.changes} == {ROAD, PIPE}


def test_from_a_clash_to_open_data(site, play, axe, settings):
    versions = PlanVersion.objects.count()
    finding = found_by_the_planner(play, site, axe)
    boss = play("bappeda")
    decision = decided_at_the_desk(boss, site, axe)
    boss.reload()
    assert boss.locator("text=mesin memastikan temuannya hilang").is_visible()
    finding.refresh_from_db()
    assert decision.finding_id == finding.pk
    assert (decision.label, decision.verdict, finding.state) == (
        "Keputusan 1/2022", "closed", "closed",
    )  # fmt: skip
    assert PlanVersion.objects.count() == versions + 1
    dates = {p.key: (p.start, p.end) for p in Program.objects.all()}
    assert dates == DATES

    item = ActionItem.objects.get()
    assert (item.decision, item.agency.code, item.due) == (decision, ROADS, date(2022, 3, 31))
    settings.TODAY, settings.BASE = date(2022, 3, 24), site
    for _again in range(2):
        daily.run_due()
    (letter,) = [m for m in mail.outbox if m.to == ["pu@x.invalid"]]
    assert f"{site}/tindak-lanjut/{item.pk}/" in letter.body

    stranger = play("perkim")
    stranger.goto(f"{site}/tindak-lanjut/{item.pk}/")
    assert stranger.locator("#bukti").count() == 0
    planner = play("pu", viewport={"width": 390, "height": 844})
    assert "tidak ada data" in kept_of(planner, site)
    assert axe(planner) == []
    planner.goto(f"{site}/tindak-lanjut/")
    planner.click("text=Pipa lebih dahulu, lalu jalan.")
    assert axe(planner) == []
    planner.set_input_files("#bukti", [PDF])
    planner.click("text=Unggah")
    planner.fill("#words", "Jadwal kedua paket sudah diubah.")
    planner.click("button:has-text('Selesai')")
    planner.wait_for_load_state()
    item.refresh_from_db()
    assert (item.state, item.evidence.get().name) == ("done", "berita acara.pdf")

    # the clock of the machine is not that of the story
    ActionItem.objects.update(done_at=datetime(2022, 3, 24, 10, tzinfo=ZoneInfo("Asia/Makassar")))
    settings.TODAY = date(2022, 4, 2)  # the term has ended, the quarter too
    daily.run_due()
    assert "1 dari 1" in kept_of(planner, site)

    rows = works()
    rows[0]["volume"] = "1.300 m"
    fill(rows)
    behind = Finding.objects.filter(rule="mismatch.decision", closed_run=None)
    assert {f.lines.get().program.key for f in behind} == {ROAD, PIPE}
    assert Program.objects.get(key=PIPE).start == DATES[PIPE][0]
    boss.goto(f"{site}/keputusan/{decision.pk}/")
    assert boss.locator("h2:has-text('Keputusan belum masuk dokumen')").is_visible()
    told_to_the_public(play, site, decision)
