"""Pages: who opens which, fragments that screens follow, lists whose queries do not grow."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from openpyxl import Workbook, load_workbook
from tests.integration.meeting.conftest import page
from tests.integration.meeting.test_before import deck

from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.importing import HEADS, read_participants
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.models import AgendaItem, Brief, Feedback, Participant


def test_the_fragment_is_sent_once_and_again_after_a_change(meeting, desk, coordinator, client):
    client.force_login(coordinator)
    url = f"/rapat/{meeting.pk}/jalan/isi/"
    first = client.get(url)
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}"):
        assert client.get(url, headers={"if-none-match": known}).status_code == 304
    actions.begin(page(coordinator), desk, desk.version)
    again = client.get(url, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        ("", {"coordinator", "secretary", "leader", "roads"}),
        ("jalan/", {"coordinator", "secretary", "leader", "roads"}),
        ("layar/", {"coordinator", "secretary", "leader", "roads"}),
        ("pleno/", {"coordinator", "secretary", "leader", "roads"}),
        ("notula/", {"coordinator", "secretary", "leader", "roads"}),
        ("notula.json", {"coordinator", "secretary", "leader", "roads"}),
        ("notula.xlsx", {"coordinator", "secretary", "leader", "roads"}),
        ("susun/", {"coordinator"}),
        ("peserta/", {"coordinator", "secretary"}),
        ("masuk/", {"coordinator", "secretary"}),
        ("hadir.xlsx", {"coordinator", "secretary"}),
        ("hadir.json", {"coordinator", "secretary"}),
    ],
)
def test_each_page_opens_for_whom_it_is(meeting, request, client, part, allowed) -> None:
    url = f"/rapat/{meeting.pk}/{part}"
    assert client.get(url).status_code == 302  # to the sign-in page
    for name in ("coordinator", "secretary", "leader", "roads"):
        client.force_login(request.getfixturevalue(name))
        answer = client.get(url)
        assert answer.status_code == (200 if name in allowed else 403), name
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, which closes the file


def test_lists_ask_the_same_number_of_questions(meeting, secretary, client) -> None:
    client.force_login(secretary)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    def more(count: int) -> None:
        rows = [{"group": "lurah", "rank": 8000, "post": f"Lurah {count}-{n}"} for n in range(3)]
        actions.add_participants(page(secretary), meeting, rows)

    more(1)
    paths = [f"/rapat/{meeting.pk}/{part}" for part in ("peserta/", "masuk/", "jalan/", "")]
    [client.get(path) for path in paths]
    before = [queries(path) for path in paths]
    more(2)
    assert [queries(path) for path in paths] == before


def test_a_workbook_of_participants_is_taken_row_by_row(meeting, secretary) -> None:
    book = Workbook()
    for row in (
        HEADS,
        ("Rektor", 400, "", "Rektor", "Universitas contoh", "rektor@contoh.ac.id", "0811"),
        ("Camat", "tujuh", "", "Camat Tallo", "Kecamatan Tallo", "", ""),
        ("Menteri", 1, "", "Menteri", "Kementerian", "", ""),
        ("Pers", 900, "", "", "Koran", "", ""),
        ("Pers", 900, "", "Wartawan", "Koran", "bukan surel", ""),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    rows, problems = read_participants(SimpleUploadedFile("p.xlsx", out.getvalue()))
    assert [row["post"] for row in rows] == ["Rektor"]
    assert [p.split(":")[0] for p in problems] == ["Baris 3", "Baris 4", "Baris 5", "Baris 6"]
    assert actions.add_participants(page(secretary), meeting, rows) == 1
    assert actions.add_participants(page(secretary), meeting, rows) == 0


def test_invitations_go_out_once_with_a_calendar(
    meeting, secretary, client, django_capture_on_commit_callbacks
) -> None:
    row = {"group": "rectors", "rank": 1, "post": "Rektor", "email": "rektor@contoh.ac.id"}
    actions.add_participants(page(secretary), meeting, [row])
    client.force_login(secretary)
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/rapat/{meeting.pk}/peserta/kirim/", {"lagi": "0"})
    [sent] = mail.outbox
    assert sent.to == ["rektor@contoh.ac.id"]
    assert f"/rapat/u/{token_of(Participant.objects.get())}/" in sent.body
    [(_name, content, _kind)] = sent.attachments
    entry = Calendar.from_ical(content).walk("VEVENT")[0]
    assert entry.decoded("dtstart") == meeting.starts


def test_attendance_as_workbook_says_when_and_how(meeting, guest, secretary, client) -> None:
    actions.check_in(page(secretary), guest, "x")
    client.force_login(secretary)
    answer = client.get(f"/rapat/{meeting.pk}/hadir.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    assert [sheet.cell(2, n).value for n in (4, 8)] == ["Rektor", "Kode QR"]


@pytest.mark.parametrize(
    ("content", "taken"),
    [(deck(1), True), (b"MZ\x90 program", False), (b"PK\x03\x04 broken", False)],
    ids=["pdf", "program", "broken"],
)
def test_slides_are_known_by_what_they_contain(meeting, roads, client, content, taken) -> None:
    item = AgendaItem.objects.get(session__meeting=meeting, agency__code="1.03.0.00.0.00.03.0000")
    client.force_login(roads)
    answer = client.post(
        f"/rapat/acara/{item.pk}/paparan/",
        {"version": "0", "issue": "Genangan", "solution": "Drainase", "in_charge": "Kabid SDA",
         "slides_file": SimpleUploadedFile("paparan.pdf", content)},
    )  # fmt: skip
    assert answer.status_code == (302 if taken else 200)
    assert Brief.objects.filter(item=item).exists() is taken
    if taken:
        file = client.get(f"/rapat/acara/{item.pk}/paparan/berkas/")
        assert b"".join(file.streaming_content) == content
        assert file.headers["Content-Disposition"].startswith("attachment")


def test_only_the_own_agency_fills_its_presentation(meeting, roads, housing, client) -> None:
    item = AgendaItem.objects.get(session__meeting=meeting, agency__code="1.03.0.00.0.00.03.0000")
    client.force_login(housing)
    assert client.get(f"/rapat/acara/{item.pk}/paparan/").status_code == 403


def test_a_guest_rates_a_session_once(meeting, guest, client) -> None:
    session = meeting.sessions.first()
    url = f"/rapat/u/{token_of(guest)}/nilai/{session.pk}/"
    for useful in ("4", "1"):
        client.post(url, {"useful": useful, "text": "Baik."})
    assert [f.useful for f in Feedback.objects.all()] == [4]


def test_the_guests_calendar_and_a_forged_link(meeting, guest, client) -> None:
    body = client.get(f"/rapat/u/{token_of(guest)}/kalender.ics").content
    entry = Calendar.from_ical(body).walk("VEVENT")[0]
    assert entry.decoded("dtend") - entry.decoded("dtstart") == timedelta(hours=14)
    assert client.get(f"/rapat/u/{token_of(guest)}x/kalender.ics").status_code == 403


def test_a_delegation_arrives_together_and_once(meeting, guest, secretary) -> None:
    rows = [{"group": "lurah", "rank": 8000, "post": f"Lurah {n}"} for n in range(3)]
    actions.add_participants(page(secretary), meeting, rows)
    actions.check_in(page(secretary), guest, "x")
    ids = list(meeting.participants.values_list("pk", flat=True))
    assert actions.check_in_many(page(secretary), meeting, ids) == 3
    assert actions.check_in_many(page(secretary), meeting, ids) == 0
    guest_of_the_day = {"group": "press", "post": "Wartawan"}
    first = actions.walk_in(page(secretary), meeting, "w1", guest_of_the_day)
    assert actions.walk_in(page(secretary), meeting, "w1", guest_of_the_day) == first
    assert meeting.participants.exclude(attendance=None).count() == 5
