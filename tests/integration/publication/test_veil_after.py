"""A side that may not know the other line learns that there is a finding, on no surface what it is:
findings, why-not, desks, decisions, follow-up, warnings, the hall."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from django.test import Client
from django.urls import reverse
from tests.integration.publication.conftest import DRAIN, HOUSING, LANE, ROADS, page

from rakorsus.hall.actions import drafts, places
from rakorsus.hall.models import Draft
from rakorsus.hall.queries.drafts import effect
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings import queries
from rakorsus.stages.findings.models import Finding, FindingAgency
from rakorsus.stages.followup.models import ActionItem, EarlyWarning
from rakorsus.stages.meeting.models import AgendaItem
from rakorsus.stages.register.models import Program

WORDS = "Lorong RW 01"  # of the hidden line's name only
MONEY = 7_654_321_000


@pytest.fixture
def hidden(city, found) -> Program:
    Agency.objects.filter(code=HOUSING).update(kind="outside")
    words = f"{found.reasons_id} {WORDS}"
    Finding.objects.filter(pk=found.pk).update(place="Pampang", money=MONEY, reasons_id=words)
    line = Program.objects.get(key=LANE)
    assert WORDS in line.title
    return line


@pytest.fixture
def guest(hidden) -> User:
    """Of a side of the finding."""
    user = User.objects.create_user("tamu", "tamu@x.invalid", "s", display_name="tamu")
    Membership.objects.create(user=user, role=Role.GUEST, agency=Agency.objects.get(code=ROADS))
    return user


@pytest.fixture
def utility(hidden) -> User:
    """Plans for another outside body, made a side."""
    other = Agency.objects.create(code="L.10", name="Perusahaan lain", kind="outside")
    user = User.objects.create_user("utilitas", "u@x.invalid", "s", display_name="utilitas")
    Membership.objects.create(user=user, role=Role.PLANNER, agency=other)
    for found in Finding.objects.all():
        FindingAgency.objects.create(finding=found, agency=other)
    return user


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    return answer.content.decode()


def pages_of(found: Finding) -> list[str]:
    lists = [
        reverse("findings:inbox") + "?keadaan=semua", reverse("findings:inbox") + "?urut=nilai",
        reverse("findings:matrix") + "?keadaan=semua", reverse("findings:export", args=["csv"]),
        reverse("findings:export", args=["json"]), "/",
        "/api/v1/findings?state=semua",
    ]  # fmt: skip
    return [*lists, found.get_absolute_url(), f"/api/v1/findings/{found.pk}"]


@pytest.mark.parametrize("who", ["guest", "utility"])
def test_findings_tell_that_they_are_not_what_they_are(client, request, hidden, found, who):
    client.force_login(request.getfixturevalue(who))
    for address in pages_of(found):
        text = body(client, address)
        assert WORDS not in text, address
        assert LANE not in text, address
        assert str(MONEY) not in text, address
        assert "7,7 miliar" not in text, address
    shown = body(client, found.get_absolute_url())
    assert "dengan pekerjaan yang rinciannya dikecualikan di Pampang" in shown
    told = client.get(f"/api/v1/findings/{found.pk}").json()
    assert told["place"] == "Pampang"
    assert told["evidence"] == {}
    assert told["options"] == []
    assert told["money"] == 0
    assert [p["key"] for p in told["programs"]] == [DRAIN]


def test_the_government_reads_everything(client, hidden, found, roads, coordinator):
    for user in (roads, coordinator):
        client.force_login(user)
        assert WORDS in body(client, found.get_absolute_url())
        assert WORDS in body(client, f"/api/v1/findings/{found.pk}")


def test_no_filter_finds_it_by_what_it_is(client, hidden, found, guest):
    client.force_login(guest)
    for asked in ("q=lorong", f"dari={MONEY}", f"sampai={MONEY}", f"aturan={found.rule}"):
        text = body(client, f"{reverse('findings:inbox')}?keadaan=semua&{asked}")
        assert found.get_absolute_url() not in text, asked
    assert found.get_absolute_url() in body(client, reverse("findings:inbox") + "?keadaan=semua")


def test_why_not_does_not_show_the_line(client, hidden, guest):
    client.force_login(guest)
    address = reverse("findings:why")
    assert WORDS not in body(client, f"{address}?cari_kiri=lorong")
    assert WORDS not in body(client, f"{address}?kiri={DRAIN}&kanan={LANE}")
    assert client.get(f"/api/v1/findings/why?left={DRAIN}&right={LANE}").status_code == 404


def test_what_was_answered_is_not_told_to_a_guest(client, hidden, found, guest, housing):
    from rakorsus.stages.findings import actions

    actions.answer(page(housing), found, hidden.agency, "reject", cause="data",
                   reason=f"{WORDS} sudah dibatalkan")  # fmt: skip
    client.force_login(guest)
    assert WORDS not in body(client, found.get_absolute_url())


def test_a_veiled_finding_is_never_saved(hidden, found, guest):
    seen = queries.visible(page(guest)).get(pk=found.pk)
    with pytest.raises(ValueError, match="veiled"):
        seen.save()
    seen.save(update_fields=["state"])
    assert WORDS in Finding.objects.get(pk=found.pk).reasons_id


def test_the_desk_and_the_hall(client, hidden, found, guest, desk, meeting):
    client.force_login(guest)
    AgendaItem.objects.filter(pk=desk.pk).update(title=queries.announced([found])[found.pk])
    for address in (
        reverse("meeting:item", args=[desk.pk]), reverse("hall:table", args=[meeting.pk, desk.pk]),
        reverse("hall:tables", args=[meeting.pk]), reverse("hall:city"),
        reverse("hall:booth", args=[hidden.agency_id]), reverse("hall:scene", args=[meeting.pk]),
        reverse("hall:stage", args=[meeting.pk]), reverse("hall:state", args=[meeting.pk]),
        reverse("meeting:meeting", args=[meeting.pk]),
    ):  # fmt: skip
        assert WORDS not in body(client, address), address
    assert client.get(reverse("meeting:screen", args=[meeting.pk])).status_code == 403


def test_a_draft_of_the_city_table(hidden, found, guest, coordinator, meeting):
    """What a draft would change is told as the finding would be; nobody asks for a hidden line."""

    def said(mark: str) -> dict[str, object]:
        return {
            "fingerprint": mark, "kind": "clash", "severity": "high", "money": MONEY,
            "reasons": {"id": WORDS, "en": WORDS}, "programs": [], "keys": [LANE, DRAIN],
        }  # fmt: skip

    line = Program.objects.get(key=DRAIN)
    result = {"before": [said(found.fingerprint)], "after": [said("baru")],
              "gone": [found.fingerprint], "new": ["baru"]}  # fmt: skip
    for user in (guest, coordinator):
        draft = Draft.objects.create(program=line, by=user, state=Draft.State.DONE, result=result)
        told = str(effect(page(user), draft))
        assert (WORDS in told) is (str(MONEY) in told) is (user is coordinator)
        with pytest.raises(ValidationError, match="temuan baru"):
            drafts.adopt(page(coordinator), draft, "alasan")
    with pytest.raises(ValidationError, match="tidak ada lagi"):
        places.ask(page(guest), meeting, {"program": hidden.pk, "text": "kami juga"})


def test_a_case_stands_on_the_agenda_without_what_it_is(hidden, found, coordinator, desk):
    from rakorsus.stages.meeting import actions

    session = desk.session
    AgendaItem.objects.filter(finding=found).delete()
    actions.add_cases(page(coordinator), session, [found], 20)
    title = AgendaItem.objects.get(finding=found).title
    assert title == "Duplikasi dengan pekerjaan yang rinciannya dikecualikan di Pampang"


def test_decisions(client, hidden, found, guest, decided):
    Decision.objects.filter(pk=decided.pk).update(text=f"Gabungkan {WORDS}.", title=WORDS)
    client.force_login(guest)
    addresses = [
        decided.get_absolute_url(), reverse("decisions:index"), f"/api/v1/decisions/{decided.pk}",
        "/api/v1/decisions", found.get_absolute_url(), f"/program/{DRAIN}/",
    ]  # fmt: skip
    for address in addresses:
        assert WORDS not in body(client, address), address
        assert LANE not in body(client, address), address
    assert "rinciannya dikecualikan" in body(client, decided.get_absolute_url())
    narrowed = body(client, reverse("decisions:index") + "?q=Lorong")
    assert decided.get_absolute_url() not in narrowed


def test_follow_up_and_warnings(client, hidden, guest, utility, secretary):
    roads = Agency.objects.get(code=ROADS)
    made = ActionItem.objects.create(
        text="Serahkan jadwal", agency=roads, post="Kepala Dinas", due=date(2022, 6, 1),
        noted_by=secretary,
    )  # fmt: skip
    made.programs.set([hidden, Program.objects.get(key=DRAIN)])
    client.force_login(guest)
    assert WORDS not in body(client, made.get_absolute_url())
    warning = EarlyWarning.objects.create(
        rule=EarlyWarning.Rule.values[0], key=LANE, agency=hidden.agency, program=hidden,
        first=date(2022, 3, 1), seen=date(2022, 3, 2), by=date(2022, 4, 1), money=1,
        words_id=WORDS, words_en=WORDS,
        keys=[LANE], basis={},
    )  # fmt: skip
    client.force_login(utility)
    assert WORDS not in body(client, reverse("watching:warnings") + "?keadaan=semua")
    assert client.get(reverse("watching:warning", args=[warning.pk])).status_code == 404
    assert WORDS not in body(client, "/api/v1/warnings?state=semua")
    assert client.get(made.get_absolute_url()).status_code == 404


def test_lists_cost_the_same_whatever_is_hidden(client, hidden, found, guest):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(guest)
    address = reverse("findings:inbox") + "?keadaan=semua"
    body(client, address)
    with CaptureQueriesContext(connection) as one:
        body(client, address)
    for n in range(3):
        Finding.objects.filter(pk=found.pk).update(score=F("score") + n)
        copy = Finding.objects.get(pk=found.pk)
        copy.pk, copy.fingerprint = None, f"salinan-{n}"
        copy.save()
        for side in found.sides.all():
            FindingAgency.objects.create(finding=copy, agency=side.agency)
        for line in found.lines.all():
            copy.lines.create(program=line.program, position=line.position)
    with CaptureQueriesContext(connection) as more:
        body(client, address)
    assert len(more) == len(one)
