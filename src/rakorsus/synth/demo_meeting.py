"""The demonstration's Rakorsus: sessions and groups of 15 March 2022 as the press recorded them,
planned from the demonstration's own findings. Guests are posts; no person is named."""

from __future__ import annotations

from datetime import datetime

from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Participant, Session
from rakorsus.stages.meeting.planning import Wishes
from rakorsus.stages.meeting.queries import agenda
from rakorsus.synth.makassar import meeting as facts

_CASES = 60
_TABLES = 8
_LIMIT = 60.0  # seconds; a busy machine shall plan the same day as an idle one
Kind = Session.Kind
Group = Participant.Group


def _at(hour: int, minute: int = 0) -> datetime:
    return facts.DAY.replace(hour=hour, minute=minute)


#: kind, start, end: the hours are the demonstration's, but for the evening's beginning
_HOURS = {
    "talk": (_at(8), _at(10)),
    "capacity": (_at(10), _at(12)),
    "desks": (_at(13), _at(17, 30)),
    "presentations": (_at(19), _at(21, 45)),
}

#: kind -> who is in charge and who moderates
_LED = {
    "talk": {"lead": "Wali Kota", "moderator": "Kepala Bagian Protokol"},
    "capacity": {"lead": "Kepala Badan Kepegawaian (contoh)", "moderator": "Kepala Bappeda"},
}

_POSTS: tuple[tuple[str, int, str, str], ...] = (
    (Group.LEADERSHIP, 100, "Wali Kota", "Pemerintah Kota Makassar"),
    (Group.LEADERSHIP, 101, "Wakil Wali Kota", "Pemerintah Kota Makassar"),
    (Group.LEADERSHIP, 102, "Sekretaris Daerah", "Pemerintah Kota Makassar"),
    (Group.FORKOPIMDA, 200, "Ketua DPRD", "DPRD Kota Makassar"),
    (Group.FORKOPIMDA, 201, "Kepala Kepolisian Resor Kota Besar", "Polrestabes Makassar"),
    (Group.FORKOPIMDA, 202, "Komandan Distrik Militer", "Kodim 1408/Makassar"),
    (Group.FORKOPIMDA, 203, "Kepala Kejaksaan Negeri", "Kejaksaan Negeri Makassar"),
    (Group.BANKS, 300, "Kepala Perwakilan", "Bank Indonesia Sulawesi Selatan"),
    (Group.RECTORS, 400, "Rektor", "Universitas (contoh)"),
    (Group.EXPERTS, 450, "Ketua Tim Ahli", "Pemerintah Kota Makassar"),
    (Group.PKK, 460, "Ketua", "TP PKK Kota Makassar"),
)  # fmt: skip


def hold() -> Meeting:
    """Make the meeting, invite, plan, adopt and publish its agenda."""
    coordinator = actors.of_user(User.objects.get(username="bappeda"), "cli")
    meeting = actions.create_meeting(
        coordinator, "Rakorsus Kota Makassar", usual=False, type=Meeting.Type.RAKORSUS,
        title=facts.TITLE, starts=_at(8), ends=_at(22), place=facts.PLACE,
        chair="Wali Kota", secretary="Kepala Bidang Pengendalian dan Evaluasi, Bappeda",
        note="Sesi dan kelompok undangan menurut pemberitaan; jam, meja, dan agenda adalah buatan "
        "peragaan. Paparan tahun itu berakhir pukul 01.50; di sini harus selesai pukul 22.00.",
    )  # fmt: skip
    room = actions.save_room(
        coordinator,
        meeting,
        name="Ruang utama",
        capacity=1000,
        tables=_TABLES,
        equipment="Proyektor, layar meja, pengeras suara",
        rows=7,
        seats=11,
    )
    for part in facts.SESSIONS:
        starts, ends = _HOURS[part.kind]
        actions.save_session(
            coordinator, meeting, None, kind=part.kind, title=part.title_id, starts=starts,
            ends=ends, note=part.note_id, room=room, **_LED.get(part.kind, {}),
        )  # fmt: skip
    plenary = actions.save_session(
        coordinator, meeting, None, kind=Kind.PLENARY, title="Pleno dan keputusan",
        starts=_at(21, 45), ends=_at(22), room=room, lead="Wali Kota",
        moderator="Sekretaris Daerah",
    )  # fmt: skip
    _fixed(coordinator, meeting, plenary)
    _guests(coordinator, meeting)
    _plan(coordinator, meeting)
    return meeting


def _fixed(coordinator: actors.Actor, meeting: Meeting, plenary: Session) -> None:
    by_kind = {session.kind: session for session in meeting.sessions.all()}
    entries = (
        (by_kind[Kind.TALK], AgendaItem.Kind.TALK, "Ceramah tamu tentang metaverse",
         _at(8, 30), 60),
        (by_kind[Kind.TALK], AgendaItem.Kind.SIGNING, "Penandatanganan nota kesepahaman",
         _at(9, 30), 20),
        (by_kind[Kind.CAPACITY], AgendaItem.Kind.TALK, "Materi peningkatan kapasitas",
         _at(10), 110),
        (by_kind[Kind.DESKS], AgendaItem.Kind.PRAYER, "Salat Asar", _at(15, 30), 30),
        (by_kind[Kind.PRESENTATIONS], AgendaItem.Kind.PRAYER, "Salat Isya", _at(19, 15), 15),
        (plenary, AgendaItem.Kind.PLENARY, "Keputusan dan penutup", _at(21, 45), 15),
    )  # fmt: skip
    for session, kind, title, start, minutes in entries:
        made = actions.add_entry(coordinator, session, kind=kind, title=title, start=start,
                                 minutes=minutes)  # fmt: skip
        if kind == AgendaItem.Kind.SIGNING:
            actions.set_signers(coordinator, made, [
                {"post": "Wali Kota", "institution": "Pemerintah Kota Makassar"},
                {"post": "Direktur Utama", "institution": "perusahaan teknologi (contoh)"},
            ])  # fmt: skip


def _guests(coordinator: actors.Actor, meeting: Meeting) -> None:
    actions.add_participants(
        coordinator, meeting,
        [{"group": g, "rank": r, "post": p, "institution": i} for g, r, p, i in _POSTS],
    )  # fmt: skip
    actions.invite_agencies(coordinator, meeting)


def _minutes(at: datetime) -> int:
    """Minutes after the midnight that begins the meeting's day."""
    return round((at - _at(0)).total_seconds() / 60)


def _plan(coordinator: actors.Actor, meeting: Meeting) -> None:
    by_kind = {session.kind: session for session in meeting.sessions.all()}
    actions.add_cases(coordinator, by_kind[Kind.DESKS], agenda.candidates(meeting, _CASES), 30)
    actions.add_presenters(coordinator, by_kind[Kind.PRESENTATIONS], agenda.presenters(), 3)
    then = Wishes(
        tables=_TABLES, grid=30, shortest=7, longest=7, limit=_LIMIT,
        end=_minutes(facts.EVENING[1]),
    )  # fmt: skip
    name = "Seperti malam 2022: tujuh menit, sampai 01.50"
    actions.try_agenda(coordinator, meeting, name, then)
    wishes = Wishes(tables=_TABLES, grid=30, shortest=2, longest=7, limit=_LIMIT)
    trial = actions.try_agenda(coordinator, meeting, "Selesai pukul 22.00", wishes)
    trial.asked["limit"] = Wishes().limit  # what is planned again on the day has seconds only
    trial.save(update_fields=["asked"])
    actions.adopt(coordinator, trial)
    actions.publish(coordinator, meeting)
