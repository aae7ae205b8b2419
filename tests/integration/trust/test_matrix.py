"""The matrix of rights: every address of the product, by reading and by writing, for everybody.

`matrix.csv` is the record that a person has reviewed. What the record must not say, whatever was
recorded, stands below it.
"""

from __future__ import annotations

import pytest
from tests.integration.trust import connections
from tests.integration.trust.addresses import routes
from tests.integration.trust.city import KEPT
from tests.integration.trust.matrix import ANONYMOUS, Row, compute, recorded, table

from rakorsus.hall.actions.performing import COMMANDS
from rakorsus.stages.meeting.live import topics

pytestmark = pytest.mark.django_db

HOW = "look at it, then record it: python -m tests.integration.trust.record"
OUT = frozenset({"refused", "sign in", "missing", "method"})

#: All that the public reads: beginnings of addresses, and what is closed below them.
PUBLIC = (
    "akun/", "api/v1/agencies", "api/v1/openapi.json", "api/v1/programs", "api/v1/publication/",
    "api/v1/regions", "api/v1/versions", "periksa/", "program/", "public/", "publik/", "rapat/u/",
    "robots.txt", "sehat/", "siap/", "sitemap.xml", "tindak-lanjut/kalender/<",
)  # fmt: skip
CLOSED = (
    "akun/2fa/totp", "akun/2fa/recovery", "akun/password/change", "program/<key>/ubah/",
    "program/ikuti/", "program/sumber/", "program/tampilan/", "program/templat.xlsx",
    "publik/redaksi/",
)  # fmt: skip
#: A signed address stands for whom it was sent to, also without an account.
BY_TOKEN = ("rapat/u/", "rapat/masuk/")
#: What the public may send, none of which changes a record: a sign-in, a language, a copy to check.
SENT = ("", "bahasa/", "akun/", "periksa/<str:key>/", "api/v1/openapi.json")

#: Writing addresses that are open to any planner, whoever's record is shown, and what it is there.
ANYBODYS = {
    "": "the front page reads only",
    "api/v1/openapi.json": "reads only",
    "bahasa/": "the reader's own language",
    "balai/<int:pk>/karcis/": "a ticket in the reader's own name",
    "balai/<int:pk>/meja-kota/coba/": "a draft of the reader's own; another's is unfit",
    "balai/<int:pk>/tindakan/": "acts ask one by one: test_acts_of_the_hall_ask_as_the_pages_do",
    "balai/meja-kota/program/<int:program>/": "a draft changes no program",
    "impor/": "rows of others are set aside: tests/integration/intake/test_loading.py",
    "api/v1/imports": "as /impor/",
    "pengaturan/": "reads only",
    "pengaturan/kuasa/": "the form offers own roles only",
    "pengaturan/profil/": "the reader's own profile",
    "periksa/<str:key>/": "compares a copy, keeps nothing",
    "program/ikuti/": "the reader's own list",
    "program/ikuti/dilihat/": "the reader's own list",
    "program/ikuti/ubah/": "the reader's own list",
    "program/tampilan/": "a view of the reader's own",
    "rapat/<int:pk>/bicara/": "a hand raised in the reader's own name",
    "rapat/acara/<int:pk>/tanya/": "a question in the reader's own name",
    "rapat/u/<str:token>/": "by the invitation's token",
    "rapat/u/<str:token>/nilai/<int:session>/": "by the invitation's token",
    "temuan/analisis/": "reads only",
    "temuan/jawab/": "findings of others are refused one by one",
    "temuan/pertanyaan/anda/": "questions of others are refused one by one",
    "tindak-lanjut/kalender/": "the reader's own calendar",
}
#: Of these, where something of the reader's own is made.
OWN_RECORDS = frozenset({
    "api/v1/imports", "balai/meja-kota/program/<int:program>/", "impor/", "program/ikuti/dilihat/",
    "program/ikuti/ubah/", "program/tampilan/", "rapat/<int:pk>/bicara/",
    "rapat/acara/<int:pk>/tanya/", "rapat/u/<str:token>/",
    "rapat/u/<str:token>/nilai/<int:session>/", "tindak-lanjut/kalender/",
})  # fmt: skip


@pytest.fixture(scope="module")
def matrix(city) -> list[Row]:
    return compute(city)


@pytest.fixture(scope="module")
def held_open(city) -> list[Row]:
    return connections.compute(city)


@pytest.fixture(scope="module")
def written(matrix) -> list[Row]:
    return [row for row in matrix if row.method == "POST"]


def test_the_matrix_is_as_recorded(matrix, held_open):
    now = {row[:2]: row for row in table([*matrix, *held_open])}
    then = {row[:2]: row for row in recorded()}
    new = [" ".join(key) for key in sorted(now.keys() - then.keys())]
    gone = [" ".join(key) for key in sorted(then.keys() - now.keys())]
    other = [f"{' '.join(key)}: {then[key][2:]} is now {now[key][2:]}"
             for key in sorted(now.keys() & then.keys()) if now[key] != then[key]]  # fmt: skip
    assert (new, gone, other) == ([], [], []), HOW
    assert recorded() == sorted(recorded())


def test_no_address_is_left_out(matrix):
    assert {row.address.route for row in matrix} == {route for route, _view in routes()}
    assert len(matrix) > 500


def test_no_address_fails_inside(matrix):
    failed = [(row.address.route, row.method, who) for row in matrix
              for who, answer in row.answers.items() if answer.word == "FAILED"]  # fmt: skip
    assert failed == []


def test_the_public_reads_what_is_public_and_nothing_else(matrix):
    seen = {r.address.route for r in matrix if r.method == "GET" and _let(r, ANONYMOUS)}
    open_ = {r for r in seen if r == "" or r.startswith((*PUBLIC, *BY_TOKEN))}
    assert seen - open_ == set()
    assert {r for r in seen if r.startswith(CLOSED)} == set()
    assert {p for p in PUBLIC if not any(r.startswith(p) for r in seen)} == set()


def test_the_public_changes_nothing_but_by_a_token(written):
    sent = {r.address.route for r in written if _let(r, ANONYMOUS)}
    assert {r for r in sent if r not in SENT and not r.startswith(("akun/", *BY_TOKEN))} == set()
    done = {r.address.route for r in written if r.answers[ANONYMOUS].word == "done"}
    assert {r for r in done if not r.startswith(BY_TOKEN)} == set()


def test_what_is_refused_leaves_nothing_but_its_refusal(matrix):
    left = [
        (row.address.route, row.method, who, answer.wrote, answer.logged)
        for row in matrix
        for who, answer in row.answers.items()
        if answer.word in OUT
        and (answer.wrote - {"audit_event", "audit_chainhead"}
             or set(answer.logged) - {"meeting.refused"})
    ]  # fmt: skip
    assert left == []


def test_reading_changes_nothing(matrix):
    changed = {row.address.route for row in matrix if row.method == "GET"
               for answer in row.answers.values() if answer.wrote}  # fmt: skip
    feeds = {r for r in changed if r.startswith("tindak-lanjut/kalender/<")}  # the day it was used
    assert changed == feeds


def test_what_is_kept_from_a_reader_stands_in_nothing_that_opens(matrix):
    told = [(row.address.route, row.method, who, words)
            for row in matrix for words, never in KEPT.items() for who in never
            if words in row.answers[who].told
            and not row.address.route.startswith("tindak-lanjut/kalender/<")]  # fmt: skip
    assert told == []
    for words in KEPT:  # it is there to be kept
        assert any(words in a.told for row in matrix for a in row.answers.values()), words


def test_another_agencys_planner_writes_nothing_of_the_first(written):
    let = {r.address.route for r in written if _let(r, "other")}
    assert {r for r in let if not r.startswith("akun/")} == set(ANYBODYS)
    done = {r.address.route for r in written if r.answers["other"].word == "done"}
    assert {r for r in done if not r.startswith("akun/")} == set(OWN_RECORDS)


def test_a_guest_writes_only_of_its_own(written):
    let = {r.address.route for r in written if _let(r, "guest")}
    assert {r for r in let if not r.startswith("akun/")} <= set(ANYBODYS)


def _let(row: Row, who: str) -> bool:
    return row.answers[who].word not in OUT


#: Acts over the socket that are anybody's: in the own name, or with the own agency.
OWN_ACTS = frozenset({"raise_hand", "sit", "stand", "ask_sync"})


def test_nobody_who_has_not_signed_in_holds_anything_open(held_open):
    assert {row.answers[ANONYMOUS].word for row in held_open} == {"sign in"}
    assert not [row.cells() for row in held_open if "FAILED" in row.cells()]


def test_every_topic_and_every_act_is_in_the_matrix(held_open):
    names = {row.address.route.rpartition(" ")[2] for row in held_open}
    assert names == set(topics.kinds()) | set(COMMANDS)
    for row in held_open:  # each is somebody's
        assert {"seen", "done", "unfit"} & set(row.cells()), row.cells()


def test_what_is_run_and_who_comes_is_followed_by_those_who_run_it(held_open):
    seen = {row.address.route.rpartition(" ")[2]: {w for w, a in row.answers.items()
            if a.word == "seen"} for row in held_open if row.method == "stream"}  # fmt: skip
    assert not {"guest", "own", "other", "leader"} & (seen["run"] | seen["door"])
    assert not {"guest"} & seen["screen"]
    assert not {"guest"} & (seen["item"] | seen["note"])  # a desk of other agencies


def test_over_the_socket_nobody_acts_for_others(held_open):
    acts = {row.address.route.rpartition(" ")[2]: row.answers
            for row in held_open if row.method == "socket"}  # fmt: skip
    for who in ("guest", "other"):
        done = {name for name, answers in acts.items() if answers[who].word == "done"}
        assert done <= OWN_ACTS, who
    assert {w for w, a in acts["vote"].items() if a.word == "done"} == {"leader"}
    for name, answers in acts.items():
        left = [w for w, a in answers.items() if a.word == "refused"
                and a.wrote - {"audit_event", "audit_chainhead"}]  # fmt: skip
        assert left == [], name
