"""The hall in list mode, played by three windows: hand by keyboard alone, floor, vote, table,
minutes; once more without scripts; every page clean for axe."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page
from tests.browser.meeting.test_meeting import play, site  # noqa: F401 (fixtures)

from rakorsus.hall.models import Act
from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome, Session
from rakorsus.stages.register.models import Program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITA = ZoneInfo("Asia/Makassar")


def at(hour: int) -> datetime:
    return datetime(2022, 3, 15, hour, tzinfo=WITA)


@pytest.fixture
def meeting(site) -> Meeting:  # noqa: F811
    """A published meeting with one table and one decision for the plenary."""
    by = actors.of_user(User.objects.get(username="bappeda"), "page")
    made = actions.create_meeting(
        by, "Rakorsus", usual=False, type="rakorsus", title="Rakorsus 2022", starts=at(8),
        ends=at(22), place="Makassar",
    )  # fmt: skip
    desks = actions.save_session(
        by, made, None, kind=Session.Kind.DESKS, title="Meja", starts=at(13), ends=at(15)
    )
    actions.add_cases(by, desks, Finding.objects.prefetch_related("sides__agency")[:1], 30)
    AgendaItem.objects.filter(session=desks).update(start=at(13), table=1)
    actions.publish(by, made)
    actions.start(by, made, "running")
    actions.resolve(by, made, {"title": "Perkara uji", "text": "Setuju atau tidak"})
    return made


def reach(page: Page, words: str) -> None:
    """Tab until the button with these words has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"{words} cannot be reached by Tab")


def test_the_whole_path_by_three(play, site, meeting, axe):  # noqa: F811
    stage = f"{site}/balai/{meeting.pk}/"
    planner, chair, mayor = play("pu"), play("sekretariat"), play("walikota")
    for page in (planner, chair, mayor):
        page.goto(stage)
    reach(planner, "Angkat tangan")
    planner.keyboard.press("Enter")
    planner.wait_for_selector("text=Anda masuk antrean bicara.")
    chair.wait_for_selector("#bicara >> text=pu")  # follows by itself
    chair.click("#bicara button:has-text('Persilakan')")
    chair.wait_for_selector("text=Dipersilakan bicara.")
    planner.wait_for_selector("#bicara >> text=Selesai berbicara")
    reach(planner, "Selesai berbicara")
    planner.keyboard.press("Enter")
    planner.wait_for_selector("text=Tangan diturunkan.")
    mayor.click("button:has-text('Buka pemungutan suara')")
    mayor.click(".vote button:has-text('Setuju') >> nth=0")
    mayor.wait_for_selector("text=Suara Anda dicatat.")
    mayor.click("button:has-text('Tutup pemungutan suara')")
    mayor.wait_for_selector(".vote >> text=Diputuskan")
    desk = AgendaItem.objects.get(session__meeting=meeting)
    planner.goto(f"{stage}meja/{desk.pk}/")
    planner.click("button:has-text('Duduk di meja ini')")
    planner.check("[name=kind][value=merge]")
    planner.fill("[name=text]", "Satu paket oleh Dinas PU.")
    planner.click("button:has-text('Tutup meja dengan hasil ini')")
    assert "tenggat" in planner.inner_text("#hasil [role=alert] >> nth=0").lower()
    planner.select_option("[name=owner]", index=1)
    planner.fill("[name=owner_post]", "Kepala Bidang Drainase")
    planner.fill("[name=due]", "2022-06-01")
    planner.click("button:has-text('Tutup meja dengan hasil ini')")
    planner.wait_for_selector("text=Hasil meja disimpan.")
    assert Outcome.objects.get().text == "Satu paket oleh Dinas PU."
    chair.goto(f"{site}/rapat/{meeting.pk}/notula/")
    assert "Satu paket oleh Dinas PU." in chair.inner_text("main")
    numbers = list(Act.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    line = Program.objects.first()
    for address in (
        "/balai/", "/balai/meja-kota/", f"/balai/meja-kota/program/{line.pk}/",
        f"/balai/gerai/{line.agency_id}/", f"/balai/{meeting.pk}/", f"/balai/{meeting.pk}/meja/",
        f"/balai/{meeting.pk}/meja/{desk.pk}/", f"/balai/{meeting.pk}/rekaman/",
        f"/balai/{meeting.pk}/tonton/", f"/balai/{meeting.pk}/perbandingan/",
    ):  # fmt: skip
        mayor.goto(site + address)
        assert axe(mayor) == [], address


def test_the_same_path_without_scripts_on_a_phone(play, site, meeting):  # noqa: F811
    stage = f"{site}/balai/{meeting.pk}/"
    phone = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
    planner, chair = play("pu", **phone), play("sekretariat", **phone)
    planner.goto(stage)
    planner.click("button:has-text('Angkat tangan')")
    chair.goto(stage)
    chair.click("#bicara button:has-text('Persilakan')")
    planner.goto(stage)
    planner.click("button:has-text('Selesai berbicara')")
    desk = AgendaItem.objects.get(session__meeting=meeting)
    planner.goto(f"{stage}meja/{desk.pk}/")
    planner.check("[name=kind][value=waive]")
    planner.fill("[name=text]", "Ruasnya berbeda.")
    planner.click("button:has-text('Tutup meja dengan hasil ini')")
    assert Outcome.objects.get().kind == "waive"
    names = list(Act.objects.values_list("name", flat=True))
    assert names[-4:] == ["raise_hand", "grant", "lower_hand", "settle"]
