"""The day as it runs: what is late and what that does, rounds of desks, slides, catching up."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.integration.meeting.conftest import at, page
from tests.integration.meeting.test_refusals import outcome

from rakorsus.people.models import Role
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting
from rakorsus.stages.meeting.queries import agenda, day

State = AgendaItem.State


def talks(meeting) -> list[AgendaItem]:
    return list(agenda.items(meeting).filter(kind="presentation"))


def pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(320, 180)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def with_slides(item, user, pages: int = 3) -> None:
    texts = dict.fromkeys(("issue", "solution", "innovation", "stuck", "in_charge"), "x")
    file = SimpleUploadedFile("paparan.pdf", pdf(pages))
    actions.save_brief(page(user), item, texts, 0, file)


def test_what_waits_cannot_begin_before_now_and_the_end_is_foretold(meeting) -> None:
    first, *rest = talks(meeting)
    now = first.start + timedelta(minutes=9)
    lines = day.running_order([first, *rest], now, open_=True)
    assert lines[0].start == now
    assert [line.late for line in lines] == [9, 9, 9]
    told = day.forecast(meeting, lines)
    assert (told.late, told.moved) == (9, 3)
    assert told.end == rest[-1].end + timedelta(minutes=9)
    assert told.beyond == 0
    meeting.ends = told.end - timedelta(minutes=4)
    assert day.forecast(meeting, lines).beyond == 4


def test_prayer_passes_by_itself(meeting, coordinator) -> None:
    stage = meeting.sessions.get(kind="presentations")
    actions.add_entry(page(coordinator), stage, kind="prayer", title="Salat Isya",
                      start=at(19), minutes=15)  # fmt: skip
    prayer = AgendaItem.objects.get(kind="prayer")
    (line,) = day.running_order([prayer], at(19, 30), open_=True)
    assert (line.start, line.late, line.over) == (at(19), 0, True)


def test_on_another_day_the_clock_is_that_of_the_plan(meeting, secretary) -> None:
    """Years later, as in the demonstration: a rehearsal begins with the plan."""
    actions.start(page(secretary), meeting, Meeting.State.RUNNING)
    meeting.refresh_from_db()
    own = timezone.now() + meeting.shift
    assert abs((own - meeting.starts).total_seconds()) < 60
    first = talks(meeting)[0]
    actions.begin(page(secretary), first, first.version)
    lines = day.lines_of(meeting, timezone.now())
    assert max(line.late for line in lines) == 0
    running = day.current(lines)[0]
    assert abs(running.left - first.minutes * 60) < 30


def test_on_the_day_itself_the_clock_is_the_clock(meeting, secretary) -> None:
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts=now - timedelta(hours=1), ends=now + timedelta(hours=6)
    )
    meeting.refresh_from_db()
    actions.start(page(secretary), meeting, Meeting.State.RUNNING)
    meeting.refresh_from_db()
    assert meeting.ahead == 0


def test_a_late_day_is_planned_again_to_end_in_time(meeting, secretary, roads) -> None:
    actions.start(page(secretary), meeting, Meeting.State.RUNNING)
    meeting.refresh_from_db()
    stage = meeting.sessions.get(kind="presentations")
    left = timedelta(minutes=13)  # room for two of the three at most, seven minutes each
    trial = actions.catch_up(page(secretary), meeting, stage.ends - left - meeting.shift)
    placed = [i for i in talks(meeting) if i.start]
    assert placed
    assert all(i.start >= stage.ends - left and i.end <= stage.ends for i in placed)
    desk = AgendaItem.objects.get(kind="desk")
    assert {"item": desk.pk, "reason": "end"} in trial.left_out  # its session is over
    assert len(placed) + len(trial.left_out) == 4
    assert trial.adopted is not None
    with pytest.raises(PermissionDenied):
        actions.catch_up(page(roads), meeting)


def test_desks_of_one_time_begin_together(meeting, desk, secretary, roads) -> None:
    with pytest.raises(PermissionDenied):
        actions.begin_round(page(roads), desk.session, desk.start)
    assert actions.begin_round(page(secretary), desk.session, desk.start) == 1
    desk.refresh_from_db()
    assert (desk.state, desk.version) == (State.RUNNING, 3)
    with pytest.raises(ValidationError):
        actions.begin_round(page(secretary), desk.session, desk.start)


def test_a_desk_settled_on_the_day_is_done(meeting, desk, secretary, roads) -> None:
    actions.start(page(secretary), meeting, Meeting.State.RUNNING)
    actions.settle(page(roads), AgendaItem.objects.get(pk=desk.pk), desk.version, outcome())
    desk.refresh_from_db()
    assert desk.state == State.DONE
    assert desk.began is not None


def test_the_presenter_turns_the_pages_on_the_projector(
    meeting, roads, housing, secretary, client
) -> None:
    item = next(i for i in talks(meeting) if i.agency.name == "Dinas Pekerjaan Umum")
    with_slides(item, roads)
    with pytest.raises(ValidationError, match="tidak sedang"):
        actions.show_slide(page(roads), item, 1, 3)
    actions.begin(page(secretary), item, item.version)
    with pytest.raises(PermissionDenied):
        actions.show_slide(page(housing), item, 1, 3)
    with pytest.raises(ValidationError, match="tidak ada"):
        actions.show_slide(page(roads), item, 4, 3)
    client.force_login(roads)
    client.post(f"/rapat/acara/{item.pk}/paparan/tayang/", {"page": "2"})
    shown = client.get(f"/rapat/{meeting.pk}/layar/").content.decode()
    assert f"/rapat/acara/{item.pk}/paparan/2.png" in shown
    assert "halaman 2 dari 3" in client.get(f"/rapat/acara/{item.pk}/").content.decode()
    for _twice in range(2):
        picture = client.get(f"/rapat/acara/{item.pk}/paparan/2.png").content
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", picture[16:24]) == (1600, 900)
    data = picture[picture.index(b"IDAT") + 4 :]
    assert len(zlib.decompressobj().decompress(data)) == 900 * (1600 * 3 + 1)
    assert client.get(f"/rapat/acara/{item.pk}/paparan/9.png").status_code == 404


def test_the_projector_shows_what_touches_the_presenter(meeting, roads, secretary, client) -> None:
    item = next(i for i in talks(meeting) if i.agency.name == "Dinas Pekerjaan Umum")
    actions.begin(page(secretary), item, item.version)
    client.force_login(roads)
    assert "menyangkut pemapar" in client.get(f"/rapat/{meeting.pk}/layar/").content.decode()


def test_guests_see_the_order_but_not_the_projector(meeting, person, client) -> None:
    client.force_login(person("tamu", Role.GUEST))
    assert client.get(f"/rapat/{meeting.pk}/jalan/").status_code == 200
    assert client.get(f"/rapat/{meeting.pk}/layar/").status_code == 403
    assert client.get(f"/rapat/{meeting.pk}/layar/isi/").status_code == 403


def test_the_readers_next_turn_is_said(meeting, roads, client, secretary) -> None:
    now = timezone.now()
    stage = meeting.sessions.get(kind="presentations")
    item = next(i for i in talks(meeting) if i.agency.name == "Dinas Pekerjaan Umum")
    AgendaItem.objects.filter(pk=item.pk).update(start=now + timedelta(minutes=5))
    client.force_login(roads)
    text = client.get(f"/rapat/{meeting.pk}/jalan/").content.decode()
    assert "Giliran Anda berikutnya:</p>" not in text
    assert text.count("Giliran Anda berikutnya:") == 2  # the words for scripts, and the sentence
    client.force_login(secretary)
    assert client.get(f"/rapat/{meeting.pk}/jalan/").content.decode().count("Giliran Anda") == 1
    assert stage.pk
