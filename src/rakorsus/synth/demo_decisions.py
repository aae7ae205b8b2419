"""What the Pra-Rakorsus of 8 March 2022 decided in the demonstration, as changes of the register,
and what follows: some done, some late. All of it is made up and says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from rakorsus.documents import render
from rakorsus.documents.content import Frame, Paper, Paragraph, Title, data_of
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, User
from rakorsus.stages.decisions import actions as deciding
from rakorsus.stages.decisions import composing
from rakorsus.stages.decisions.actions import Draft
from rakorsus.stages.decisions.composing import Step
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.proposing import decidable, kind_of, propose
from rakorsus.stages.findings.actions import recheck
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.followup import actions as following
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Resolution
from rakorsus.stages.meeting.queries.agenda import newest
from rakorsus.stages.register.models import Program

_TODAY: Final = date(2022, 3, 14)
_SYSTEM: Final = actors.system("cli")
#: agency, what was to be done, due, day on which it was done; of the rest of the quarter
_KEPT: Final = tuple(
    (short, text, date(2022, 2, day), date(2022, 2, day - early) if early is not None else None)
    for short in ("Dinas PU", "Disdik", "Dinkes", "Disperkim", "Dinsos", "Dispar")
    for text, day, early in (
        ("Kirim daftar program strategis 2022.", 4, 1),
        ("Cocokkan pagu DPA dengan RUP.", 11, 0),
        ("Lengkapi penanggung jawab tiap program strategis.", 16, 2),
        ("Sampaikan rencana pemilihan triwulan I.", 18, -3 if short == "Dinas PU" else 0),
        ("Isi lokasi paket sampai kelurahan.", 25, None if short in ("Dinas PU", "Disdik") else 3),
    )
)
#: agency, what was to be done, due: from a month before, so that something is late
_EARLIER: Final = (
    ("PDAM", "Serahkan jadwal galian pipa triwulan II per ruas jalan.", date(2022, 3, 2)),
    ("Dinas PU", "Lengkapi lokasi paket drainase tersebar sampai tingkat RW.", date(2022, 3, 4)),
    ("Disdik", "Kirim daftar sekolah penerima rehabilitasi dengan alamat lengkap.",
     date(2022, 3, 10)),
    ("Dinkes", "Cocokkan jadwal rehabilitasi puskesmas dengan Dinas PU.", date(2022, 3, 16)),
)  # fmt: skip


def decide(meeting: Meeting) -> None:
    """Decisions from its desks and its plenary, and what is to be done."""
    users = {user.username: user for user in User.objects.all()}
    coordinator = actors.of_user(users["bappeda"], "cli")
    _by_hand(actors.of_user(users["sekretariat"], "cli"))
    _kept(actors.of_user(users["sekretariat"], "cli"), coordinator)
    desks = AgendaItem.objects.filter(session__meeting=meeting, kind=AgendaItem.Kind.DESK)
    when = _hour(meeting, 13)
    for desk in desks.select_related("session__meeting", "finding").order_by("start", "id"):
        outcome = newest(list(desk.outcomes.select_related("owner")))
        following.from_desk(_SYSTEM, desk)
        if outcome and decidable(outcome) and desk.finding:
            kind = kind_of(desk.finding, outcome)
            draft = _draft(kind, desk.finding, outcome.text)
            _take(coordinator, draft | {"item": desk, "outcome": outcome}, when)
    adopted = meeting.resolutions.filter(state=Resolution.State.ADOPTED).exclude(finding=None)
    for resolution in adopted.select_related("finding", "owner"):
        following.from_resolution(_SYSTEM, resolution)
        clash = resolution.finding.kind == Finding.Kind.CLASH
        kind = Decision.Kind.RETIME if clash else Decision.Kind.LEAD
        draft = _draft(kind, resolution.finding, resolution.text)
        _take(coordinator, draft | {"resolution": resolution}, when)
    _prove(coordinator)
    _waiting(coordinator, meeting)
    following.remind(_SYSTEM, _TODAY)
    following.weekly_letter(coordinator, _TODAY)


def _hour(meeting: Meeting, hour: int) -> datetime:
    return meeting.starts + timedelta(hours=hour - 9)


def _draft(kind: str, finding: Finding, text: str) -> dict[str, object]:
    lines = list(finding.programs.filter(removed=False).select_related("agency").order_by("key"))
    return {
        "kind": kind, "title": _title(finding), "text": f"{text} (contoh)",
        "steps": _steps(kind, finding, lines), "finding": finding, "year": 2022,
    }  # fmt: skip


def _take(coordinator: actors.Actor, said: dict[str, object], when: datetime) -> None:
    """Taken when the register allows it: two desks may have been about one line."""
    source = said.get("outcome") or said["resolution"]
    owned = {name: getattr(source, name) for name in ("owner", "owner_post", "due")}
    try:
        with transaction.atomic():
            draft = deciding.draft(coordinator, Draft(**said, **owned))  # type: ignore[arg-type]
    except ValidationError:
        return
    looked = deciding.look_ahead(coordinator, draft)
    taken = deciding.take(coordinator, looked, looked.version)
    Decision.objects.filter(pk=taken.pk).update(decided_at=when, at=when)
    run = recheck(_SYSTEM, set(taken.changes.values_list("key", flat=True)))
    deciding.judge(_SYSTEM, run.pk)
    following.from_decision(_SYSTEM, taken)


def _title(finding: Finding) -> str:
    villages = finding.evidence.get("villages") or ()
    place = f": {finding.place}" if finding.place else ""
    where = f" di {len(villages)} kelurahan" if len(villages) > 1 else place
    return f"{finding.get_kind_display()}{where}"[:250]


def _steps(kind: str, finding: Finding, lines: Sequence[Program]) -> list[Step]:
    if len(lines) < 2:
        return []
    first = propose(kind, finding, lines)
    by_key = {line.key: line for line in lines}
    keep = by_key[first.keep]
    others = [line for line in lines if line.key != first.keep]
    if kind == Decision.Kind.RETIME:
        return composing.retime(first.dates or _squeezed(lines, finding.evidence.get("first", "")))
    if kind == Decision.Kind.MERGE:
        return composing.merge(keep, others)
    if kind == Decision.Kind.SPLIT:
        return _apart(finding, lines)
    return composing.lead(keep, others, f"Kepala {keep.agency}", str(keep.agency))


def _apart(finding: Finding, lines: Sequence[Program]) -> list[Step]:
    """Where two agencies name one RW, the second's package goes to the next one."""
    first: dict[tuple[str, str], str] = {}
    by_key, steps = {line.key: line for line in lines}, []
    for place in finding.evidence["places"]:
        line = by_key.get(place["key"])
        for ward in place["rw"] if line and place["region"] else ():
            there = first.setdefault((place["region"], ward), str(line.agency))
            if there != str(line.agency):
                moved = re.compile(rf"\bRW\.? ?0*{int(ward)}\b", re.I)
                to = f"RW {int(ward) + 1:02d}"
                steps += [
                    Step(line.key, "title", moved.sub(to, line.title)),
                    Step(line.key, "places", [moved.sub(to, text) for text in line.places or []]),
                ]
    return steps


def _squeezed(lines: Sequence[Program], leads: str) -> dict[str, tuple[date, date]]:
    """One after the other between next week and the year's close, each shortened alike: what a desk
    agrees on when the year has no room for the works as they are planned."""
    ordered = sorted(
        ((line.key == leads, line.key, (line.ends - line.begins).days + 1) for line in lines
         if line.begins and line.ends), reverse=True,
    )  # fmt: skip
    first, last = _TODAY + timedelta(days=7), date(_TODAY.year, 12, 20)
    room, whole = (last - first).days, sum(days for *_, days in ordered)
    dates = {}
    for _leads, key, days in ordered:
        length = min(days, days * room // whole)
        dates[key] = (first, first + timedelta(days=length - 1))
        first += timedelta(days=length)
    return dates


def _prove(coordinator: actors.Actor) -> None:
    """One item done, with a paper that says that it is an example."""
    item = ActionItem.objects.filter(
        agency__short="Disdik", decision=None, text__startswith="Kirim daftar sekolah"
    ).first()
    if item is None:
        return
    content = _example("Bukti", "Daftar sekolah penerima rehabilitasi")
    file = SimpleUploadedFile("daftar sekolah (contoh).pdf", content, "application/pdf")
    following.add_evidence(coordinator, item, file)
    following.complete(coordinator, item, item.version, "Daftar sudah dikirim (contoh).")


def _waiting(coordinator: actors.Actor, meeting: Meeting) -> None:
    """One draft that waits for the leadership."""
    rows = Program.objects.filter(
        removed=False, level=Program.Level.PAKET, status=Program.Status.PLANNED, holds=None,
        agency__short="Dinas PU", title__icontains="drainase",
    )  # fmt: skip
    lines = list(rows.select_related("agency").defer("search").order_by("-budget", "key")[:2])
    if len(lines) < 2:
        return
    draft = deciding.draft(coordinator, Draft(
        Decision.Kind.MOVE_MONEY, "Geser pagu antarpaket drainase Dinas PU (contoh)",
        "Rp250 juta digeser; menunggu pimpinan. (contoh)",
        composing.move_money(lines[0], lines[1], 250_000_000), meeting=meeting, year=2022,
    ))  # fmt: skip
    deciding.look_ahead(coordinator, draft)


def _kept(secretary: actors.Actor, coordinator: actors.Actor) -> None:
    """Items of February, most of them done in time, with the days on which they were."""
    file = _example("Bukti", "Buktinya")
    for short, text, due, done in _KEPT:
        agency = Agency.objects.filter(short=short).first()
        if agency is None:
            continue
        item = following.note(secretary, f"{text} (contoh)", agency, f"Kepala {agency.name}", due)
        if done:
            upload = SimpleUploadedFile("bukti (contoh).pdf", file, "application/pdf")
            following.add_evidence(coordinator, item, upload)
            item.refresh_from_db()
            following.complete(coordinator, item, item.version, "Sudah dikirim (contoh).")
            at = datetime.combine(done, time(15), timezone.get_current_timezone())
            ActionItem.objects.filter(pk=item.pk).update(done_at=at)


def _example(title: str, what: str) -> bytes:
    """A paper that says that it is an example."""
    paper = Paper(
        Frame(), f"{title} (contoh)",
        (Title((what, "(contoh peragaan)")),
         Paragraph("Berkas ini buatan peragaan dan bukan naskah yang ada.")),
        letterhead=False,
    )  # fmt: skip
    return render.pdf(data_of(paper))


def _by_hand(secretary: actors.Actor) -> None:
    """Items that the secretariat wrote down a month before."""
    for short, text, due in _EARLIER:
        agency = Agency.objects.filter(short=short).first()
        if agency:
            following.note(secretary, f"{text} (contoh)", agency, f"Kepala {agency.name}", due)
