"""Doors beside the matrix: ids that are guessed, rights that were lent, keys of the API, acts."""

from __future__ import annotations

import logging
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.integration.meeting.conftest import at
from tests.integration.trust.addresses import Address, addresses
from tests.integration.trust.bodies import AS_JSON, QUESTIONS, body
from tests.integration.trust.city import HEALTH, HOUSING, ROADS, City, page
from tests.integration.trust.matrix import Answer, Visitor

from rakorsus.hall.actions.performing import COMMANDS
from rakorsus.people import actions as people
from rakorsus.people import apikeys
from rakorsus.people.models import ApiKey, Delegation, User
from rakorsus.stages.findings.models import Finding, FindingAgency
from rakorsus.stages.followup import actions as followup
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.publication import actions as publication

pytestmark = pytest.mark.django_db
#: What a reader may open anyway: there, an id that is refused is no secret.
SHOWN = {
    "guest": ("rapat/", "balai/"),
    "other": (
        "rapat/", "balai/", "temuan/", "keputusan/", "tindak-lanjut/", "impor/pemetaan/",
        "api/v1/findings/", "api/v1/decisions/", "api/v1/action-items/", "api/v1/warnings/",
    ),
}  # fmt: skip
#: Which steps an address has beside the one in the matrix.
STEPS = {
    "rapat/keputusan/<int:pk>/<slug:what>": ("buka-suara", "tutup-suara", "putuskan", "tolak"),
    "temuan/usulan/<int:pk>/<slug:what>": ("setuju", "tolak"),
    "temuan/aturan/coba/<int:pk>/<slug:what>": ("simpan",),
}
#: Arguments that name a record below another one.
_OF_A_RECORD = ("int:pk", "int:trial", "int:item", "int:file", "int:session", "int:number",
                "str:key")  # fmt: skip
NOT_IN = frozenset({"refused", "missing"})


@pytest.fixture(autouse=True)
def _quiet():
    """What is refused here on purpose is not told in the output."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    cache.clear()
    yield
    logging.disable(before)


def strange(fill: dict[str, Any]) -> dict[str, Any]:
    """The same with ids that no record has; words stay."""
    ids = {k: 10**6 for k, v in fill.items() if isinstance(v, int)}
    return fill | ids | {k: uuid.uuid4() for k, v in fill.items() if isinstance(v, uuid.UUID)}


@pytest.mark.parametrize("name", ["guest", "other"])
def test_an_id_that_is_not_ones_own_answers_like_one_that_does_not_exist(city, name):
    reader, told, asked = Visitor(city, name), [], 0
    nobodys = {a.route: a for a in addresses(strange(city.fill))}
    for real in addresses(city.fill):
        other = nobodys[real.route]
        if other.path == real.path or real.route.startswith(SHOWN[name]):
            continue
        for method in ("GET", "POST"):
            there = reader.ask(method, real)
            if there.word in NOT_IN:
                asked += 1
                if reader.ask(method, other).word != there.word:
                    told.append((method, real.route, there.word))
    assert told == []
    assert asked > 30


def test_what_a_reader_may_open_anyway_is_open(city):
    """The exceptions of the test above are none for records that the reader does not see."""
    by_route = {a.route: a for a in addresses(city.fill)}
    for name, beginnings in SHOWN.items():
        for beginning in beginnings:
            route = f"{beginning}<int:pk>" + ("" if beginning.startswith("api/") else "/")
            if route in by_route:  # a single warning has no address of the API
                assert Visitor(city, name).ask("GET", by_route[route]).word == "seen", route


def test_a_record_opens_below_its_own_only(city):
    """Addresses of two ids: the second one below a record that it does not belong to."""
    coordinator, secretary = page(city.users["coordinator"]), page(city.users["secretariat"])
    fill = city.fill
    meeting = meetings.create_meeting(
        coordinator, "Lain", usual=False, type="rakorsus", title="Rapat lain", starts=at(8),
        ends=at(22), place="Makassar",
    )  # fmt: skip
    row = {"group": "rectors", "rank": 400, "post": "Rektor", "institution": "Universitas"}
    meetings.add_participants(secretary, meeting, [row])
    token = token_of(meeting.participants.get())
    item = followup.note(coordinator, "Kirim data.", city.agencies[HEALTH], "Kabid",
                         date(2022, 3, 31))  # fmt: skip
    agreement = publication.save_agreement(
        secretary, None, kind="mou", scheme="ksdpk", title="Kerja sama lain", scope="Data",
        starts=date(2022, 3, 15), ends=date(2023, 3, 14),
    )  # fmt: skip
    below = {
        "rapat/<int:pk>": meeting.pk, "balai/<int:pk>": meeting.pk, "rapat/u/<str:token>": token,
        "tindak-lanjut/<int:pk>": item.pk, "kerja-sama/<slug:slug>": agreement.slug,
    }  # fmt: skip
    asked = set()
    for real in addresses(fill | below):
        upto = next((k for k in below if real.route.startswith(k)), None)
        rest = real.route[len(upto) :] if upto else ""
        if any(f"<{name}>" in rest for name in _OF_A_RECORD):
            asked.add(real.route)
            for name in ("coordinator", "secretariat", "administrator"):
                for method in ("GET", "POST"):
                    answer = Visitor(city, name).ask(method, real)
                    assert answer.word in {*NOT_IN, "method"}, (name, method, real.route)
    assert len(asked) >= 10


def test_a_forged_form_is_refused_at_every_address(city):
    """Signed in, but without the token of forgery: as another site would send it."""
    forged = Visitor(city, "coordinator", enforce_csrf_checks=True)
    taken = [(a.route, answer.word) for a in addresses(city.fill)
             if (answer := forged.ask("POST", a)).word != "refused" or answer.wrote]  # fmt: skip
    assert taken == []


def test_no_step_of_an_address_lets_a_stranger_in(city):
    for upto, steps in STEPS.items():
        for step in steps:
            for real in addresses(city.fill | {upto: step}):
                if real.route.startswith(upto):
                    sent = {"agency": city.agencies[ROADS].pk, "version": 1, "text": "Lain."}
                    for name in ("guest", "other"):
                        answer = Visitor(city, name).post(real.path, sent)
                        assert answer.word in NOT_IN, (real.path, name)
                        assert answer.wrote <= {"audit_event", "audit_chainhead"}


#: Acts in the reader's own name: a hand, a seat at an open table, "we work there too".
OWN_ACTS = {"guest": {"raise_hand"}, "other": {"raise_hand", "sit", "ask_sync"}}


@pytest.mark.parametrize("name", OWN_ACTS)
@pytest.mark.parametrize("act", sorted(COMMANDS))
def test_acts_of_the_hall_ask_as_the_pages_do(city, act, name):
    """Whatever an act is about, a stranger acts in the own name only."""
    fill = city.fill
    data = {
        "item": fill["balai/<int:pk>/meja/<int:item>"], "request": fill["rapat/bicara/<int:pk>"],
        "resolution": fill["rapat/keputusan/<int:pk>"], "kind": "waive", "text": "Dibiarkan.",
        "mandate": city.users["leader"].memberships.get().pk, "choice": "yes", "page": 1,
        "program": fill["balai/meja-kota/program/<int:program>"],
        "participant": fill["rapat/peserta/<int:pk>"], "agency": city.agencies[ROADS].pk,
    }  # fmt: skip
    told = {"key": str(uuid.uuid4()), "name": act, "data": data, "view": "3d"}
    path = f"/balai/{fill['balai/<int:pk>']}/tindakan/"
    answer = Visitor(city, name).post(path, told, as_json=True)
    if act in OWN_ACTS[name]:
        assert answer.word == "done"
    else:
        assert answer.word in {*NOT_IN, "unfit"}
        assert set(answer.logged) <= {"meeting.refused"}
        assert answer.wrote <= {"audit_event", "audit_chainhead"}


def lent(city: City) -> tuple[User, Delegation]:
    """The first agency's planner lends the role to another agency's, who is signed in."""
    own, other = city.users["own"], city.users["other"]
    now = timezone.now()
    made = people.delegate(page(own), own.memberships.get(), other, now - timedelta(hours=1),
                           now + timedelta(hours=1), "K/1/2022")  # fmt: skip
    return other, made


def end(given: Delegation) -> None:
    """Its date passes."""
    now = timezone.now()
    Delegation.objects.filter(pk=given.pk).update(
        begins=now - timedelta(days=2), ends=now - timedelta(seconds=1)
    )


def test_lent_rights_end_with_their_day_on_every_surface(city):
    other, given = lent(city)
    reader = Visitor(city, "other")
    secret = key_of(city, other, apikeys.SCOPES)
    real = {a.route: a for a in addresses(city.fill)}
    doors = [real["temuan/<int:pk>/jawab/"], real["program/<key>/ubah/"],
             real["tindak-lanjut/<int:pk>/bukti/"], real["api/v1/findings/<int:pk>/answers"],
             real["api/v1/action-items/<int:pk>/comments"]]  # fmt: skip
    assert [reader.ask("POST", door).word for door in doors] == ["done"] * len(doors)
    assert ask_with(secret, city, "POST", doors[3]).word == "done"
    end(given)
    assert [reader.ask("POST", door).word for door in doors] == ["refused"] * len(doors)
    assert ask_with(secret, city, "POST", doors[3]).word == "refused"


def test_lent_rights_end_at_once_when_they_are_taken_back_or_the_lender_leaves(city):
    _other, given = lent(city)
    reader = Visitor(city, "other")
    door = {a.route: a for a in addresses(city.fill)}["temuan/<int:pk>/jawab/"]
    assert reader.ask("POST", door).word == "done"
    User.objects.filter(pk=city.users["own"].pk).update(is_active=False)
    assert reader.ask("POST", door).word == "refused"
    User.objects.filter(pk=city.users["own"].pk).update(is_active=True)
    people.end_delegation(page(city.users["own"]), given)
    assert reader.ask("POST", door).word == "refused"


def test_what_was_lent_is_not_lent_on(city):
    lent(city)
    sent = body(city, "pengaturan/kuasa/") | {"deputy": city.users["guest"].pk}
    answer = Visitor(city, "other").post("/pengaturan/kuasa/", sent)
    assert "people_delegation" not in answer.wrote


def key_of(city: City, owner: User, scopes: Any, quota: int = 6000) -> str:
    admin = page(city.users["administrator"])
    return apikeys.give(
        admin, owner=owner, client="Portal", scopes=list(scopes), quota=quota,
        expires=timezone.localdate() + timedelta(days=9),
    ).secret  # fmt: skip


def ask_with(secret: str, city: City, method: str, address: Address) -> Answer:
    """A request with nothing but the key."""
    reader = Visitor(city, "", headers={"authorization": f"Bearer {secret}"})
    return reader.ask(method, address)


def operations(city: City) -> list[Address]:
    return [
        a for a in addresses(city.fill) if a.route.startswith("api/v1/") and a.route != "api/v1/"
    ]


def test_a_key_with_every_scope_may_what_its_owner_may(city):
    for name in ("guest", "own", "leader"):
        secret, owner = key_of(city, city.users[name], apikeys.SCOPES), Visitor(city, name)
        for address in operations(city):
            for method in ("GET", "POST"):
                mine = owner.ask(method, address).word
                if mine != "method":
                    assert ask_with(secret, city, method, address).word == mine, (name, address)


@pytest.mark.parametrize("scope", apikeys.SCOPES)
def test_a_key_opens_its_scope_only(city, scope):
    area, what = scope.split(":")
    secret, let = key_of(city, city.users["coordinator"], [scope]), 0
    for address in operations(city):
        for method in ("GET", "POST"):
            within = address.route.split("/")[2] in apikeys.ADDRESSES[area] and (
                method == "GET"
            ) is (what == "read")
            word = ask_with(secret, city, method, address).word
            if within:
                let += word in {"seen", "open", "done"}
            else:
                assert word == "refused", (address.route, method)
    assert let or what == "write"


def test_a_key_opens_no_page(city):
    secret = key_of(city, city.users["administrator"], apikeys.SCOPES)
    for path in ("/pengaturan/orang/", "/impor/", "/audit/", "/temuan/"):
        answer = Client(headers={"authorization": f"Bearer {secret}"}).get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/akun/login/")


def test_beyond_its_quota_a_key_is_asked_to_wait(city, monkeypatch):
    from rakorsus.people import gate

    monkeypatch.setattr(gate.time, "time", lambda: 1_650_000_030.0)  # one minute for all of it
    secret = key_of(city, city.users["coordinator"], ["findings:read"], quota=3)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    answers = [client.get("/api/v1/findings").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    ApiKey.objects.update(revoked=timezone.now())
    assert client.get("/api/v1/findings").status_code == 401


def test_the_city_has_something_to_guess(city):
    """The proof rests on a finding between the first agency and a partner, not the reader's."""
    found = Finding.objects.get(pk=city.fill["temuan/<int:pk>"])
    sides = set(FindingAgency.objects.filter(finding=found).values_list("agency__code", flat=True))
    assert sides == {ROADS, HOUSING}
    assert QUESTIONS
    assert AS_JSON
