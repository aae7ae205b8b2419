"""Before the day: desks that are settled online leave, slides are taken by their content, guests'
replies by letter, what a series carries over."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
import typst
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.integration.meeting.conftest import at, page

from rakorsus.people.models import Agency
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.findings.models import Finding, Settlement
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.models import AgendaItem, Brief, Feedback, Meeting, Session
from rakorsus.stages.meeting.posts import head_of
from rakorsus.stages.meeting.queries import agenda, before
from rakorsus.stages.meeting.slides import pages
from rakorsus.stages.meeting.slides.check import check_slides

FORM = {"issue": "i", "solution": "s", "innovation": "", "stuck": "", "in_charge": "Kabid"}


def deck(count: int = 2) -> bytes:
    body = "\n#pagebreak()\n".join(f"Halaman isi {n}" for n in range(1, count + 1))
    made = typst.compile(body.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def powerpoint(order: tuple[int, ...] = (2, 1), extra: str = "") -> bytes:
    """A small PPTX whose slides are shown in another order than their files."""
    base = "http://schemas.openxmlformats.org"
    names = (
        f'xmlns:a="{base}/drawingml/2006/main" xmlns:p="{base}/presentationml/2006/main" '
        f'xmlns:r="{base}/officeDocument/2006/relationships"'
    )
    ids = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in order)
    links = "".join(f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in order)
    related = f'<Relationships xmlns="{base}/package/2006/relationships">{links}</Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("ppt/presentation.xml", f"<p:presentation {names}>{ids}</p:presentation>")
        file.writestr("ppt/_rels/presentation.xml.rels", related)
        for n in order:
            text = f"<a:p><a:r><a:t>Salindia {n}</a:t></a:r></a:p>"
            file.writestr(f"ppt/slides/slide{n}.xml", f"{extra}<p:sld {names}>{text}</p:sld>")
    return out.getvalue()


def upload(content: bytes, name: str = "paparan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def talk(meeting, roads) -> AgendaItem:
    """The presentation of the agency of `roads`."""
    own = roads.memberships.get().agency
    return AgendaItem.objects.get(session__meeting=meeting, kind="presentation", agency=own)


def agreed(desk, roads, housing) -> Settlement:
    """Both sides agree online."""
    one, two = (user.memberships.get().agency for user in (roads, housing))
    made = findings.propose(page(roads), desk.finding, one, "Satu paket.")
    findings.agree(page(housing), made, two)
    return made


@pytest.mark.django_db(transaction=True)
def test_a_desk_settled_online_leaves_the_agenda_and_comes_back(meeting, desk, roads, housing):
    assert desk.start is not None
    made = agreed(desk, roads, housing)
    desk.refresh_from_db()
    assert (desk.state, desk.start) == (AgendaItem.State.DROPPED, None)
    assert before.settled_before(meeting) == [made]
    findings.withdraw(page(roads), made)
    desk.refresh_from_db()
    assert (desk.state, desk.start) == (AgendaItem.State.WAITING, None)
    assert before.settled_before(meeting) == []


@pytest.mark.django_db(transaction=True)
def test_a_day_that_has_begun_keeps_its_desks(meeting, desk, roads, housing, coordinator):
    actions.start(page(coordinator), meeting, Meeting.State.RUNNING)
    agreed(desk, roads, housing)
    desk.refresh_from_db()
    assert desk.state == AgendaItem.State.WAITING


def test_releasing_is_for_planners_and_changes_nothing_twice(meeting, desk, roads, coordinator):
    Finding.objects.filter(pk=desk.finding_id).update(state=Finding.State.CLOSED)
    with pytest.raises(PermissionDenied):
        actions.release_desks(page(roads))
    assert actions.release_desks(page(coordinator)) == (1, 0)
    assert actions.release_desks(page(coordinator)) == (0, 0)


def test_what_slides_hold_decides(db) -> None:
    seen = check_slides(upload(deck(3), "laporan.docx"))
    assert (seen.kind, seen.pages, seen.outline[2]) == ("pdf", 3, "Halaman isi 3")
    seen = check_slides(upload(powerpoint()))
    assert (seen.kind, seen.pages, seen.outline) == ("pptx", 2, ["Salindia 2", "Salindia 1"])


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"GIF89a", "bukan PDF atau PPTX"),
        (b"%PDF-1.7 rusak", "rusak"),
        (deck()[:300], "rusak"),
        (powerpoint(extra=BOMB), "rusak"),
        (powerpoint(()), "tidak punya halaman"),
        (deck(151), "paling banyak 150"),
    ],
    ids=["gif", "broken", "cut", "entities", "empty", "long"],
)
def test_files_that_are_refused(db, content, word) -> None:
    with pytest.raises(ValidationError, match=word):
        check_slides(upload(content))


def test_pages_are_drawn_once_at_their_address(talk, roads, secretary, client, monkeypatch) -> None:
    actions.save_brief(page(roads), talk, FORM, 0, upload(deck()))
    url = f"/rapat/acara/{talk.pk}/paparan"
    assert client.get(f"{url}/2.png").status_code == 302
    client.force_login(secretary)
    first = client.get(f"{url}/2.png")
    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    monkeypatch.setattr(pages, "ask", None)  # drawn again would fail
    assert client.get(f"{url}/2.png").content == first.content
    monkeypatch.undo()
    small = client.get(f"{url}/1.png?lebar=480").content
    assert int.from_bytes(small[16:20]) == 480
    for wrong in ("3.png", "0.png", "1.png?lebar=9999"):
        assert client.get(f"{url}/{wrong}").status_code == 404
    shown = client.get(f"{url}/baca/?hal=2").content.decode()
    assert "Halaman isi 2" in shown


def test_new_slides_take_the_place_of_old_ones(talk, roads, client, settings) -> None:
    actions.save_brief(page(roads), talk, FORM, 0, upload(deck(1)))
    client.force_login(roads)
    old = client.get(f"/rapat/acara/{talk.pk}/paparan/1.png").content
    actions.save_brief(page(roads), talk, FORM, 1, upload(deck(2)))
    assert Brief.objects.get().pages == 2
    assert client.get(f"/rapat/acara/{talk.pk}/paparan/2.png").status_code == 200
    assert client.get(f"/rapat/acara/{talk.pk}/paparan/1.png").content == old  # same first page


def test_powerpoint_is_read_as_text(talk, roads, client) -> None:
    actions.save_brief(page(roads), talk, FORM, 0, upload(powerpoint()))
    client.force_login(roads)
    assert client.get(f"/rapat/acara/{talk.pk}/paparan/1.png").status_code == 404
    shown = client.get(f"/rapat/acara/{talk.pk}/paparan/baca/").content.decode()
    assert shown.index("Salindia 2") < shown.index("Salindia 1")


def test_questions_are_answered_by_the_presenter(talk, roads, housing, client) -> None:
    actions.save_brief(page(roads), talk, FORM, 0, None)
    question = actions.ask(page(housing), talk, "Kapan mulai?")
    with pytest.raises(PermissionDenied):
        actions.answer_question(page(housing), question, "x")
    client.force_login(roads)
    client.post(f"/rapat/tanya/{question.pk}/jawab/", {"text": "Bulan Mei."})
    shown = client.get(f"/rapat/acara/{talk.pk}/paparan/baca/").content.decode()
    assert "Bulan Mei." in shown


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        ("sebelum/", {"coordinator", "secretary", "leader", "roads"}),
        ("penilaian/", {"coordinator", "secretary", "leader", "roads"}),
        ("naskah/", {"coordinator", "secretary", "leader", "roads"}),
        ("denah/", {"coordinator", "secretary"}),
        ("peserta/whatsapp/", {"coordinator", "secretary"}),
        ("naskah/lembar-hadir.pdf", {"coordinator", "secretary"}),
    ],
)
def test_each_page_opens_for_whom_it_is(meeting, request, client, part, allowed) -> None:
    url = f"/rapat/{meeting.pk}/{part}"
    assert client.get(url).status_code == 302
    for name in ("coordinator", "secretary", "leader", "roads"):
        client.force_login(request.getfixturevalue(name))
        assert client.get(url).status_code == (200 if name in allowed else 403), name


def test_materials_reach_guests_of_their_meeting(
    meeting, guest, secretary, coordinator, roads, client
) -> None:
    session = meeting.sessions.first()
    with pytest.raises(PermissionDenied):
        actions.add_material(page(roads), session, "x", upload(deck(1)))
    made = actions.add_material(page(secretary), session, "Materi satu", upload(deck(1)))
    shown = client.get(f"/rapat/u/{token_of(guest)}/").content.decode()
    assert "Materi satu" in shown
    sent = client.get(f"/rapat/u/{token_of(guest)}/materi/{made.pk}/")
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    other = actions.create_meeting(
        page(coordinator), usual=False, type="pre", title="Lain", starts=at(8), ends=at(9),
        place="x",
    )  # fmt: skip
    foreign = Session.objects.create(meeting=other, kind="talk", title="x", starts=at(8),
                                     ends=at(9))  # fmt: skip
    hidden = actions.add_material(page(secretary), foreign, "Rahasia", upload(deck(1)))
    assert client.get(f"/rapat/u/{token_of(guest)}/materi/{hidden.pk}/").status_code == 404
    actions.remove_material(page(secretary), made)
    assert client.get(f"/rapat/u/{token_of(guest)}/materi/{made.pk}/").status_code == 404


def test_opinions_are_counted_without_names(meeting, guest, secretary, client) -> None:
    session = meeting.sessions.first()
    Feedback.objects.create(session=session, participant=guest, useful=4, text="Perlu contoh.")
    client.force_login(secretary)
    shown = client.get(f"/rapat/{meeting.pk}/penilaian/").content.decode()
    assert "4,0" in shown
    assert "Perlu contoh." in shown
    assert "Rektor" not in shown


def test_replies_by_letter_are_written_down_by_the_secretariat(meeting, guest, secretary, roads):
    with pytest.raises(PermissionDenied):
        actions.reply_for(page(roads), guest, "coming")
    key = guest.key
    with pytest.raises(ValidationError):
        actions.reply_for(page(secretary), guest, "deputy", deputy_post="Wakil Rektor")
    actions.reply_for(page(secretary), guest, "deputy", deputy_post="Wakil Rektor", letter="094/1")
    guest.refresh_from_db()
    assert (guest.reply, guest.deputy_post) == ("deputy", "Wakil Rektor")
    assert guest.key != key  # the old address opens nothing


def test_invitations_are_corrected_without_telling_the_log_names(meeting, guest, secretary) -> None:
    from rakorsus.audit.models import Event

    data = {
        "group": "rectors", "rank": 401, "name": "Orang Ini", "post": "Rektor",
        "institution": "Universitas contoh", "email": "a@x.invalid", "phone": "0812",
    }  # fmt: skip
    actions.amend_participant(page(secretary), guest, data)
    event = Event.objects.filter(action="meeting.amend_participant").get()
    assert event.changes["rank"] == [400, 401]
    for hidden in ("Orang Ini", "a@x.invalid", "0812"):
        assert hidden not in str(event.changes)


@pytest.mark.parametrize(
    ("name", "kind", "post"),
    [
        ("Dinas Kesehatan", "opd", "Kepala Dinas Kesehatan"),
        ("Kecamatan Tallo", "kecamatan", "Camat Tallo"),
        ("Kelurahan Pampang", "kelurahan", "Lurah Pampang"),
        ("Sekretariat DPRD", "opd", "Sekretaris DPRD"),
        ("SEKRETARIAT DAERAH", "opd", "Sekretaris Daerah"),
        ("Inspektorat Daerah", "opd", "Inspektur"),
        ("Perumda Air Minum", "company", "Direktur Utama Perumda Air Minum"),
        ("PLN UP3", "outside", "Pimpinan PLN UP3"),
    ],
)
def test_heads_are_called_as_letters_call_them(name, kind, post) -> None:
    assert head_of(Agency(name=name, kind=kind)) == post


def test_a_series_carries_over_what_is_open(meeting, desk, coordinator) -> None:
    by = page(coordinator)
    actions.resolve(by, meeting, {"title": "Perkara pleno", "text": "x"})
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CLOSED)
    later = {"starts": at(8) + timedelta(days=7), "ends": at(17) + timedelta(days=7)}
    made = actions.create_meeting(by, meeting.series.name, carry=True, type="rakorsus",
                                  title="Berikutnya", place="x", **later)  # fmt: skip
    carried = AgendaItem.objects.get(session__meeting=made, kind="desk")
    assert carried.finding_id == desk.finding_id
    assert made.resolutions.get().title == "Perkara pleno"
    assert actions.carry_over(by, made) == (0, 0)
    row = agenda.of_series(meeting.series).get(pk=meeting.pk)
    assert (row.desks, row.waiting, row.ended, row.open_matters) == (1, 1, 0, 1)


def test_an_agreed_finding_needs_no_second_desk(meeting, desk, coordinator) -> None:
    by = page(coordinator)
    other = actions.create_meeting(by, usual=False, type="post", title="Pasca", starts=at(8),
                                   ends=at(9), place="x")  # fmt: skip
    assert desk.finding in agenda.candidates(other, 10)
    actions.settle(by, desk, desk.version, {"kind": "waive", "text": "Beda ruas."})
    assert desk.finding not in agenda.candidates(other, 10)


def test_seats_are_printed(meeting, guest, secretary, coordinator, client) -> None:
    room = actions.save_room(page(coordinator), meeting, name="Aula", rows=2, seats=3)
    client.force_login(secretary)
    assert "Rektor" in client.get(f"/rapat/{meeting.pk}/denah/").content.decode()
    assert client.get(f"/rapat/ruang/{room.pk}/denah.pdf").content.startswith(b"%PDF")


def test_those_who_sign_stand_in_the_programme(meeting, coordinator, roads, client) -> None:
    session = meeting.sessions.first()
    item = actions.add_entry(page(coordinator), session, kind="signing", title="Nota", minutes=10,
                             start=session.starts)  # fmt: skip
    rows = [{"post": "Wali Kota", "institution": "Pemkot"}, {"post": "", "institution": "x"}]
    with pytest.raises(PermissionDenied):
        actions.set_signers(page(roads), item, rows)
    client.force_login(coordinator)
    client.post(f"/rapat/acara/{item.pk}/penanda-tangan/",
                {"post": ["Wali Kota", ""], "institution": ["Pemkot", "x"]})  # fmt: skip
    assert [str(s) for s in item.signing.all()] == ["Wali Kota, Pemkot"]
    from rakorsus.documents.drafts import frame_of
    from rakorsus.stages.meeting.documents import composer

    paper = composer("susunan-acara", meeting)(frame_of("susunan-acara", session.starts.date()))
    assert "Wali Kota, Pemkot" in str(paper.blocks)
