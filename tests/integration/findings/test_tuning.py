"""Trying rules before saving them: the effect, rights, and that a trial touches no finding."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.integration.findings.conftest import duplicates, fill

from rakorsus.people import actor as actors
from rakorsus.people.models import Role
from rakorsus.stages.findings import actions, rulebook
from rakorsus.stages.findings.actions import trial as trials
from rakorsus.stages.findings.models import Finding, RuleSettings, Run, Trial

URL = "/temuan/aturan/"


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def bappeda(city, person):
    return person("bappeda", Role.COORDINATOR)


def _sent(**changes) -> dict[str, object]:
    return {**rulebook.values(), **changes}


def test_the_effect_is_shown_before_anything_is_saved(bappeda, found) -> None:
    before = list(Finding.objects.values())
    client = _client(bappeda)
    page = client.post(URL, _sent(disabled=["duplicate.place"], **{"try": ""}), follow=True)
    text = page.content.decode()
    assert "Yang hilang (1)" in text
    assert f'href="/temuan/{found.pk}/"' in text
    assert "Pekerjaan yang sama di tempat yang sama: <del>aktif</del> <ins>dimatikan</ins>" in text
    assert list(Finding.objects.values()) == before
    assert not RuleSettings.objects.exists()
    assert Run.objects.count() == 1


def test_the_trial_says_what_the_run_then_does(bappeda, found) -> None:
    actor = actors.of_user(bappeda, "page")
    trial = actions.try_rules(actor, _sent(disabled=["duplicate.place"]))
    told = trial.result["totals"]["disappear"]
    actions.keep(actor, trial)
    run = actions.analyse_register(actors.system("cli"))
    assert run.closed == told == 1
    assert not Trial.objects.exists()


def test_saving_puts_the_rules_in_force_and_discarding_does_not(bappeda) -> None:
    client = _client(bappeda)
    client.post(URL, _sent(opportunity_days=90, **{"try": ""}))
    trial = Trial.objects.get()
    client.post(f"{URL}coba/{trial.pk}/buang/")
    assert rulebook.values()["opportunity_days"] == 60
    client.post(URL, _sent(moratorium_concrete=7, **{"try": ""}))
    client.post(f"{URL}coba/{Trial.objects.get().pk}/simpan/")
    assert rulebook.rules().moratorium_years["concrete"] == 7
    assert RuleSettings.objects.count() == 1


def test_a_number_outside_its_limits_is_refused(bappeda) -> None:
    page = _client(bappeda).post(URL, _sent(clash_distance_m=9999, **{"try": ""}))
    assert 'role="alert"' in page.content.decode()
    with pytest.raises(ValidationError):
        actions.try_rules(actors.of_user(bappeda, "page"), {"clash_distance_m": 9999})
    assert not Trial.objects.exists()


def test_htmx_gets_the_panel_alone(bappeda) -> None:
    page = _client(bappeda).post(URL, _sent(), headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<section class="card" id="dampak"')
    assert "Sama dengan aturan yang berlaku." in page


def test_htmx_is_told_what_is_wrong_in_the_panel(bappeda) -> None:
    sent = _sent(clash_distance_m=9999)
    page = _client(bappeda).post(URL, sent, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<section class="card" id="dampak"')
    assert "Jarak bentrok (meter):" in page
    assert not Trial.objects.exists()


def test_a_large_register_is_tried_as_a_job_with_progress(
    bappeda, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(trials, "INLINE", 1)
    client = _client(bappeda)
    with django_capture_on_commit_callbacks() as waiting:
        client.post(URL, _sent(disabled=["duplicate.place"]))
    trial = Trial.objects.get()
    assert trial.state == Trial.State.RUNNING
    page = client.get(URL, {"coba": trial.pk}).content.decode()
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page  # without scripts
    for callback in waiting:
        callback()
    page = client.get(f"{URL}coba/{trial.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Yang hilang (1)" in page


def test_only_coordinators_try_and_only_their_own_trials_are_shown(bappeda, roads, person) -> None:
    with pytest.raises(PermissionDenied):
        actions.try_rules(actors.of_user(roads, "page"), {})
    trial = actions.try_rules(actors.of_user(bappeda, "page"), _sent())
    assert _client(roads).post(URL, _sent()).status_code == 403
    assert _client(roads).get(f"{URL}coba/{trial.pk}/").status_code == 403
    other = _client(person("b2", Role.COORDINATOR))
    assert other.get(f"{URL}coba/{trial.pk}/").status_code == 404
    assert other.post(f"{URL}coba/{trial.pk}/simpan/").status_code == 404
    assert Client().get(URL).status_code == 302


def test_trials_of_an_hour_ago_go_with_the_next(bappeda) -> None:
    actor = actors.of_user(bappeda, "page")
    first = actions.try_rules(actor, _sent())
    Trial.objects.update(at=timezone.now() - timedelta(hours=2))
    actions.try_rules(actor, _sent(opportunity_days=30))
    assert not Trial.objects.filter(pk=first.pk).exists()
    assert json.dumps(Trial.objects.get().result)


def test_queries_do_not_grow_with_the_findings(bappeda) -> None:
    client = _client(bappeda)
    actor = actors.of_user(bappeda, "page")

    def count() -> int:
        trial = actions.try_rules(actor, _sent(disabled=["duplicate.place"]))
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, {"coba": trial.pk})
        return len(queries)

    count()
    before = count()
    fill(duplicates(4))
    actions.analyse_register(actors.system("cli"))
    assert count() == before
