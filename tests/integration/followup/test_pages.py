"""Pages of the follow-up: evidence, done, lists, and who may do what on every address."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.integration.followup.conftest import HEALTH, ROADS, page

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Role
from rakorsus.stages.followup import actions
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import Series

JOB = actors.system("job")
PDF = b"%PDF-1.7 berita acara"


@pytest.fixture
def item(outcome) -> ActionItem:
    made = actions.from_desk(JOB, outcome.item)
    assert made is not None
    return made


def pdf(name="berita acara.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def office(part, *more):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in (part, *more):
            archive.writestr(name, "x")
    return target.getvalue()


def test_done_with_evidence_through_the_pages(client, item, roads, coordinator):
    client.force_login(roads)
    one = f"/tindak-lanjut/{item.pk}/"
    assert client.get(one).status_code == 200
    client.post(f"{one}selesai/", {"version": 1, "words": "Sudah"})
    item.refresh_from_db()
    assert item.state == "open"  # no evidence yet
    client.post(f"{one}bukti/", {"file": pdf()})
    kept = item.evidence.get()
    assert (kept.name, kept.type, kept.size) == ("berita acara.pdf", "application/pdf", len(PDF))
    answer = client.get(f"{one}bukti/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    client.post(f"{one}selesai/", {"version": 1, "words": "Sudah digabung"})
    item.refresh_from_db()
    assert (item.state, item.done_by_name) == ("done", "pu")
    client.force_login(coordinator)
    client.post(f"{one}buka-lagi/", {"version": item.version, "reason": "Buktinya lain"})
    item.refresh_from_db()
    assert item.state == "open"
    changed = client.post(f"{one}ubah/", {
        "version": item.version, "text": item.text, "agency": item.agency_id, "post": "Sekretaris",
        "due": "2022-04-30", "reason": "Cuaca",
    })  # fmt: skip
    assert changed.status_code == 302
    item.refresh_from_db()
    assert (item.post, item.due) == ("Sekretaris", date(2022, 4, 30))


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (PDF, True),
        (b"\xff\xd8\xff\xe0 foto", True),
        (b"\x89PNG\r\n\x1a\n", True),
        (office("word/document.xml"), True),
        (office("xl/workbook.xml"), True),
        (office("word/document.xml", "word/vbaProject.bin"), False),
        (office("evil.exe"), False),
        (b"<html><script>", False),
        (b"MZ\x90", False),
        (b"PK\x03\x04 broken", False),
        (b"", False),
    ],
)
def test_evidence_is_taken_by_content(client, item, roads, content, taken):
    client.force_login(roads)
    client.post(f"/tindak-lanjut/{item.pk}/bukti/", {"file": pdf("x.pdf", content)})
    assert item.evidence.exists() is taken


def test_the_same_file_twice_is_one(client, item, roads):
    client.force_login(roads)
    for _n in range(2):
        client.post(f"/tindak-lanjut/{item.pk}/bukti/", {"file": pdf()})
    assert item.evidence.count() == 1


POSTS = ("bukti", "selesai", "buka-lagi", "tidak-perlu", "catatan")


@pytest.mark.parametrize("name", ["housing", "health", None])
def test_another_agency_s_planner_reads_and_changes_nothing(request, client, item, name):
    if name:
        client.force_login(request.getfixturevalue(name))
    one = f"/tindak-lanjut/{item.pk}/"
    expected = 200 if name else 302
    assert client.get("/tindak-lanjut/").status_code == expected
    assert client.get(one).status_code == expected
    for path in POSTS:
        form = {"version": 1, "words": "x", "reason": "x", "text": "x", "file": pdf()}
        answer = client.post(f"{one}{path}/", form)
        assert answer.status_code == (403 if name else 302), path
    for path in (f"{one}ubah/", "/tindak-lanjut/catat/", "/tindak-lanjut/surat/",
                 "/tindak-lanjut/aturan/"):  # fmt: skip
        assert client.get(path).status_code == (403 if name else 302), path
    item.refresh_from_db()
    assert (item.state, item.version) == ("open", 1)
    assert not item.evidence.exists()
    assert not item.remarks.exists()


def test_a_guest_sees_the_items_of_the_own_agency(client, person, item):
    own, other = person("tamu", Role.GUEST, ROADS), person("lain", Role.GUEST, HEALTH)
    one = f"/tindak-lanjut/{item.pk}/"
    client.force_login(own)
    assert client.get(one).status_code == 200
    assert client.post(f"{one}catatan/", {"text": "x"}).status_code == 403
    client.force_login(other)
    assert client.get(one).status_code == 404
    assert client.get("/tindak-lanjut/?milik=semua").context["page"].paginator.count == 0


def test_the_lists_are_whose_they_say(client, item, roads, housing, secretary, leader):
    agency = Agency.objects.get(code=ROADS)
    noted = actions.note(page(secretary), "Surat", agency, "Kepala", date(2022, 3, 1),
                         person=housing)  # fmt: skip
    told = {
        "roads": {"saya": {item.pk}, "perangkat": {item.pk, noted.pk}, "dicatat": set()},
        "housing": {"saya": {noted.pk}, "perangkat": set(), "dicatat": set()},
        "secretary": {"saya": set(), "perangkat": set(), "dicatat": {noted.pk}},
    }
    users = {"roads": roads, "housing": housing, "secretary": secretary}
    for name, lists in told.items():
        client.force_login(users[name])
        for whose, expected in lists.items():
            shown = client.get(f"/tindak-lanjut/?milik={whose}").context["page"]
            assert {i.pk for i in shown} == expected, (name, whose)
    client.force_login(leader)
    shown = [i.pk for i in client.get("/tindak-lanjut/").context["page"]]
    assert shown == [noted.pk, item.pk]  # the longest late first
    late = client.get("/tindak-lanjut/?keadaan=lewat").context["page"]
    assert [i.pk for i in late] == [noted.pk]
    client.force_login(housing)
    assert "lewat 13 hari" in client.get("/").content.decode()


def test_lists_ask_as_often_for_three_as_for_one(client, item, leader, secretary):
    client.force_login(leader)
    seen = []
    for count in (1, 3):
        while ActionItem.objects.count() < count:
            actions.note(page(secretary), "Surat", item.agency, "Kepala", date(2022, 3, 1))
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/tindak-lanjut/?q=a").status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_the_next_meeting_of_the_series_starts_from_what_is_open(
    client, item, meeting, coordinator
):
    meeting.series = Series.objects.create(name="Rakorsus Kota")
    meeting.save()
    after = meetings.create_meeting(
        page(coordinator), "Rakorsus Kota", usual=False, type="post", title="Pasca-Rakorsus",
        starts=meeting.starts.replace(day=22), ends=meeting.ends.replace(day=22), place="Makassar",
    )  # fmt: skip
    office, own = item.agency, "Kepala Dinas"
    actions.note(page(coordinator), "Dicatat di luar rapat", office, own, date(2022, 3, 18))
    actions.note(page(coordinator), "Jatuh tempo kelak", office, own, date(2022, 3, 25))
    client.force_login(coordinator)
    shown = client.get(f"/rapat/{after.pk}/").content.decode()
    assert "Dicatat di luar rapat" in shown
    assert "Jatuh tempo kelak" not in shown
    for shown in (meeting, after):
        assert item.text in client.get(f"/rapat/{shown.pk}/").content.decode()
    ActionItem.objects.update(state="dropped")
    assert item.text not in client.get(f"/rapat/{after.pk}/").content.decode()


def test_the_letter_as_page_pdf_and_docx(client, item, coordinator, settings):
    settings.TODAY = date(2022, 4, 6)
    client.force_login(coordinator)
    address = client.post("/tindak-lanjut/surat/").url
    assert "lewat 6 hari" in client.get(address).content.decode()
    for ending, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"{address.rstrip('/')}.{ending}")
        assert answer.content.startswith(head)
    client.post(address)
    assert client.get("/tindak-lanjut/surat/").status_code == 200


def test_the_api_has_the_same_rights(client, item, drafted, roads, housing, coordinator):
    paths = {
        "item": f"/api/v1/action-items/{item.pk}",
        "decision": f"/api/v1/decisions/{drafted.pk}",
    }
    for path in (*paths.values(), "/api/v1/action-items", "/api/v1/decisions"):
        assert client.get(path).status_code == 403
    client.force_login(housing)
    assert client.get(paths["item"]).json()["post"] == "Kepala Dinas PU"
    form = {"version": 1, "words": "x", "text": "x"}
    for path in (f"{paths['item']}/done", f"{paths['item']}/comments", f"{paths['decision']}/take",
                 f"{paths['decision']}/preview"):  # fmt: skip
        assert client.post(path, form, "application/json").status_code == 403, path
    assert client.post(f"{paths['item']}/evidence", {"file": pdf()}).status_code == 403
    client.force_login(roads)
    assert client.post(f"{paths['item']}/evidence", {"file": pdf()}).status_code == 201
    done = client.post(f"{paths['item']}/done", form, "application/json")
    assert done.json()["state"] == "done"
    client.force_login(coordinator)
    seen = client.post(f"{paths['decision']}/preview").json()
    assert seen["preview"]["verdict"] == "closes"
    taken = client.post(f"{paths['decision']}/take", {"version": seen["version"]},
                        "application/json").json()  # fmt: skip
    assert (taken["label"], taken["state"]) == ("Keputusan 1/2022", "taken")
    assert client.get("/api/v1/decisions?state=taken").json()["total"] == 1
    made = client.post("/api/v1/decisions", {
        "kind": "cancel", "title": "a", "text": "b",
        "changes": [{"key": "paket_penyedia:1001", "field": "status", "after": "cancelled"}],
    }, "application/json")  # fmt: skip
    assert made.status_code == 201, made.content
    assert (
        client.post(
            f"/api/v1/decisions/{made.json()['id']}/take", {"version": 1}, "application/json"
        ).status_code
        == 403
    )  # nobody agreed to it


def test_who_leads_sees_first_what_went_up_and_what_waits(client, item, drafted, leader, roads):
    actions.remind(JOB, date(2022, 4, 7))
    client.force_login(leader)
    home = client.get("/").content.decode()
    assert "Dinaikkan ke Sekda" in home
    assert item.get_absolute_url() in home
    assert drafted.get_absolute_url() in home
    shown = client.get("/tindak-lanjut/?milik=semua&keadaan=naik").context["page"].object_list
    assert list(shown) == [item]
    client.force_login(roads)
    home = client.get("/").content.decode()
    assert "Dinaikkan ke Sekda" not in home
    assert drafted.get_absolute_url() not in home
