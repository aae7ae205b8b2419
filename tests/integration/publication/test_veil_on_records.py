"""A hidden line where it stands beside something else: as a parent, among the records of a report
card, as the line of a question, behind a comment or a proposal."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

from datetime import date

import pytest
from tests.integration.publication.conftest import DRAIN, LANE, ROADS, page
from tests.integration.publication.test_veil_after import (  # noqa: F401 (fixtures)
    WORDS,
    body,
    guest,
    hidden,
    utility,
)

from rakorsus.engine.reportcard import Figure
from rakorsus.people.models import Agency, User
from rakorsus.stages.findings.models import Comment, Finding, FindingAgency, Settlement
from rakorsus.stages.followup.card_words import records
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.register.models import Program

GONE = "paket_penyedia:9999"


@pytest.fixture
def below(hidden) -> Program:
    """A line that everybody may see, under one that not everybody may."""
    Program.objects.filter(key=DRAIN).update(parent=hidden, parent_key=LANE)
    return Program.objects.get(key=DRAIN)


def test_a_parent_is_not_named_to_who_may_not_see_it(client, below, guest, roads) -> None:
    addresses = [below.get_absolute_url(), f"/api/v1/programs/{DRAIN}", "/api/v1/programs"]
    for user, sees in ((None, False), (guest, False), (roads, True)):
        client.logout()
        if user:
            client.force_login(user)
        for address in addresses:
            assert (LANE in body(client, address)) is sees, (user, address)
        assert (WORDS in body(client, addresses[0])) is sees
        told = client.get(addresses[1]).json()["parent"]
        assert told == (LANE if sees else "")


@pytest.mark.parametrize("measure", ["tenders", "spending", "quality"])
def test_records_of_a_card_do_not_name_it(hidden, guest, utility, roads, measure) -> None:
    figure = Figure(measure, records=(DRAIN, LANE), hits=(DRAIN,), part=1, whole=2)
    for user, sees in ((guest, False), (utility, False), (roads, True)):
        shown = records(page(user), figure, figure.records)
        assert len(shown) == 2  # the figure can be counted after
        told = " ".join(f"{r.key} {r.title} {r.url}" for r in shown)
        assert (WORDS in told) is (LANE in told) is sees, user
        assert DRAIN in told


def test_records_of_items_and_findings_do_not_name_what_is_not_the_reader_s(
    hidden,
    found,
    guest,
    utility,
    secretary,
) -> None:
    roads = Agency.objects.get(code=ROADS)
    item = ActionItem.objects.create(text=f"Serahkan {WORDS}", agency=roads, post="Kepala",
                                     due=date(2022, 6, 1), noted_by=secretary)  # fmt: skip
    kept = Figure("kept", records=(str(item.pk),), part=0, whole=1)
    assert WORDS in records(page(secretary), kept, kept.records)[0].title
    assert WORDS not in records(page(utility), kept, kept.records)[0].title
    answered = Figure("answered", records=(found.fingerprint,), part=0, whole=1)
    for user in (guest, utility):
        assert WORDS not in records(page(user), answered, answered.records)[0].title
    FindingAgency.objects.filter(agency__code="L.10").delete()
    assert records(page(utility), answered, answered.records)[0].url == ""


def test_a_question_about_it_is_one_about_nothing(
    client,
    hidden,
    found,
    utility,
    roads,
) -> None:
    def asked(user: User, key: str) -> tuple[int, bytes]:
        client.force_login(user)
        said = {"finding": found.pk, "key": key, "put_off": "later"}
        answer = client.post("/api/v1/findings/questions", said, content_type="application/json")
        return answer.status_code, answer.content

    assert asked(utility, LANE) == asked(utility, GONE)
    assert asked(utility, LANE)[0] == 404
    assert asked(roads, LANE)[0] == 403  # there, and not one's own
    assert asked(roads, DRAIN)[0] == 422  # one's own, and nobody asks


@pytest.mark.parametrize("who", ["guest", "utility"])
def test_words_are_not_changed_behind_a_finding_that_one_does_not_see(
    client, request, hidden, found, who
) -> None:
    """Whoever once took part and no longer does neither changes the words nor learns of it."""
    finding, side = Finding.objects.get(pk=found.pk), Agency.objects.get(code=ROADS)
    user = request.getfixturevalue(who)
    note = Comment.objects.create(finding=finding, by=user, text="Dahulu")
    proposal = Settlement.objects.create(
        finding=finding, by=user, by_name="x", text="Usul", agency=side, changes=[]
    )
    FindingAgency.objects.filter(finding=finding, agency__memberships__user=user).delete()
    client.force_login(user)
    seen = [client.post(f"/temuan/tanggapan/{pk}/", {"text": "Lain"}) for pk in (note.pk, 9999)]
    assert [a.status_code for a in seen] == [404, 404]
    seen = [client.post(f"/temuan/usulan/{pk}/tarik/") for pk in (proposal.pk, 9999)]
    assert [a.status_code for a in seen] == [404, 404]
    note.refresh_from_db()
    proposal.refresh_from_db()
    assert (note.text, proposal.state) == ("Dahulu", Settlement.State.PROPOSED)
