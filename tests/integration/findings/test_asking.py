"""One question at a time: which comes first, who answers, what the answer changes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill, line

from rakorsus.audit.models import Event
from rakorsus.people import actor as actors
from rakorsus.people.models import Role
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding, Reply
from rakorsus.stages.findings.queries.asking import questions
from rakorsus.stages.register.models import Program, Region

URL = "/temuan/pertanyaan/anda/"
API, JSON = "/api/v1/findings/questions", "application/json"
BIG = {"budget": 900_000_000}


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _vague(count: int = 1):
    """Drains of the roads agency without a place; and one of housing."""
    return [
        *duplicates(3),
        *(
            line(5000 + n, ROADS, f"Pembangunan Drainase Tersebar {n}", "Kota Makassar",
                 budget=900_000_000 + n)
            for n in range(1, count + 1)
        ),
        line(6001, HOUSING, "Pembangunan Sumur Bor", "Kota Makassar", **BIG),
    ]  # fmt: skip


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """What is told after a commit happens at the end of the block, as it does outside of tests."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def asked(db, person):
    fill(_vague())
    actions.analyse_register(actors.system("cli"))
    return person("pu", Role.PLANNER, ROADS)


def _sent(**more) -> dict[str, object]:
    finding = Finding.objects.get(rule="unclear.place", sides__agency__code=ROADS)
    return {"finding": finding.pk, "key": "paket_penyedia:5001", "from": "list", **more}


def test_the_block_stands_on_the_own_list_with_the_form_for_a_place(asked, person) -> None:
    page = _client(asked).get("/temuan/").content.decode()
    assert "Satu pertanyaan untuk Anda" in page
    assert "Pembangunan Drainase Tersebar 1" in page
    assert "Sumur Bor" not in page.split("</section>")[0]
    assert '<optgroup label="Panakkukang">' in page
    assert "6 perbandingan menunggu jawaban ini." in page
    assert (
        "Satu pertanyaan"
        not in _client(person("b", Role.COORDINATOR)).get("/temuan/").content.decode()
    )


def test_an_answer_amends_the_line_and_makes_the_finding_at_once(asked, at_once) -> None:
    village = Region.objects.get(name="Pampang", code__startswith="73.71.").code
    sent = _sent(village=village, rw="02", street="")
    client = _client(asked)
    with at_once(execute=True):
        assert client.post(URL, sent).status_code == 302
    page = client.get("/temuan/").content.decode()
    assert "diperiksa ulang" in page
    assert "Satu pertanyaan untuk Anda" not in page
    changed = Program.objects.get(key="paket_penyedia:5001")
    assert changed.places == ["RW 02 Kel. Pampang Kec. Panakkukang"]
    assert changed.findings.filter(kind__in=["duplicate", "overlap"], state="open").exists()
    assert not questions(actors.of_user(asked, "page").agency_ids)
    assert Event.objects.filter(action="findings.reply", agency_code=ROADS).count() == 1
    assert Event.objects.filter(action="register.amend").count() == 1


def test_an_answer_that_says_too_little_is_asked_again_with_a_word(asked, at_once) -> None:
    sent = _sent(others="Tersebar di Kota Makassar")
    client = _client(asked)
    with at_once(execute=True):
        client.post(URL, sent)
    page = client.get("/temuan/").content.decode()
    assert "Jawaban sebelumnya belum cukup jelas" in page


def test_an_empty_answer_is_refused_on_the_same_page(asked) -> None:
    page = _client(asked).post(URL, _sent()).content.decode()
    assert "Pilih kelurahan atau tulis tempatnya." in page
    assert not Reply.objects.exists()


def test_the_one_with_the_most_money_and_comparisons_comes_first_then_the_next(db, person) -> None:
    fill(_vague(3))
    actions.analyse_register(actors.system("cli"))
    user = person("pu", Role.PLANNER, ROADS)
    own = actors.of_user(user, "page").agency_ids
    waiting = questions(own)
    assert [q.key for q in waiting] == [f"paket_penyedia:500{n}" for n in (3, 2, 1)]
    assert [q.weight for q in waiting] == sorted((q.weight for q in waiting), reverse=True)
    page = _client(user).post(URL, _sent(key="paket_penyedia:5003", put_off="later"), follow=True)
    assert "Tersebar 2" in page.content.decode()
    assert [q.key for q in questions(own)] == ["paket_penyedia:5002", "paket_penyedia:5001"]


def test_after_an_answer_the_rest_of_the_questions_stands(db, person, at_once) -> None:
    fill(_vague(3))
    actions.analyse_register(actors.system("cli"))
    user = person("pu", Role.PLANNER, ROADS)
    own = actors.of_user(user, "page").agency_ids
    sent = _sent(key="paket_penyedia:5003", others="RW 02 Kel. Pampang Kec. Panakkukang")
    with at_once(execute=True):
        _client(user).post(URL, sent)
    assert [q.key for q in questions(own)] == ["paket_penyedia:5002", "paket_penyedia:5001"]


def test_a_delay_is_recorded_and_ends(asked) -> None:
    own = actors.of_user(asked, "page").agency_ids
    _client(asked).post(URL, _sent(put_off="unknown"))
    said = Reply.objects.get()
    assert (said.kind, said.missing) == ("unknown", "place")
    assert timedelta(days=29) < said.until - timezone.now() < timedelta(days=31)
    assert questions(own) == []
    Reply.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert len(questions(own)) == 1


def test_only_the_own_planner_may_answer(asked, person) -> None:
    finding = Finding.objects.get(rule="unclear.place", sides__agency__code=ROADS)
    drain = Program.objects.get(key="paket_penyedia:5001")
    for user in (person("k", Role.COORDINATOR), person("h", Role.PLANNER, HOUSING)):
        actor = actors.of_user(user, "page")
        with pytest.raises(PermissionDenied):
            actions.reply(actor, finding, drain, {"places": ["RW 02 Kel. Pampang"]})
        with pytest.raises(PermissionDenied):
            actions.put_off(actor, finding, drain, "later")
        _client(user).post(URL, _sent(put_off="later"))
    assert Client().post(URL, _sent(put_off="later")).status_code == 302
    assert not Reply.objects.exists()


def test_what_was_not_asked_is_refused(asked) -> None:
    actor = actors.of_user(asked, "page")
    finding = Finding.objects.get(rule="unclear.place", sides__agency__code=ROADS)
    other = Program.objects.get(key="paket_penyedia:1001")
    with pytest.raises(ValidationError):
        actions.reply(actor, finding, other, {"places": ["x"]})
    with pytest.raises(ValidationError):
        actions.put_off(actor, finding, Program.objects.get(key="paket_penyedia:5001"), "answered")


def test_missing_dates_are_asked_and_the_whole_year_is_refused(db, person, at_once) -> None:
    year = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}
    spot = "RW 02 Kel. Pampang Kec. Panakkukang"
    fill([*duplicates(3), line(5001, ROADS, "Peningkatan Jalan RW 02", spot, **BIG, **year)])
    actions.analyse_register(actors.system("cli"))
    client = _client(person("pu", Role.PLANNER, ROADS))
    finding = Finding.objects.get(rule="unclear.dates")
    sent = {"finding": finding.pk, "key": "paket_penyedia:5001", "start": "2022-01-01"}
    assert "belum menjawab" in client.post(URL, {**sent, "end": "2022-12-30"}).content.decode()
    with at_once(execute=True):
        client.post(URL, {**sent, "start": "2022-06-01", "end": "2022-07-15"})
    changed = Program.objects.get(key="paket_penyedia:5001")
    assert (changed.start, changed.end) == (date(2022, 6, 1), date(2022, 7, 15))
    finding.refresh_from_db()
    assert finding.state == Finding.State.CLOSED


def test_the_api_asks_and_takes_the_same_answers(asked, person, at_once) -> None:
    client = _client(asked)
    (told,) = json.loads(client.get("/api/v1/findings/questions").content)
    assert (told["key"], told["missing"], told["decides"]) == ("paket_penyedia:5001", "place", 6)
    sent = {"finding": told["finding"], "key": told["key"]}
    wrong = {**sent, "changes": {"budget": 1}}
    assert client.post(API, wrong, content_type=JSON).status_code == 422
    good = {**sent, "changes": {"places": ["RW 02 Kel. Pampang Kec. Panakkukang"]}}
    other = _client(person("k", Role.COORDINATOR))
    assert other.post(API, good, content_type=JSON).status_code == 403
    with at_once(execute=True):
        assert client.post(API, good, content_type=JSON).status_code == 200
    assert json.loads(client.get("/api/v1/findings/questions").content) == []
    assert Client().get("/api/v1/findings/questions").status_code == 403


@pytest.mark.parametrize(
    "changes",
    [{"places": 5}, {"places": {"a": 1}}, {"places": [1, None]}, {"places": None}, {"start": "x"},
     {"places": "RW 02"}, {}],
)  # fmt: skip
def test_an_answer_of_the_wrong_form_is_refused_by_the_api(asked, changes) -> None:
    finding = Finding.objects.get(rule="unclear.place", sides__agency__code=ROADS)
    sent = {"finding": finding.pk, "key": "paket_penyedia:5001", "changes": changes}
    answer = _client(asked).post(API, sent, content_type=JSON)
    assert answer.status_code in (200, 422), answer.content
    assert Program.objects.get(key="paket_penyedia:5001").places != []


def test_what_was_put_off_is_seen_by_the_coordinator_in_a_constant_number_of_queries(
    db, person
) -> None:
    fill(_vague(3))
    actions.analyse_register(actors.system("cli"))
    actor = actors.of_user(person("pu", Role.PLANNER, ROADS), "page")
    client = _client(person("k", Role.COORDINATOR))
    counted = []
    for asked in questions(actor.agency_ids):
        actions.put_off(actor, asked.finding, asked.program, "unknown")
        with CaptureQueriesContext(connection) as found:
            page = client.get("/temuan/pertanyaan/").content.decode()
        counted.append(len(found))
    assert page.count("Tidak tahu") == 3
    guest = _client(person("g", Role.GUEST, HOUSING)).get("/temuan/pertanyaan/").content.decode()
    assert "Tidak tahu" not in guest
    assert len(set(counted)) == 1


def test_the_front_page_points_to_the_question(asked, person) -> None:
    assert "/temuan/pertanyaan/anda/" in _client(asked).get("/").content.decode()
    other = _client(person("k", Role.COORDINATOR)).get("/").content.decode()
    assert "/temuan/pertanyaan/anda/" not in other


def test_queries_of_the_list_do_not_grow_with_the_questions(asked) -> None:
    client = _client(asked)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/temuan/?keadaan=semua")
        return len(found)

    client.get("/temuan/?keadaan=semua")
    before = count()
    fill(_vague(6))
    actions.analyse_register(actors.system("cli"))
    assert count() == before
