"""The demonstration's Pra-Rakorsus of 8 March 2022, held to its end a week before the Rakorsus: six
of eight desks decided, one brought to the plenary, one left for the Rakorsus; minutes signed, all
papers issued. All of it is made up, with posts and no persons; it shows what a closed meeting
leaves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import F

from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    Note,
    Outcome,
    Participant,
    Resolution,
    Session,
)
from rakorsus.stages.meeting.planning import Wishes
from rakorsus.stages.meeting.posts import head_of
from rakorsus.stages.meeting.queries import agenda
from rakorsus.synth import demo_papers
from rakorsus.synth.makassar import meeting as facts

SERIES: Final = "Rakorsus Kota Makassar"
_DAY: Final = facts.DAY.replace(day=8)
_DESKS: Final = 8
_ABSENT: Final = 5  # every fifth invitation
Kind = Session.Kind
#: What is said of a step that must end before the other's begins.
_IN_TURN: Final = (
    "{b} menyelesaikan pekerjaan yang mendahului lebih dahulu; {a} mulai sesudahnya. Masa kedua "
    "pekerjaan dipersingkat agar selesai tahun ini."
)


def _at(hour: int, minute: int = 0) -> datetime:
    return _DAY.replace(hour=hour, minute=minute)


#: kind of outcome, what was agreed, post in charge, days until it is due
_ENDS: Final[tuple[tuple[str, str, str, int], ...]] = (
    (Outcome.Kind.LEAD, "{a} memimpin dan menyusun satu jadwal bersama; {b} mendukung dengan "
     "paketnya sendiri.", "Kepala Bidang", 60),
    (Outcome.Kind.RETIME, "Pekerjaan {b} digeser sesudah pekerjaan {a} selesai; jadwal baru "
     "dikirim ke Bappeda.", "Sekretaris Dinas", 45),
    (Outcome.Kind.MERGE, "Menjadi satu paket pada {a}; anggaran di {b} dialihkan pada "
     "perubahan.", "Kepala Bidang", 90),
    (Outcome.Kind.SPLIT, "Di titik yang sama {a} tetap bekerja dan paket {b} pindah ke RW lain; "
     "satu daftar lokasi seluruh kelurahan menyusul.", "Kepala Bidang", 30),
    (Outcome.Kind.WAIVE, "Kedua pekerjaan tetap berjalan: ruas jalannya berbeda menurut gambar "
     "yang ditunjukkan di meja.", "", 0),
    (Outcome.Kind.RETIME, "Galian {b} dilaksanakan lebih dahulu, lalu {a} menutup permukaan jalan.",
     "Sekretaris Dinas", 76),
    (Outcome.Kind.ESCALATE, "Para pihak tidak sepakat siapa yang memimpin; mohon keputusan "
     "pimpinan.", "", 0),
)  # fmt: skip


def hold() -> Meeting:
    """Plan, invite, hold, sign and issue."""
    coordinator, secretary, leader = (
        actors.of_user(User.objects.get(username=name), "cli")
        for name in ("bappeda", "sekretariat", "pimpinan")
    )
    meeting = _planned(coordinator)
    demo_papers.issue(meeting, {"undangan": date(2022, 3, 1), "susunan-acara": date(2022, 3, 7)})
    _came(secretary, meeting)
    _desks(coordinator, meeting)
    _plenary(leader, meeting)
    _times(meeting)
    actions.sign(leader, meeting, "Sekretaris Daerah")
    Minutes.objects.filter(meeting=meeting).update(at=_at(15, 30))
    demo_papers.issue(meeting, {
        "daftar-hadir": date(2022, 3, 8), "notula": date(2022, 3, 8),
        "berita-acara": date(2022, 3, 8), "laporan": date(2022, 3, 10),
        "sk-penanggung-jawab": date(2022, 3, 11),
    })  # fmt: skip
    return meeting


def _planned(coordinator: actors.Actor) -> Meeting:
    meeting = actions.create_meeting(
        coordinator, SERIES, usual=False, type=Meeting.Type.PRE,
        title="Pra-Rakorsus Kota Makassar 2022", starts=_at(9), ends=_at(15),
        place="Ruang Sipakatau, Balai Kota Makassar", chair="Sekretaris Daerah",
        secretary="Kepala Bidang Pengendalian dan Evaluasi, Bappeda",
        note="Buatan peragaan, untuk menunjukkan apa yang ditinggalkan rapat yang selesai.",
    )  # fmt: skip
    room = actions.save_room(coordinator, meeting, name="Ruang Sipakatau", capacity=120, tables=4,
                             equipment="Proyektor, 4 layar meja, pengeras suara", rows=8,
                             seats=9)  # fmt: skip
    parts: tuple[tuple[str, str, datetime, datetime, dict[str, Any]], ...] = (
        (Kind.TALK, "Pembukaan dan arahan", _at(9), _at(9, 30), {"lead": "Sekretaris Daerah"}),
        (Kind.DESKS, "Meja sinkronisasi awal", _at(9, 30), _at(13), {}),
        (Kind.PLENARY, "Pleno", _at(14), _at(15),
         {"lead": "Sekretaris Daerah", "moderator": "Kepala Bappeda"}),
    )  # fmt: skip
    made = [
        actions.save_session(coordinator, meeting, None, kind=kind, title=title, starts=starts,
                             ends=ends, room=room, **more)
        for kind, title, starts, ends, more in parts
    ]  # fmt: skip
    for session, kind, title, start, minutes in (
        (made[0], AgendaItem.Kind.TALK, "Arahan Sekretaris Daerah", _at(9), 30),
        (made[1], AgendaItem.Kind.PRAYER, "Salat Zuhur", _at(12, 10), 30),
        (made[2], AgendaItem.Kind.PLENARY, "Keputusan dan penutup", _at(14), 60),
    ):
        actions.add_entry(coordinator, session, kind=kind, title=title, start=start,
                          minutes=minutes)  # fmt: skip
    actions.add_cases(coordinator, made[1], agenda.candidates(meeting, _DESKS), 20)
    wishes = Wishes(tables=4, grid=10, limit=60.0)
    actions.adopt(coordinator, actions.try_agenda(coordinator, meeting, "Pra-Rakorsus", wishes))
    actions.publish(coordinator, meeting)
    sides = {
        side.agency for item in agenda.items(meeting) if item.finding
        for side in item.finding.sides.all()
    }  # fmt: skip
    actions.add_participants(coordinator, meeting, [
        {"group": Participant.Group.LEADERSHIP, "rank": 102, "post": "Sekretaris Daerah",
         "institution": "Pemerintah Kota Makassar"},
        *({"group": Participant.Group.AGENCIES, "rank": 5000 + n, "post": head_of(office),
           "institution": office.name, "agency": office}
          for n, office in enumerate(sorted(sides, key=agenda.protocol_order))),
    ])  # fmt: skip
    return meeting


def _came(secretary: actors.Actor, meeting: Meeting) -> None:
    for number, guest in enumerate(meeting.participants.order_by("rank", "pk"), 1):
        if number % _ABSENT == 0:
            actions.reply_for(
                secretary, guest, "deputy", deputy_post=f"Sekretaris {guest.institution}",
                letter=f"094/{number:03d}/2022", deputy_name="",
            )  # fmt: skip
        elif number % _ABSENT == 3:
            actions.reply_for(secretary, guest, "absent")
            continue
        actions.check_in(secretary, guest, f"demo-{guest.pk}", Attendance.Mode.NAME)


def _desks(coordinator: actors.Actor, meeting: Meeting) -> None:
    desks = agenda.items(meeting).filter(kind=AgendaItem.Kind.DESK).exclude(start=None)
    for item, ended in zip(desks, _ENDS, strict=False):
        clash = item.finding is not None and item.finding.kind == Finding.Kind.CLASH
        # Works that clash are moved: neither who leads nor whose money it is keeps them apart.
        moved = clash and ended[0] in (Outcome.Kind.LEAD, Outcome.Kind.MERGE, Outcome.Kind.RETIME)
        dug = moved and item.finding is not None and item.finding.rule == "clash.dig_after_pave"
        kind, words, post, days = _ENDS[5] if dug else _ENDS[1] if moved else ended
        if item.finding is not None and item.finding.kind == Finding.Kind.ORDER:
            kind, words = Outcome.Kind.RETIME, _IN_TURN
        actions.begin(coordinator, item, item.version)
        item.refresh_from_db()
        sides = [side.agency for side in item.finding.sides.all()] if item.finding else []
        names = {"a": sides[0].name, "b": sides[1].name}
        actions.note(coordinator, item, Note.Field.DISCUSSION,
                     f"{names['a']} dan {names['b']} mencocokkan lokasi, volume, dan jadwal pada "
                     "layar meja.", 0)  # fmt: skip
        actions.settle(coordinator, item, item.version, {
            "kind": kind, "text": words.format(**names), "owner": sides[0] if post else None,
            "owner_post": post, "due": _DAY.date() + timedelta(days=days) if days else None,
        })  # fmt: skip


def _plenary(leader: actors.Actor, meeting: Meeting) -> None:
    matter = Resolution.objects.filter(meeting=meeting).first()
    if matter is None or matter.finding is None:
        return
    sides = [side.agency for side in matter.finding.sides.select_related("agency")]
    office, clash = sides[0], matter.finding.kind == Finding.Kind.CLASH
    words = (
        f"Pekerjaan kedua pihak dipisahkan waktunya; {office.name} memimpin dan jadwal baru "
        "dikirim ke Bappeda."
        if clash
        else f"{office.name} memimpin; pihak lain menyerahkan data teknis paling lambat sepekan "
        "sebelum tenggat."
    )
    actions.decide(leader, matter, True, matter.version, {
        "text": words,
        "owner": office, "owner_post": "Kepala Dinas", "due": date(2022, 4, 29),
    })  # fmt: skip


def _times(meeting: Meeting) -> None:
    """The hours of that day instead of the hour at which the demonstration was made."""
    items = AgendaItem.objects.filter(session__meeting=meeting)
    for item in items.exclude(start=None):
        ran = item.began is not None or item.kind != AgendaItem.Kind.DESK
        item.began = item.start if ran else None
        item.ended = item.end if ran else None
        item.state = AgendaItem.State.DONE if ran else item.state
        item.save(update_fields=["began", "ended", "state"])
    Attendance.objects.filter(participant__meeting=meeting).update(
        at=_at(8, 40), mode=Attendance.Mode.CODE
    )
    Outcome.objects.filter(item__session__meeting=meeting).update(at=_at(12))
    Note.objects.filter(item__session__meeting=meeting).update(at=_at(12))
    meeting.resolutions.update(at=_at(12), decided=_at(14, 40))
    meeting.participants.update(invited=_at(8) - timedelta(days=7), replied=_at(8))
    Meeting.objects.filter(pk=meeting.pk).update(pulse=F("pulse") + 1)
