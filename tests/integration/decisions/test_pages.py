"""The pages of decisions: from a desk's outcome to a decision in force, and who sees what."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.integration.decisions.conftest import DRAIN, LANE, merging, page
from tests.integration.decisions.helper import taken

from rakorsus.people.models import Role
from rakorsus.stages.decisions import actions
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.register.models import Program


def test_from_the_desk_to_a_decision_in_force(client, outcome, coordinator, found):
    client.force_login(coordinator)
    desk = client.get(f"/rapat/acara/{outcome.item_id}/").content.decode()
    assert f"/keputusan/baru/?meja={outcome.item_id}" in desk
    address = f"/keputusan/baru/?meja={outcome.item_id}"
    shown = client.get(address)
    form = shown.context["form"]
    assert form.kind == "merge"
    assert shown.context["form"].initial["owner_post"] == "Kepala Dinas PU"
    sent = {
        "title": "Drainase Pampang", "text": outcome.text, "owner": outcome.owner_id,
        "owner_post": outcome.owner_post, "due": "2022-03-31", "keep": DRAIN, "others": [LANE],
    }  # fmt: skip
    answer = client.post(address, sent)
    draft = Decision.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/keputusan/{draft.pk}/")
    assert draft.preview["verdict"] == "closes"
    assert draft.preview["caused"] == []
    shown = client.get(answer.url).content.decode()
    assert "Temuannya akan tertutup." in shown
    assert "tetap, sampai rupiah terakhir" in shown
    assert Program.objects.get(key=LANE).status == "planned"
    client.post(f"{answer.url}ambil/", {"version": draft.version})
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("taken", 1)
    assert Program.objects.get(key=LANE).status == "cancelled"


@pytest.mark.parametrize(
    ("kind", "more", "changed"),
    [
        ("cancel", {"others": [LANE]}, {(LANE, "status")}),
        ("retime", {"start0": "2022-08-01", "end0": "2022-10-29", "start1": "2022-05-02",
                    "end1": "2022-07-30"}, {(DRAIN, "start"), (DRAIN, "end")}),
        ("move_money", {"source": LANE, "target": DRAIN, "amount": "1 juta"},
         {(LANE, "budget"), (DRAIN, "budget")}),
        ("lead", {"keep": DRAIN, "others": [LANE], "post": "Kepala Bidang SDA"},
         {(DRAIN, "owner"), (DRAIN, "tags"), (LANE, "tags")}),
        ("split", {"title0": "Drainase sisi utara", "places0": "RW 01 Kel. Pampang", "volume0": "",
                   "budget0": "187.450.000", "title1": "Drainase sisi selatan", "volume1": "90 m",
                   "places1": "RW 01 Kel. Pampang\nRW 02 Kel. Pampang", "budget1": "181.000.000"},
         {(DRAIN, "title"), (DRAIN, "places"), (LANE, "title"), (LANE, "places"),
          (LANE, "volume")}),
    ],
)  # fmt: skip
def test_each_kind_changes_what_its_form_says(client, found, leader, kind, more, changed):
    client.force_login(leader)
    address = f"/keputusan/baru/?temuan={found.pk}&jenis={kind}"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"title": "a", "text": "b", **more})
    assert answer.status_code == 302, answer.context["form"].errors
    draft = Decision.objects.get()
    assert set(draft.changes.values_list("key", "field")) == changed
    assert client.get(answer.url).status_code == 200
    assert client.get(f"{answer.url}susun/").status_code == 200


def test_a_new_program_and_its_undoing(client, leader, coordinator, city, found):
    client.force_login(leader)
    agency = Program.objects.get(key=DRAIN).agency
    answer = client.post("/keputusan/baru/?jenis=new", {
        "title": "Posyandu", "text": "Tambah.", "agency": agency.pk, "name": "Posyandu Pampang",
        "budget": "75 juta", "start": "2022-06-01", "end": "2022-08-31", "places": "", "output": "",
    })  # fmt: skip
    draft = Decision.objects.get()
    client.post(f"{answer.url}ambil/", {"version": draft.version})
    line = Program.objects.get(source="other")
    assert (line.budget, line.removed) == (75_000_000, False)
    answer = client.post(f"{answer.url}urungkan/", {"reason": "Tidak jadi"})
    undo = Decision.objects.get(replaces=draft)
    client.post(f"{answer.url}ambil/", {"version": undo.version})
    line.refresh_from_db()
    draft.refresh_from_db()
    assert (line.status, draft.state) == ("cancelled", "replaced")


def test_wrong_forms_say_why(client, found, leader):
    client.force_login(leader)
    address = f"/keputusan/baru/?temuan={found.pk}&jenis=move_money"
    wrong = {"title": "a", "text": "b", "source": LANE, "target": DRAIN, "amount": "900 miliar"}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert "melebihi pagu" in answer.content.decode()
    split = {f"{n}{i}": "x" for n in ("title", "places", "volume") for i in (0, 1)}
    split |= {"title": "a", "text": "b", "budget0": "1", "budget1": "1"}
    answer = client.post(f"/keputusan/baru/?temuan={found.pk}&jenis=split", split)
    assert "selisihnya Rp-368449998" in answer.content.decode()
    assert not Decision.objects.exists()


def addresses(decision, found):
    one = f"/keputusan/{decision.pk}/"
    return {
        "GET": ["/keputusan/", one, f"{one}susun/", f"/keputusan/baru/?temuan={found.pk}"],
        "POST": [f"{one}{verb}/" for verb in ("kata-mesin", "ambil", "lepas", "urungkan")],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["roads", "health", None])
def test_planners_read_and_change_nothing(request, client, drafted, found, name):
    """Every address, for a side, for a stranger and for the public."""
    if name:
        client.force_login(request.getfixturevalue(name))
    for verb, paths in addresses(drafted, found).items():
        for path in paths:
            answer = getattr(client, verb.lower())(path, {"version": drafted.version})
            reads = path in ("/keputusan/", f"/keputusan/{drafted.pk}/")
            expected = 302 if name is None else 200 if reads else 403
            assert answer.status_code == expected, path
            assert name or "/akun/" in answer.url
    drafted.refresh_from_db()
    assert (drafted.state, drafted.preview) == ("draft", {})


def test_guests_see_what_touches_their_agency(client, person, drafted, coordinator):
    from tests.integration.decisions.conftest import HEALTH, HOUSING

    mine, other = person("tamu", Role.GUEST, HOUSING), person("lain", Role.GUEST, HEALTH)
    client.force_login(mine)
    assert client.get(f"/keputusan/{drafted.pk}/").status_code == 404  # a draft yet
    taken(page(coordinator), drafted)
    assert client.get(f"/keputusan/{drafted.pk}/").status_code == 200
    client.force_login(other)
    assert client.get(f"/keputusan/{drafted.pk}/").status_code == 404
    assert client.get("/keputusan/").context["page"].paginator.count == 0


def test_the_list_asks_as_often_for_three_as_for_one(client, lines, outcome, found, leader):
    client.force_login(leader)
    seen = []
    for count in (1, 3):
        while Decision.objects.count() < count:
            actions.draft(page(leader), merging(lines, outcome=outcome, finding=found))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/keputusan/?jenis=merge&q=pampang").status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]
    assert Finding.objects.get(pk=found.pk).alive
