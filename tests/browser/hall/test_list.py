"""The hall in list mode without scripts, on a phone; with scripts it is played in `test_hall`."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.browser.meeting.test_meeting import play, site  # noqa: F401 (fixtures)

from rakorsus.hall.models import Act
from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome, Session

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
    planner.check("[name=kind][value=merge]")
    planner.fill("[name=text]", "Satu paket oleh Dinas PU.")
    planner.click("button:has-text('Tutup meja dengan hasil ini')")
    assert "tenggat" in planner.inner_text("#hasil [role=alert] >> nth=0").lower()
    planner.check("[name=kind][value=waive]")
    planner.fill("[name=text]", "Ruasnya berbeda.")
    planner.click("button:has-text('Tutup meja dengan hasil ini')")
    assert Outcome.objects.get().kind == "waive"
    names = list(Act.objects.values_list("name", flat=True))
    assert names[-4:] == ["raise_hand", "grant", "lower_hand", "settle"]
