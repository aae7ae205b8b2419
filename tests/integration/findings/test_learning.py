"""Answers teach the engine: what is heard, what it changes, corrections, exchange, forgetting."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill, line

from rakorsus.engine.learning.model import default, from_dict, from_json
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Role
from rakorsus.stages.findings import actions, rulebook, teaching
from rakorsus.stages.findings.models import Finding, FindingAgency, Learnt, Taken, Verdict, WordRule

URL = "/temuan/pelajaran/"
Answer, Cause = FindingAgency.Answer, Verdict.Cause


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _jobs_run(monkeypatch):
    """What a test's own transaction would hold back is delivered at once."""
    monkeypatch.setattr(
        "django.db.transaction.on_commit", lambda act, using=None, robust=False: act()
    )


@pytest.fixture
def bappeda(city, person):
    return person("bappeda", Role.COORDINATOR)


@pytest.fixture
def both(roads, housing):
    """Both sides say the same of a finding."""

    def say(finding: Finding, given: str, cause: str = "") -> None:
        for user, code in ((roads, ROADS), (housing, HOUSING)):
            office = Agency.objects.get(code=code)
            actions.answer(actors.of_user(user, "page"), finding, office, given, cause=cause)

    return say


def _learn() -> Learnt | None:
    return actions.learn(actors.system("job"))


def test_without_answers_nothing_is_learnt_and_the_default_is_in_force(city) -> None:
    assert _learn() is None
    assert rulebook.rules().learnt is None
    assert rulebook.stamp()["learnt"] is None


def test_an_accepted_finding_teaches_its_words_and_is_the_example(found, both) -> None:
    both(found, Answer.ACCEPT)
    learnt = _learn()
    table = from_dict(learnt.model).table
    assert table.accepted == 1
    assert table.counts["drainase", "drainase"] == (1.0, 0.0)
    assert found.pk in learnt.examples["drainase drainase"]
    assert rulebook.rules().learnt.verdicts == 1
    assert _learn() == learnt, "the same answers are learnt once"


def test_sides_that_differ_teach_nothing(found, roads, housing) -> None:
    for user, code, given in ((roads, ROADS, Answer.ACCEPT), (housing, HOUSING, Answer.REJECT)):
        actions.answer(
            actors.of_user(user, "page"), found, Agency.objects.get(code=code), given,
            cause=Cause.NORMAL if given == Answer.REJECT else "",
        )  # fmt: skip
    assert teaching.verdicts() == []


@pytest.mark.parametrize(
    ("cause", "heard", "words"),
    [
        (Cause.NORMAL, 1, True),
        (Cause.OTHER_OBJECT, 1, True),
        (Cause.OTHER_PLACE, 1, False),
        (Cause.OTHER_TIME, 1, False),
        (Cause.WRONG_DATA, 0, False),
        (Cause.DONE, 0, False),
    ],
)
def test_a_cause_decides_what_a_refusal_teaches(found, both, cause, heard, words) -> None:
    both(found, Answer.REJECT, cause)
    said = teaching.verdicts()
    assert len(said) == heard
    if heard:
        assert (said[0].accepted, said[0].words) == (False, words)
        table = from_dict(_learn().model).table
        assert bool(table) == words


def test_only_the_newest_answer_of_a_side_is_heard(found, both) -> None:
    both(found, Answer.REJECT, Cause.NORMAL)
    both(found, Answer.ACCEPT)
    assert [v.accepted for v in teaching.verdicts()] == [True]


def test_a_settlement_and_a_desk_are_heard_without_answers(found, roads, housing, monkeypatch):
    monkeypatch.setattr(teaching, "_sources", [])
    assert teaching.verdicts() == []
    teaching.hear(lambda: [(found.pk, timezone.now())])
    assert [v.accepted for v in teaching.verdicts()] == [True]
    monkeypatch.setattr(teaching, "_sources", [])
    one, other = (Agency.objects.get(code=code) for code in (ROADS, HOUSING))
    made = actions.propose(actors.of_user(roads, "page"), found, one, "Digabung di satu paket.")
    actions.agree(actors.of_user(housing, "page"), made, other)
    assert [v.accepted for v in teaching.verdicts()] == [True]


def test_words_that_answers_made_one_find_what_no_rule_finds(db) -> None:
    """Many accepted pairs of two unlike words make the engine find the next pair of them."""
    place = "RW {:02d} Kel. Pampang Kec. Panakkukang"
    rows = []
    for n in range(1, 9):
        rows += [
            line(3000 + n, ROADS, f"Pengadaan Kandang Ternak Komunal RW {n:02d}", place.format(n)),
            line(4000 + n, HOUSING, f"Pembuatan Rumah Hewan Bersama RW {n:02d}", place.format(n)),
        ]  # fmt: skip
    fill([*duplicates(1), *rows])
    system = actors.system("cli")
    actions.analyse_register(system)
    pair = {"paket_penyedia:3008", "paket_penyedia:4008"}

    def named() -> list[Finding]:
        return [
            f for f in Finding.objects.filter(kind="overlap", closed_run=None)
            if pair <= {p.key for p in f.programs.all()}
        ]  # fmt: skip

    before = [f.rule for f in named()]
    for left, right in (("kandang", "rumah"), ("ternak", "hewan"), ("komunal", "bersama")):
        actions.set_word(system, left, right, "same")
    actions.analyse_register(system)
    assert "overlap.learnt" not in before
    after = named()
    assert [f.rule for f in after] == ["overlap.learnt"]
    assert "kandang" in after[0].reasons_id
    for rule in WordRule.objects.all():
        actions.set_word(system, rule.left, rule.right, "forget")
    actions.analyse_register(system)
    assert named() == []


def test_a_correction_outweighs_answers_and_can_be_taken_back(found, both, bappeda) -> None:
    both(found, Answer.ACCEPT)
    _learn()
    client = _client(bappeda)
    sent = {"left": "drainase", "right": "drainase"}
    client.post(f"{URL}kata/", {**sent, "says": "other"})
    assert rulebook.rules().learnt.table.odds("drainase", "drainase") < -1
    assert "lain (dikoreksi)" in client.get(f"{URL}?jenis=bersama").content.decode()
    client.post(f"{URL}kata/", {**sent, "says": "forget"})
    assert rulebook.rules().learnt.table.odds("drainase", "drainase") == 0
    client.post(f"{URL}kata/", {**sent, "says": "learn"})
    assert rulebook.rules().learnt.table.counts["drainase", "drainase"] == (1.0, 0.0)


def test_a_word_is_one_word_of_content(bappeda) -> None:
    actor = actors.of_user(bappeda, "page")
    for bad in ("", "dua kata", "123", "dan"):
        with pytest.raises(ValidationError):
            actions.set_word(actor, bad, "drainase", "same")
    with pytest.raises(ValidationError):
        actions.set_word(actor, "sumur", "bor", "maybe")
    assert actions.set_word(actor, "Selokan", "Sumur", "other").left == "drainase"


def test_what_leaves_names_no_program_agency_or_place_and_nothing_rare(found, both, bappeda):
    both(found, Answer.ACCEPT)
    client = _client(bappeda)
    _learn()
    alone = client.get(f"{URL}unduh/")
    assert from_json(alone.content).table.counts == {}, "one verdict may speak of a name"
    fill(duplicates(3))
    actions.analyse_register(actors.system("cli"))
    for finding in Finding.objects.filter(kind="duplicate", closed_run=None):
        both(finding, Answer.ACCEPT)
    _learn()
    text = client.get(f"{URL}unduh/").content.decode().lower()
    assert "drainase" in text
    for name in ("pampang", "panakkukang", "paket_penyedia", "1.03.0", "dinas", "pu", "perkim"):
        assert f'"{name}' not in text


def test_a_file_of_another_government_is_used_until_it_is_returned(found, both, bappeda) -> None:
    both(found, Answer.ACCEPT)
    other = default().with_table(default().table.with_verdicts(
        [(frozenset({"sumur"}), frozenset({"bor"}), True)] * 5))  # fmt: skip
    client = _client(bappeda)
    file = SimpleUploadedFile("a.json", other.to_json().encode(), "application/json")
    client.post(f"{URL}ambil/", {"name": "Kabupaten Lain (contoh)", "file": file})
    model = rulebook.rules().learnt
    assert model.table.counts["bor", "sumur"] == (5.0, 0.0)
    assert model.table.accepted == 6
    own = from_json(client.get(f"{URL}unduh/").content)
    assert ("bor", "sumur") not in own.table.counts, "what was taken over is not passed on"
    client.post(f"{URL}ambil/{Taken.objects.get().pk}/kembalikan/")
    assert ("bor", "sumur") not in rulebook.rules().learnt.table.counts


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"\xff\xfe", b'{"format": "rakorsus-learning/1"}',
        b'{"format": "other"}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_strange_file_is_refused_in_words(bappeda, content) -> None:
    with pytest.raises(ValidationError, match="bukan hasil belajar"):
        actions.take(actors.of_user(bappeda, "page"), "X", content)
    assert not Taken.objects.exists()


def test_the_same_file_is_taken_once(bappeda) -> None:
    actor = actors.of_user(bappeda, "page")
    actions.take(actor, "A", default().to_json().encode())
    with pytest.raises(ValidationError, match="sudah dipakai"):
        actions.take(actor, "B", default().to_json().encode())


def test_forgetting_keeps_the_answers_and_learns_from_new_ones(found, both, bappeda) -> None:
    both(found, Answer.ACCEPT)
    _learn()
    client = _client(bappeda)
    client.post(f"{URL}lupakan/")
    assert rulebook.rules().learnt.verdicts == 1, "the box was not ticked"
    client.post(f"{URL}lupakan/", {"yakin": "1"})
    assert rulebook.rules().learnt.verdicts == 0
    assert Verdict.objects.count() == 2
    both(found, Answer.REJECT, Cause.NORMAL)
    assert [v.accepted for v in teaching.verdicts()] == [False]


def test_everybody_inside_reads_and_the_coordinator_alone_changes(bappeda, roads, person) -> None:
    planner, guest = _client(roads), _client(person("tamu", Role.GUEST, ROADS))
    assert planner.get(URL).status_code == 200
    assert "Tambahkan padanan" not in planner.get(URL).content.decode()
    assert guest.get(URL).status_code == 403
    assert Client().get(URL).status_code == 302
    for path in ("kata/", "ambil/", "lupakan/"):
        sent = {"left": "sumur", "right": "bor", "says": "same", "yakin": "1", "name": "X",
                "file": SimpleUploadedFile("a.json", default().to_json().encode())}  # fmt: skip
        assert planner.post(f"{URL}{path}", sent).status_code == 403, path
    assert planner.get(f"{URL}unduh/").status_code == 403
    assert not WordRule.objects.exists()
    assert not Taken.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.forget(actors.of_user(roads, "page"))


def test_the_page_asks_as_much_for_many_words_as_for_few(found, both, bappeda) -> None:
    both(found, Answer.ACCEPT)
    learnt = _learn()
    client = _client(bappeda)
    client.get(URL)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    few = asked()
    model = learnt.model
    model["pairs"] += [[f"aa{chr(97 + n)}", f"bb{chr(97 + n)}", 3.0, 0.0] for n in range(25)]
    learnt.examples |= {f"aa{chr(97 + n)} bb{chr(97 + n)}": [found.pk] for n in range(25)}
    learnt.save()
    assert "aab – bbb" in client.get(URL).content.decode()
    assert asked() == few


def test_the_log_says_who_changed_what(found, both, bappeda) -> None:
    from rakorsus.audit.models import Event

    both(found, Answer.ACCEPT)
    _client(bappeda).post(f"{URL}kata/", {"left": "sumur", "right": "bor", "says": "same"})
    seen = dict(Event.objects.filter(action__in=["findings.word", "findings.learn"])
                .values_list("action", "changes"))  # fmt: skip
    assert seen["findings.word"] == {"words": ["bor", "sumur"], "says": "same"}
    assert json.dumps(seen["findings.learn"])
