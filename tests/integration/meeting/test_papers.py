"""The papers of a meeting: who reads and issues which, what they say, what they keep back."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document
from openpyxl import load_workbook
from tests.integration.meeting.conftest import page
from tests.unit.documents.test_rendering import words_of_docx, words_of_pdf

from rakorsus.documents.models import Issued, Letterhead
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.documents import KINDS, composer
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.queries.papers import changed

BASE = "http://testserver/"
DAY = date(2022, 3, 10)
ALL = [kind.key for kind in KINDS]
PERSONAL = {"undangan", "daftar-hadir"}


def text(answer) -> str:
    return " ".join(words_of_pdf(answer.content).split())


@pytest.fixture
def decided(meeting, desk, leader, coordinator, roads):
    """The desk has an outcome with somebody in charge and a date."""
    actions.begin(page(coordinator), desk, desk.version)
    desk.refresh_from_db()
    office = desk.finding.sides.first().agency
    actions.settle(page(coordinator), desk, desk.version, {
        "kind": "merge", "text": "Satu paket oleh Dinas PU #import $x$ *", "owner": office,
        "owner_post": "Kepala Bidang", "due": date(2022, 6, 30),
    })  # fmt: skip
    return meeting


@pytest.mark.parametrize("kind", ALL)
def test_every_paper_is_drafted_and_issued(decided, guest, secretary, client, kind) -> None:
    client.force_login(secretary)
    url = f"/rapat/{decided.pk}/naskah/{kind}"
    draft = client.get(f"{url}.pdf")
    assert draft["Content-Type"] == "application/pdf"
    assert "RANCANGAN" in text(draft)
    assert Document(io.BytesIO(client.get(f"{url}.docx").content)).paragraphs
    client.post(f"{url}/terbitkan/", {"date": "2022-03-10"})
    made = Issued.objects.get()
    said = text(client.get(f"{url}.pdf"))
    assert made.number in said
    assert made.digest[:32] in said
    assert f"/periksa/{made.key}/" in said
    assert "RANCANGAN" not in said
    docx = words_of_docx(client.get(f"{url}.docx").content)
    assert made.number in docx
    shown = client.get(f"/periksa/{made.key}/").content.decode()
    assert made.number in shown


def test_what_the_papers_say(decided, guest, secretary, client) -> None:
    client.force_login(secretary)
    said = {k: text(client.get(f"/rapat/{decided.pk}/naskah/{k}.pdf")) for k in ALL}
    agreed = "Satu paket oleh Dinas PU #import $x$ *"
    for kind in ("notula", "berita-acara", "laporan", "sk-penanggung-jawab"):
        assert agreed in said[kind], kind
        assert "30 Juni 2022" in said[kind], kind
        assert "Kepala Bidang" in said[kind], kind
    assert (
        "Selasa, tanggal lima belas, bulan Maret, tahun dua ribu dua puluh dua"
        in (said["berita-acara"])
    )
    assert "MEMUTUSKAN:" in said["sk-penanggung-jawab"]
    assert "pukul 08.00 sampai dengan 22.00 WITA" in said["undangan"]
    assert "Rektor" in said["undangan"]
    assert agreed not in said["susunan-acara"]  # what a desk is about is for its sides


@pytest.mark.parametrize("kind", ALL)
def test_who_reads_which(meeting, request, client, kind) -> None:
    url = f"/rapat/{meeting.pk}/naskah/{kind}.pdf"
    assert client.get(url).status_code == 302
    for name in ("coordinator", "secretary", "leader", "roads"):
        client.force_login(request.getfixturevalue(name))
        open_to = kind not in PERSONAL or name in ("coordinator", "secretary")
        assert client.get(url).status_code == (200 if open_to else 403), name


def test_issuing_is_for_the_staff_on_every_surface(meeting, leader, roads, client) -> None:
    for user in (leader, roads):
        with pytest.raises(PermissionDenied):
            actions.issue(page(user), meeting, "notula", BASE)
        client.force_login(user)
        assert client.post(f"/rapat/{meeting.pk}/naskah/notula/terbitkan/").status_code == 403
    assert not Issued.objects.exists()


def test_issued_papers_stay_while_the_meeting_changes(meeting, secretary, coordinator) -> None:
    made = actions.issue(page(secretary), meeting, "susunan-acara", BASE, on=DAY)
    assert not changed(made, composer("susunan-acara", meeting))
    before = made.content
    actions.amend_meeting(page(coordinator), meeting, title="Rakorsus lain", starts=meeting.starts,
                          ends=meeting.ends, place="Balai kota")  # fmt: skip
    meeting.refresh_from_db()
    made.refresh_from_db()
    assert made.content == before
    assert changed(made, composer("susunan-acara", meeting))


def test_the_list_of_papers_composes_them_only_after_a_change(
    meeting, desk, guest, secretary, coordinator, client, django_assert_max_num_queries
) -> None:
    client.force_login(secretary)
    for kind in ALL:
        actions.issue(page(secretary), meeting, kind, BASE, on=DAY)
    address, warning = f"/rapat/{meeting.pk}/naskah/", "sudah berubah sejak"
    first = client.get(address).content.decode()
    with django_assert_max_num_queries(20):
        assert client.get(address).content.decode().count(warning) == first.count(warning)
    actions.begin(page(coordinator), desk, desk.version)
    actions.note(page(secretary), desk, "discussion", "Arah", 0)
    actions.issue(page(secretary), meeting, "notula", BASE, on=DAY)
    was = client.get(address).content.decode().count(warning)
    actions.note(page(secretary), desk, "discussion", "Arah dan kebijakan", 1)  # soon: not logged
    assert client.get(address).content.decode().count(warning) > was


def test_the_invitation_gives_the_meeting_its_number(meeting, guest, secretary) -> None:
    made = actions.issue(page(secretary), meeting, "undangan", BASE, on=DAY)
    meeting.refresh_from_db()
    assert meeting.number == made.number


def test_each_guest_gets_a_letter_without_the_list(meeting, guest, secretary, client) -> None:
    actions.add_participants(page(secretary), meeting, [
        {"group": "banks", "rank": 300, "post": "Kepala Perwakilan", "name": "Orang Lain"},
    ])  # fmt: skip
    url = f"/rapat/u/{token_of(guest)}/undangan.pdf"
    assert client.get(url).status_code == 404  # not issued yet
    made = actions.issue(page(secretary), meeting, "undangan", BASE, on=DAY)
    said = text(client.get(url))
    assert "Yth. Rektor Universitas contoh" in said
    assert made.number in said
    assert f"/rapat/u/{token_of(guest)}/" in "".join(said.split())
    assert "Orang Lain" not in said
    assert "Kepala Perwakilan" not in said
    sent = client.get(url).content
    answer = client.post(f"/periksa/{made.key}/", {"file": io.BytesIO(sent)})
    assert "Sama persis" in answer.content.decode()
    assert client.get(f"/rapat/u/{token_of(guest)}x/undangan.pdf").status_code == 403


def test_the_list_of_papers_asks_the_same_number_of_questions(
    decided, guest, secretary, client, django_assert_max_num_queries
) -> None:
    client.force_login(secretary)
    Letterhead.objects.create(name="Kop", lines="Pemerintah")
    for kind in ALL:
        actions.issue(page(secretary), decided, kind, BASE, on=DAY)
    for _again in range(3):
        actions.issue(page(secretary), decided, "notula", BASE, on=DAY)
    with django_assert_max_num_queries(90):
        shown = client.get(f"/rapat/{decided.pk}/naskah/").content.decode()
    assert shown.count("Halaman pemeriksaan") == len(ALL)


def test_the_sheet_to_sign_names_all_who_may_come(meeting, guest, secretary, client) -> None:
    client.force_login(secretary)
    said = text(client.get(f"/rapat/{meeting.pk}/naskah/lembar-hadir.pdf"))
    assert "Rektor" in said
    assert "RANCANGAN" not in said


def test_a_desk_has_its_own_record(decided, desk, secretary, client) -> None:
    client.force_login(secretary)
    client.post(f"/rapat/acara/{desk.pk}/berita-acara/terbitkan/", {"date": "2022-03-15"})
    made = Issued.objects.get()
    said = text(client.get(f"/rapat/acara/{desk.pk}/berita-acara.pdf"))
    assert made.number in said
    assert "Satu paket oleh Dinas PU" in said


def test_minutes_as_workbook_hold_no_formula(decided, desk, coordinator, secretary, client) -> None:
    actions.note(page(coordinator), desk, "discussion", "=HYPERLINK(1)", 0)
    actions.resolve(page(coordinator), decided, {"title": "+Perkara", "text": "-x"})
    client.force_login(secretary)
    answer = client.get(f"/rapat/{decided.pk}/notula.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Tindak lanjut", "Pembahasan", "Keputusan pleno"]
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    said = " ".join(str(cell.value) for cell in cells)
    for text in ("HYPERLINK(1)", "Perkara", "Satu paket oleh Dinas PU", "2022-06-30"):
        assert text in said
