"""Answers, talk and settlement: who may, what is refused, what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from tests.integration.findings.conftest import HOUSING, ROADS

from rakorsus.audit.models import Event
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Role
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Comment, Finding, Settlement, Verdict
from rakorsus.stages.register.models import PlanVersion, Program


def _office(code: str) -> Agency:
    return Agency.objects.get(code=code)


def _page(user):
    return actors.of_user(user, "page")


def test_both_sides_answer(found: Finding, roads, housing) -> None:
    actions.answer(_page(roads), found, _office(ROADS), "accept")
    found.refresh_from_db()
    assert found.state == "answered"
    actions.answer(_page(housing), found, _office(HOUSING), "reject", cause="other_place")
    found.refresh_from_db()
    assert found.state == "disputed"
    actions.answer(_page(housing), found, _office(HOUSING), "accept")
    found.refresh_from_db()
    assert found.state == "accepted"
    assert Verdict.objects.count() == 3
    assert Event.objects.filter(action="findings.answer").count() == 3


@pytest.mark.parametrize(
    ("given", "cause", "reason"),
    [("reject", "", ""), ("reject", "other", " "), ("need_data", "", ""), ("waiting", "", "x")],
)
def test_an_answer_without_what_it_needs_is_refused(found, roads, given, cause, reason) -> None:
    with pytest.raises(ValidationError):
        actions.answer(_page(roads), found, _office(ROADS), given, cause=cause, reason=reason)
    assert not Verdict.objects.exists()


def test_nobody_answers_for_another_agency(found, roads, health, person) -> None:
    for user in (roads, health, person("b", Role.COORDINATOR), person("w", Role.LEADER)):
        with pytest.raises(PermissionDenied):
            actions.answer(_page(user), found, _office(HOUSING), "accept")
    assert not Verdict.objects.exists()


def test_bulk_answers_say_what_was_refused(found, roads, health) -> None:
    chosen = Finding.objects.prefetch_related("sides__agency")
    assert actions.answer_many(_page(roads), chosen.filter(pk=found.pk), "accept") == (1, [])
    done, refused = actions.answer_many(_page(health), chosen.filter(pk=found.pk), "accept")
    assert done == 0
    assert len(refused) == 1


def test_talk_is_for_the_sides_and_the_coordinator(found, roads, health, person) -> None:
    note = actions.comment(_page(roads), found, "Volume akan disatukan.")
    actions.comment(_page(person("b", Role.COORDINATOR)), found, "Baik.")
    with pytest.raises(PermissionDenied):
        actions.comment(_page(health), found, "Kami juga.")
    actions.change_comment(_page(roads), note, "Volume disatukan.")
    with pytest.raises(PermissionDenied):
        actions.change_comment(_page(health), note, "x")
    Comment.objects.filter(pk=note.pk).update(at=timezone.now() - timedelta(minutes=16))
    note.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.change_comment(_page(roads), note, "terlambat")
    assert Comment.objects.get(pk=note.pk).text == "Volume disatukan."


def test_a_settlement_changes_the_register_when_all_agree(found, roads, housing) -> None:
    key = "paket_penyedia:2001"
    changes = [{"key": key, "field": "start", "after": "2022-08-15"},
               {"key": key, "field": "end", "after": "2022-10-15"}]  # fmt: skip
    made = actions.propose(
        _page(roads), found, _office(ROADS), "Perkim bergeser ke Agustus.", changes=changes
    )
    assert [c["before"] for c in made.changes] == ["2022-05-02", "2022-07-30"]
    versions = PlanVersion.objects.count()
    with pytest.raises(ValidationError):
        actions.propose(_page(housing), found, _office(HOUSING), "Usulan kedua")
    actions.agree(_page(housing), made, _office(HOUSING))
    found.refresh_from_db()
    made.refresh_from_db()
    line = Program.objects.get(key=key)
    assert made.state == Settlement.State.AGREED
    assert found.state == "settled"
    assert line.start.isoformat() == "2022-08-15"
    assert line.end.isoformat() == "2022-10-15"
    assert PlanVersion.objects.count() == versions + 1
    actions.withdraw(_page(roads), made)
    found.refresh_from_db()
    assert found.state == "open"


def test_a_declined_proposal_changes_nothing(found, roads, housing) -> None:
    made = actions.propose(_page(roads), found, _office(ROADS), "Gabung.")
    with pytest.raises(PermissionDenied):
        actions.agree(_page(roads), made, _office(HOUSING))
    actions.decline(_page(housing), made, _office(HOUSING))
    with pytest.raises(ValidationError):
        actions.agree(_page(housing), made, _office(HOUSING))
    found.refresh_from_db()
    assert found.state == "open"
    assert Settlement.objects.get().state == Settlement.State.DECLINED


def test_a_line_that_is_not_of_the_finding_cannot_be_changed(found, roads) -> None:
    changes = [{"key": "paket_penyedia:9", "field": "start", "after": "2022-08-15"}]
    with pytest.raises(ValidationError):
        actions.propose(_page(roads), found, _office(ROADS), "x", changes=changes)
    assert not Settlement.objects.exists()
