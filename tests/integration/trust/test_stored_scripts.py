"""What somebody wrote to do harm stays words: on pages, in papers, tables, articles, letters."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook, load_workbook
from tests.integration.findings.conftest import roads  # noqa: F401 (fixture)
from tests.integration.publication.conftest import (  # noqa: F401 (fixtures)
    DRAIN,
    ROADS,
    _own_files,
    city,
    coordinator,
    desk,
    editor,
    found,
    leader,
    meeting,
    page,
    person,
    publish_article,
    secretary,
)
from tests.unit.documents.test_rendering import words_of_docx, words_of_pdf

from rakorsus.hall import actions as hall
from rakorsus.hall.models import Act, Hall
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, User
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.followup import actions as followup
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.importing import HEADS
from rakorsus.stages.meeting.models import Meeting, Participant
from rakorsus.stages.publication import actions as publication
from rakorsus.stages.register.models import Program

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert(7)</script>"><img src=x onerror=alert(7)>'
TYPST = '#read("/etc/passwd") #import "a": *'
FORMULA = "=cmd|' /C calc'!A1"
TURNED = "laporan\u202efdp.exe"
MEAN = f"{FORMULA} {SCRIPT} {TYPST} {TURNED}"


@pytest.fixture
def written(desk, found, coordinator, secretary, meeting) -> Meeting:
    """The words stand in every kind of text."""
    by = page(coordinator)
    Program.objects.filter(key=DRAIN).update(title=MEAN)
    findings.comment(by, found, MEAN)
    office = Agency.objects.get(code=ROADS)
    desk.refresh_from_db()
    meetings.settle(by, desk, desk.version, {
        "kind": "merge", "text": MEAN, "owner": office, "owner_post": SCRIPT,
        "due": date(2022, 3, 31),
    })  # fmt: skip
    row = {"group": "rectors", "rank": 400, "post": SCRIPT, "institution": MEAN}
    meetings.add_participants(page(secretary), meeting, [row])
    followup.note(by, MEAN, office, SCRIPT, date(2022, 4, 1))
    return Meeting.objects.get(pk=meeting.pk)


def plain(text: str) -> None:
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_pages_show_them_as_words(written, desk, found, coordinator, client) -> None:
    client.force_login(coordinator)
    shown = {
        path: client.get(path)
        for path in (
            found.get_absolute_url(), "/temuan/", "/program/", f"/program/{DRAIN}/",
            written.get_absolute_url(), f"/rapat/acara/{desk.pk}/", f"/rapat/{written.pk}/peserta/",
            "/tindak-lanjut/", "/program/peta.geojson", "/program/waktu.json",
        )
    }  # fmt: skip
    for path, answer in shown.items():
        assert answer.status_code == 200, path
        body = answer.getvalue().decode()
        if answer["Content-Type"].startswith("text/html"):
            plain(body)
        else:
            assert "json" in answer["Content-Type"], path
    told = [path for path, answer in shown.items() if b"&lt;script&gt;alert" in answer.content]
    assert {found.get_absolute_url(), f"/program/{DRAIN}/", f"/rapat/acara/{desk.pk}/"} <= {*told}


def test_papers_print_them_and_run_nothing(written, coordinator, client) -> None:
    client.force_login(coordinator)
    for kind in ("notula", "berita-acara", "laporan"):
        url = f"/rapat/{written.pk}/naskah/{kind}"
        said = "".join(words_of_pdf(client.get(f"{url}.pdf").content).split())
        assert "".join(TYPST.split()) in said, kind
        assert "root:" not in said, kind
        content = client.get(f"{url}.docx").content
        assert TYPST in words_of_docx(content), kind
        assert SCRIPT in words_of_docx(content), kind
        assert Document(io.BytesIO(content)).paragraphs


def test_tables_hold_no_formula(written, coordinator, client) -> None:
    client.force_login(coordinator)
    for stem in ("/program/unduh/", "/temuan/unduh/"):
        rows = list(
            csv.reader(io.StringIO(client.get(f"{stem}csv/").getvalue().decode("utf-8-sig")))
        )
        cells = [cell for row in rows[1:] for cell in row]
        assert any("cmd|" in cell for cell in cells), stem
        assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@"))] == [], stem
        book = load_workbook(io.BytesIO(client.get(f"{stem}xlsx/").getvalue()))
        for sheet in book:
            assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row), stem


def test_an_article_carries_words_only(written, leader, editor, client) -> None:
    Meeting.objects.filter(pk=written.pk).update(state=Meeting.State.PUBLISHED)
    meetings.sign(page(leader), Meeting.objects.get(pk=written.pk), "Sekretaris Daerah")
    draft = publication.begin_from_meeting(page(editor), Meeting.objects.get(pk=written.pk))
    article = publish_article(draft, editor, leader)
    body = client.get(article.get_absolute_url()).content.decode()
    plain(body)
    assert "&lt;script&gt;alert" in body
    assert "/etc/passwd" in body


def test_letters_are_plain_text(written, roads) -> None:
    followup.remind(actors.system("cli"), date(2022, 4, 2))
    (letter,) = (sent for sent in mail.outbox if roads.email in sent.to)
    assert "<script>alert" in letter.body
    assert letter.message().get_content_type() == "text/plain"
    assert len(letter.subject.splitlines()) == 1


# -- the hall, and the workbook of participants ------------------------------------------------


@pytest.fixture
def in_hall(written, desk, leader, roads) -> Meeting:
    """The words stand in what people do in the hall, and in how they are called there."""
    Meeting.objects.filter(pk=written.pk).update(state=Meeting.State.RUNNING)
    meeting = Meeting.objects.get(pk=written.pk)
    Hall.objects.get_or_create(meeting=meeting)
    User.objects.filter(pk=roads.pk).update(post=MEAN[:150], display_name=MEAN[:150])
    Agency.objects.filter(code=ROADS).update(name=MEAN[:200], short=SCRIPT)
    planner = actors.of_user(User.objects.get(pk=roads.pk), "hall-3d")
    lane = Program.objects.exclude(agency__code=ROADS).first()
    acts = (
        ("raise_hand", {}), ("sit", {"item": desk.pk}),
        ("ask_sync", {"program": lane.pk, "text": MEAN}),
    )  # fmt: skip
    for number, (name, data) in enumerate(acts):
        hall.perform(planner, meeting, f"naskah-{number:04d}", name, data)
    matter = meetings.resolve(page(leader), meeting, {"title": MEAN[:200], "text": MEAN})
    meetings.open_vote(page(leader), matter)
    return meeting


def test_acts_of_the_hall_show_them_as_words(in_hall, desk, coordinator, client) -> None:
    client.force_login(coordinator)
    number = in_hall.pk
    agency = Agency.objects.get(code=ROADS).pk
    pages = (
        "/balai/", f"/balai/{number}/", f"/balai/{number}/isi/", f"/balai/{number}/meja/",
        f"/balai/{number}/meja/{desk.pk}/", f"/balai/{number}/tonton/",
        f"/balai/{number}/tonton/isi/", f"/balai/{number}/rekaman/", f"/balai/gerai/{agency}/",
        "/balai/meja-kota/", f"/balai/{number}/ruang/", f"/balai/{number}/denah/",
        f"/balai/{number}/perbandingan/", f"/rapat/{number}/pleno/", f"/rapat/{number}/jalan/",
        f"/rapat/{number}/layar/", f"/rapat/{number}/layar/isi/",
    )  # fmt: skip
    told = set()
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer["Content-Type"].startswith("text/html"), path
        body = answer.getvalue().decode()
        plain(body)
        if "&lt;script&gt;alert" in body:
            told.add(path)
    assert {f"/balai/{number}/", f"/balai/{number}/rekaman/", f"/balai/gerai/{agency}/"} <= told
    data = (f"/balai/{number}/keadaan/", f"/balai/{number}/tindakan/",
            f"/balai/{number}/rekaman.json", f"/balai/{number}/pemandangan.json")  # fmt: skip
    for path in data:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer["Content-Type"].startswith("application/json"), path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        json.loads(answer.getvalue())
    ticket = client.post(f"/balai/{number}/karcis/")
    assert ticket["Content-Type"] == "application/json"


def test_acts_that_are_told_to_all_are_json_and_carry_words_only(in_hall) -> None:
    """What the gateway's clerk tells every client: texts in JSON, as they were written."""
    kept = list(Act.objects.filter(meeting=in_hall).order_by("number"))
    assert {act.name for act in kept} >= {"raise_hand", "sit", "ask_sync", "open_vote"}
    for act in kept:
        assert json.loads(json.dumps(act.data)) == act.data
    assert any("<script>" in json.dumps(act.data) for act in kept)


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("peserta.xlsx", target.getvalue())


def test_a_workbook_of_participants_comes_in_and_goes_out_as_words(
    meeting, secretary, coordinator, client
) -> None:
    client.force_login(secretary)
    sent = workbook(
        ("", 500, SCRIPT, f"Kepala {SCRIPT}", MEAN, "a@contoh.invalid", "0812"),
        ("", 600, "@SUM(1)", "+cmd|' /C calc'!A1", TURNED, "", ""),
        (SCRIPT, 700, "x", "Kelompok salah", "y", "", ""),
    )
    answer = client.post(f"/rapat/{meeting.pk}/peserta/impor/", {"file": sent}, follow=True)
    plain(answer.content.decode())
    posts = set(Participant.objects.filter(meeting=meeting).values_list("post", flat=True))
    assert posts == {f"Kepala {SCRIPT}", "+cmd|' /C calc'!A1"}
    for path in ("peserta/", "masuk/", "denah/", "sebelum/"):
        body = client.get(f"/rapat/{meeting.pk}/{path}")
        assert body.status_code == 200, path
        plain(body.content.decode())
    for path in (f"/rapat/{meeting.pk}/hadir.xlsx", "/rapat/peserta/contoh.xlsx"):
        book = load_workbook(io.BytesIO(client.get(path).getvalue()))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [c.value for c in cells if c.data_type == "f" or c.hyperlink] == [], path
        texts = [str(c.value) for c in cells if c.value is not None]
        assert [text for text in texts if text.lstrip().startswith(("=", "+", "@"))] == [], path
        if "hadir" in path:
            assert any("<script>alert(7)</script>" in text for text in texts)
    listed = client.get(f"/rapat/{meeting.pk}/hadir.json")
    assert listed["Content-Type"] == "application/json"
    assert SCRIPT in json.dumps(listed.json(), ensure_ascii=False).replace('\\"', '"')
    sheet = client.get(f"/rapat/{meeting.pk}/naskah/lembar-hadir.docx").content
    assert SCRIPT in words_of_docx(sheet)
