"""What somebody wrote to do harm stays words: on pages, in papers, tables, articles, letters."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core import mail
from docx import Document
from openpyxl import load_workbook
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

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.followup import actions as followup
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import Meeting
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
