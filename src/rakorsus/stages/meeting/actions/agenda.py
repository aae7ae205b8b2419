"""Planning: what goes on the agenda, trial agendas, adopting and publishing one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from textwrap import shorten
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries import announced
from rakorsus.stages.meeting import planning
from rakorsus.stages.meeting.actions.guard import beat, changed, guarded, locked, unsigned
from rakorsus.stages.meeting.models import (
    AgendaItem,
    AgendaVersion,
    Availability,
    Meeting,
    Session,
    Trial,
)
from rakorsus.stages.meeting.queries import agenda

State = AgendaItem.State


@transaction.atomic
def add_cases(actor: Actor, session: Session, findings: Iterable[Finding], minutes: int) -> int:
    """Put findings on the agenda of a session of desks; twice as long for three sides or more.
    Returns how many were new."""
    require(actor, "meeting.plan")
    unsigned(session.meeting_id)
    if session.kind != Session.Kind.DESKS:
        raise ValidationError(_("Temuan hanya dapat masuk ke sesi meja sinkronisasi."))
    known = set(session.items.exclude(finding=None).values_list("finding_id", flat=True))
    findings = list(findings)
    titles = announced(findings)
    made = [
        AgendaItem(
            session=session, kind=AgendaItem.Kind.DESK, finding=finding,
            title=shorten(titles[finding.pk], 300, placeholder=" …"),
            minutes=minutes if len(finding.sides.all()) < 3 else 2 * minutes,
            position=-planning.weight(finding) + 10_000,
        )
        for finding in findings
        if finding.pk not in known
    ]  # fmt: skip
    AgendaItem.objects.bulk_create(made)
    audit.record(actor, "meeting.add_cases", session.meeting, summary=f"{len(made)} temuan")
    beat(session.meeting_id)
    return len(made)


@transaction.atomic
def add_presenters(actor: Actor, session: Session, agencies: Iterable[Agency], minutes: int) -> int:
    """Put agencies on a session of presentations, in the order of groups and codes."""
    require(actor, "meeting.plan")
    unsigned(session.meeting_id)
    if session.kind != Session.Kind.PRESENTATIONS:
        raise ValidationError(_("Paparan hanya dapat masuk ke sesi paparan."))
    known = set(session.items.values_list("agency_id", flat=True))
    made = [
        AgendaItem(
            session=session, kind=AgendaItem.Kind.PRESENTATION, agency=agency, minutes=minutes,
            title=agency.name[:300], position=number,
        )
        for number, agency in enumerate(sorted(agencies, key=agenda.protocol_order), 1)
        if agency.pk not in known
    ]  # fmt: skip
    AgendaItem.objects.bulk_create(made)
    audit.record(actor, "meeting.add_presenters", session.meeting, summary=f"{len(made)} paparan")
    beat(session.meeting_id)
    return len(made)


@transaction.atomic
def mark(actor: Actor, item: AgendaItem, name: str, value: bool, seen: int | None = None) -> None:
    """Pin or release an entry (`pinned`), or note that the leadership wants it (`wanted`)."""
    require(actor, "meeting.plan")
    unsigned(item.session.meeting_id)
    fresh = locked(item, seen)
    if name not in ("pinned", "wanted"):
        raise ValidationError(_("Tidak dikenal."))
    if name == "pinned" and value and fresh.start is None:
        raise ValidationError(_("Beri waktu dahulu, baru dikunci."))
    setattr(fresh, name, value)
    changed(fresh, name)
    audit.record(actor, f"meeting.{name}", fresh, changes={name: [not value, value]})


def move(actor: Actor, item: AgendaItem, start: datetime, seen: int) -> None:
    """Give an entry another time and keep it there; the rest follows at the next trial."""
    with guarded(actor, "meeting.move", item):
        _moved(actor, item, start, seen)


def _moved(actor: Actor, item: AgendaItem, start: datetime, seen: int) -> None:
    require(actor, "meeting.plan")
    unsigned(item.session.meeting_id)
    fresh = locked(item, seen)
    session = fresh.session
    if not session.starts <= start < session.ends:
        raise ValidationError(_("Waktunya harus di dalam sesi."))
    before, fresh.start, fresh.pinned = fresh.start, start, True
    changed(fresh, "start", "pinned")
    audit.record(
        actor, "meeting.move", fresh,
        changes={"start": [before.isoformat() if before else None, start.isoformat()]},
    )  # fmt: skip


def drag(actor: Actor, item: AgendaItem, start: datetime, seen: int) -> Trial:
    """Give an entry another time, keep it there, and plan the rest again with the least change.

    Raises:
        ValidationError: somebody was faster, the time lies outside of the session, or it clashes
            with what is pinned; then nothing has changed.
    """
    meeting = item.session.meeting
    clash = _("Tidak dapat di sana: bertentangan dengan acara lain yang dikunci.")
    require(actor, "meeting.plan")
    try:
        answer = planning.solve(meeting, _last_wishes(meeting), keep=True, pins={item.pk: start})
    except ValueError:
        answer = None
    with guarded(actor, "meeting.drag", item):
        _moved(actor, item, start, seen)
        if answer is None or all(row["item"] != item.pk for row in answer.placed):
            raise ValidationError(clash)
        trial = _adopted(actor, meeting, _("Geser: %s") % item.title[:80], answer)
        audit.record(actor, "meeting.drag", item,
                     changes={"moved": trial.moved, "left_out": len(trial.left_out)})  # fmt: skip
        return trial


@transaction.atomic
def remove_item(actor: Actor, item: AgendaItem) -> None:
    """Take an entry off the agenda before it has begun."""
    require(actor, "meeting.plan")
    unsigned(item.session.meeting_id)
    fresh = locked(item, None)
    if fresh.state != State.WAITING or fresh.outcomes.exists():
        raise ValidationError(_("Acara ini sudah berjalan; tidak dapat dihapus."))
    audit.record(actor, "meeting.remove_item", fresh.session.meeting, summary=fresh.title[:200])
    beat(fresh.session.meeting_id)
    fresh.delete()


def try_agenda(
    actor: Actor, meeting: Meeting, name: str, wishes: planning.Wishes, *, keep: bool = False
) -> Trial:
    """Ask the solver for a trial agenda and keep it for comparison.

    Raises:
        ValidationError: what is pinned contradicts itself.
    """
    require(actor, "meeting.plan")
    try:
        answer = planning.solve(meeting, wishes, keep=keep)
    except ValueError as error:
        raise ValidationError(
            _("Acara yang dikunci saling bertentangan; lepaskan salah satu kuncinya.")
        ) from error
    return _kept(actor, meeting, name, wishes, answer)


@transaction.atomic
def _kept(
    actor: Actor, meeting: Meeting, name: str, wishes: planning.Wishes, answer: planning.Answer
) -> Trial:
    trial = Trial.objects.create(
        meeting=meeting, name=name.strip() or _("Percobaan"), by_name=actor.name,
        asked=wishes.as_json(), placed=answer.placed, left_out=answer.left_out,
        objective=answer.objective, bound=answer.bound, seconds=round(answer.seconds, 3),
        moved=answer.moved, cost=answer.cost,
    )  # fmt: skip
    audit.record(actor, "meeting.trial", meeting, summary=trial.name,
                 changes={"placed": len(answer.placed), "left_out": len(answer.left_out),
                          "objective": answer.objective, "bound": answer.bound})  # fmt: skip
    return trial


@transaction.atomic
def adopt(actor: Actor, trial: Trial) -> None:
    """Make a trial the agenda. Entries that have begun stay as they are."""
    require(actor, "meeting.plan")
    meeting = trial.meeting
    unsigned(meeting.pk)
    _apply(meeting, trial.placed, trial.left_out)
    trial.adopted = timezone.now()
    trial.save(update_fields=["adopted"])
    audit.record(actor, "meeting.adopt", meeting, summary=trial.name)


def _apply(meeting: Meeting, placed: list[dict[str, int]], left_out: list[dict[str, Any]]) -> None:
    known = {
        item.pk: item
        for item in AgendaItem.objects.select_for_update()
        .filter(session__meeting=meeting, kind__in=planning.MOVABLE, state=State.WAITING)
        .select_related("session")
    }
    fields = ["start", "minutes", "table", "session_id"]
    wanted = {
        row["item"]: [planning.clock(meeting, row["start"]), row["minutes"], row["table"],
                      row["session"]]
        for row in placed
    } | {row["item"]: None for row in left_out}  # fmt: skip
    new = []
    for item in known.values():
        values = wanted.get(item.pk, [getattr(item, name) for name in fields])
        values = values or [None, item.minutes, 0, item.session_id]
        if values != [getattr(item, name) for name in fields]:
            for name, value in zip(fields, values, strict=True):
                setattr(item, name, value)
            item.version += 1
            new.append(item)
    AgendaItem.objects.bulk_update(new, [*fields[:3], "session", "version"])
    beat(meeting.pk)


def without(
    actor: Actor, meeting: Meeting, agency: Agency, now: datetime | None = None
) -> tuple[Trial, int]:
    """An agency does not come: plan what has not begun again with the fewest moves, and adopt it.
    Later plans leave the agency out as well, until it has `returned`.

    Returns the adopted trial and how many entries moved.
    """
    require(actor, "meeting.run")
    unsigned(meeting.pk)
    clash = _("Acara yang dikunci memerlukan %s; lepaskan kuncinya dahulu.") % agency
    trial = _again(actor, meeting, _("Tanpa %s") % agency, now, clash, away=[agency.code])
    with transaction.atomic():
        Availability.objects.get_or_create(
            meeting=meeting, agency=agency, begins=None, ends=None, most=None
        )
        audit.record(actor, "meeting.without", meeting, agency=agency.code, summary=str(agency),
                     changes={"moved": trial.moved, "left_out": len(trial.left_out)})  # fmt: skip
    return trial, trial.moved


def returned(actor: Actor, meeting: Meeting, agency: Agency, now: datetime | None = None) -> Trial:
    """An agency that was said not to come is there after all: plan what has not begun again, with
    the least change, and with its entries where they fit."""
    require(actor, "meeting.run")
    unsigned(meeting.pk)
    with transaction.atomic():
        gone, _by_model = meeting.availabilities.filter(
            agency=agency, begins=None, ends=None, most=None
        ).delete()
        if not gone:
            raise ValidationError(_("Keadaannya sudah berubah. Muat ulang halaman ini."))
        audit.record(actor, "meeting.returned", meeting, agency=agency.code, summary=str(agency))
    clash = _("Acara yang dikunci saling bertentangan; lepaskan salah satu kuncinya.")
    return _again(actor, meeting, _("Dengan %s") % agency, now, clash)


def catch_up(actor: Actor, meeting: Meeting, now: datetime | None = None) -> Trial:
    """The day runs late: plan what has not begun again from this moment, with the fewest moves, so
    that it ends in time; what cannot fit any more is left out."""
    require(actor, "meeting.run")
    unsigned(meeting.pk)
    clash = _("Acara yang dikunci saling bertentangan; lepaskan salah satu kuncinya.")
    trial = _again(actor, meeting, _("Mengejar waktu"), now, clash)
    with transaction.atomic():
        audit.record(actor, "meeting.catch_up", meeting,
                     changes={"moved": trial.moved, "left_out": len(trial.left_out)})  # fmt: skip
    return trial


def _again(
    actor: Actor, meeting: Meeting, name: str, now: datetime | None, clash: str,
    away: Iterable[str] = (),
) -> Trial:  # fmt: skip
    """Plan what is left of the day with the least change, and adopt it."""
    running = meeting.state == Meeting.State.RUNNING
    begun = now + meeting.shift if now and running else None
    try:
        answer = planning.solve(
            meeting, _last_wishes(meeting), away=list(away), keep=True, now=begun
        )
    except ValueError as error:
        raise ValidationError(clash) from error
    return _adopted(actor, meeting, name, answer)


def _last_wishes(meeting: Meeting) -> planning.Wishes:
    """Those of the agenda in use."""
    last = meeting.trials.exclude(adopted=None).order_by("-adopted").first()
    return planning.Wishes(**last.asked) if last else planning.Wishes()


@transaction.atomic
def _adopted(actor: Actor, meeting: Meeting, name: str, answer: planning.Answer) -> Trial:
    """Keep an answer and use it at once."""
    unsigned(meeting.pk)
    trial = _kept(actor, meeting, name, _last_wishes(meeting), answer)
    _apply(meeting, trial.placed, trial.left_out)
    trial.adopted = timezone.now()
    trial.save(update_fields=["adopted"])
    return trial


@transaction.atomic
def publish(actor: Actor, meeting: Meeting) -> AgendaVersion:
    """Freeze the agenda as its next version; nothing is frozen twice."""
    require(actor, "meeting.plan")
    rows = agenda.frozen(meeting)
    if not rows:
        raise ValidationError(_("Belum ada acara yang punya waktu."))
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    last = meeting.versions.first()
    if last and last.digest == digest:
        raise ValidationError(_("Tidak ada yang berubah sejak versi %d.") % last.number)
    version = AgendaVersion.objects.create(
        meeting=meeting, number=last.number + 1 if last else 1, by_name=actor.name,
        rows=rows, digest=digest,
    )  # fmt: skip
    if meeting.state == Meeting.State.DRAFT:
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PUBLISHED)
    audit.record(actor, "meeting.publish", meeting, summary=f"versi {version.number}",
                 changes={"digest": digest}, topic="meeting.published")  # fmt: skip
    beat(meeting.pk)
    return version
