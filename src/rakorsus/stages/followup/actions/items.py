"""Items: noted by hand or taken from desks, the plenary and decisions; done, reopened, changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, User
from rakorsus.people.rules import require
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.followup.actions.checkpoints import follow
from rakorsus.stages.followup.models import ActionItem, Remark
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome, Resolution
from rakorsus.stages.meeting.queries.agenda import newest
from rakorsus.stages.register.models import Program

State = ActionItem.State
_CHANGED = ("text", "agency", "post", "person", "due")


@transaction.atomic
def note(
    actor: Actor,
    text: str,
    agency: Agency,
    post: str,
    due: date,
    *,
    person: User | None = None,
    decision: Decision | None = None,
    meeting: Meeting | None = None,
    programs: Iterable[Program] = (),
    origin: str | None = None,
) -> ActionItem:
    """Write down what is to be done, by which post of which agency, until when.

    Raises:
        ValidationError: text or post is missing.
    """
    require(actor, "followup.note")
    if not text.strip() or not post.strip():
        raise ValidationError(_("Tulis apa yang dikerjakan dan jabatan penanggung jawabnya."))
    made = ActionItem.objects.create(
        text=text.strip()[:2000], agency=agency, post=post.strip()[:200], due=due, person=person,
        decision=decision, meeting=meeting, origin=origin, noted_by=actor.user,
        noted_by_name=actor.name[:200],
    )  # fmt: skip
    made.programs.set(programs)
    follow(made)
    audit.record(
        actor, "followup.note", made, agency=agency.code, summary=made.text[:200],
        changes={"due": due.isoformat(), "origin": origin}, topic="followup.noted",
    )  # fmt: skip
    return made


@transaction.atomic
def amend(actor: Actor, item: ActionItem, seen: int, reason: str, **data: Any) -> ActionItem:
    """Another text, owner or date, with the reason; what it was stays in the remarks."""
    require(actor, "followup.change", item)
    fresh = locked(item, seen)
    if not reason.strip():
        raise ValidationError(_("Tulis alasan perubahan."))
    before = {name: str(getattr(fresh, name) or "") for name in _CHANGED}
    for name in _CHANGED:
        if name in data:
            setattr(fresh, name, data[name])
    if not fresh.text.strip() or not fresh.post.strip():
        raise ValidationError(_("Tulis apa yang dikerjakan dan jabatan penanggung jawabnya."))
    after = {name: str(getattr(fresh, name) or "") for name in _CHANGED}
    changes = {n: [before[n], after[n]] for n in _CHANGED if before[n] != after[n]}
    if not changes:
        raise ValidationError(_("Tidak ada yang berubah."))
    fresh.escalated = None if "due" in changes else fresh.escalated
    _save(fresh)
    _remark(actor, fresh, Remark.Kind.CHANGED, reason)
    kept = {n: change for n, change in changes.items() if n != "person"}
    audit.record(actor, "followup.amend", fresh, agency=fresh.agency.code,
                 summary=reason.strip()[:200], changes=kept)  # fmt: skip
    return fresh


@transaction.atomic
def complete(actor: Actor, item: ActionItem, seen: int, words: str) -> ActionItem:
    """Say that it is done: with at least one file of evidence and a sentence on what was done."""
    require(actor, "followup.report", item)
    fresh = locked(item, seen)
    if fresh.state != State.OPEN:
        raise ValidationError(_("Tindak lanjut ini sudah tidak terbuka."))
    if not words.strip():
        raise ValidationError(_("Tulis apa yang sudah dikerjakan."))
    if not fresh.evidence.exists():
        raise ValidationError(_("Unggah bukti lebih dahulu: foto, surat, atau berita acara."))
    fresh.state, fresh.done_at, fresh.done_by_name = State.DONE, timezone.now(), actor.name[:200]
    _save(fresh)
    _remark(actor, fresh, Remark.Kind.DONE, words)
    audit.record(
        actor, "followup.complete", fresh, agency=fresh.agency.code, summary=words.strip()[:200],
        changes={"state": [State.OPEN, State.DONE]}, topic="followup.completed",
    )  # fmt: skip
    return fresh


@transaction.atomic
def reopen(actor: Actor, item: ActionItem, seen: int, reason: str) -> ActionItem:
    """It is not done after all, or is needed again."""
    require(actor, "followup.change", item)
    fresh = locked(item, seen)
    if fresh.state == State.OPEN:
        raise ValidationError(_("Tindak lanjut ini masih terbuka."))
    if not reason.strip():
        raise ValidationError(_("Tulis mengapa dibuka lagi."))
    was = fresh.state
    fresh.state, fresh.done_at, fresh.done_by_name = State.OPEN, None, ""
    _save(fresh)
    _remark(actor, fresh, Remark.Kind.REOPENED, reason)
    audit.record(
        actor, "followup.reopen", fresh, agency=fresh.agency.code, summary=reason.strip()[:200],
        changes={"state": [was, State.OPEN]}, topic="followup.reopened",
    )  # fmt: skip
    return fresh


@transaction.atomic
def drop(actor: Actor, item: ActionItem, seen: int, reason: str) -> ActionItem:
    """It need not be done any more."""
    require(actor, "followup.change", item)
    fresh = locked(item, seen)
    if fresh.state != State.OPEN:
        raise ValidationError(_("Tindak lanjut ini sudah tidak terbuka."))
    if not reason.strip():
        raise ValidationError(_("Tulis mengapa tidak perlu lagi."))
    fresh.state = State.DROPPED
    _save(fresh)
    _remark(actor, fresh, Remark.Kind.CHANGED, reason)
    audit.record(
        actor, "followup.drop", fresh, agency=fresh.agency.code, summary=reason.strip()[:200],
        changes={"state": [State.OPEN, State.DROPPED]}, topic="followup.dropped",
    )  # fmt: skip
    return fresh


@transaction.atomic
def comment(actor: Actor, item: ActionItem, text: str) -> Remark:
    require(actor, "followup.comment", item)
    if not text.strip():
        raise ValidationError(_("Catatan masih kosong."))
    made = _remark(actor, item, Remark.Kind.COMMENT, text)
    audit.record(actor, "followup.comment", item, agency=item.agency.code)
    return made


@transaction.atomic
def from_desk(actor: Actor, desk: AgendaItem) -> ActionItem | None:
    """The item of a desk's newest outcome; a corrected outcome corrects the open item."""
    last: Outcome | None = newest(list(desk.outcomes.select_related("owner")))
    lines = list(desk.finding.programs.all()) if desk.finding else []
    origin, meeting = f"desk:{desk.pk}", desk.session.meeting
    if last is None or last.owner is None or last.due is None:
        _obsolete(actor, origin)
        return None
    return _put(actor, origin, last.text, last.owner, last.owner_post, last.due, meeting, lines)


@transaction.atomic
def from_resolution(actor: Actor, resolution: Resolution) -> ActionItem | None:
    """The item of a decision of the plenary that was adopted."""
    found = resolution
    if found.state != Resolution.State.ADOPTED or found.owner is None or found.due is None:
        return None
    lines = list(found.finding.programs.all()) if found.finding else []
    return _put(actor, f"resolution:{found.pk}", found.text, found.owner, found.owner_post,
                found.due, found.meeting, lines)  # fmt: skip


@transaction.atomic
def from_decision(actor: Actor, decision: Decision) -> ActionItem | None:
    """What a decision leaves to do: joined to the item of the desk or resolution it writes down,
    or an item of its own when it has an owner and a date. A replaced decision's open items go,
    wherever they came from."""
    origin = (
        f"desk:{decision.item_id}" if decision.outcome_id
        else f"resolution:{decision.resolution_id}" if decision.resolution_id
        else ""
    )  # fmt: skip
    if decision.replaces_id:
        _replaced(actor, decision.replaces_id, origin)
    item = ActionItem.objects.filter(origin=origin).first() if origin else None
    lines = Program.objects.filter(decided__decision=decision).distinct()
    if item is not None:
        item.decision = decision
        _save(item)
        item.programs.set({*item.programs.all(), *lines})
        follow(item)
        return item
    if decision.owner is None or decision.due is None:
        return None
    made = _put(actor, f"decision:{decision.pk}", decision.text, decision.owner,
                decision.owner_post, decision.due, decision.meeting, list(lines))  # fmt: skip
    ActionItem.objects.filter(pk=made.pk).update(decision=decision)
    made.refresh_from_db()
    return made


def locked(item: ActionItem, seen: int) -> ActionItem:
    """The item for writing, when it is still what was seen."""
    fresh = ActionItem.objects.select_for_update().get(pk=item.pk)
    if fresh.version != seen:
        raise ValidationError(_("Orang lain baru saja mengubahnya. Muat ulang halaman ini."))
    return fresh


def _put(
    actor: Actor,
    origin: str,
    text: str,
    agency: Agency,
    post: str,
    due: date,
    meeting: Meeting | None,
    lines: Iterable[Program],
) -> ActionItem:
    """The item of an origin: made once, corrected while it is open."""
    known = ActionItem.objects.select_for_update().filter(origin=origin).first()
    if known is None:
        return note(actor, text, agency, post, due, meeting=meeting, programs=lines, origin=origin)
    told = {"text": text[:2000], "agency": agency, "post": post[:200], "due": due}
    if known.state == State.DONE or all(getattr(known, n) == v for n, v in told.items()):
        return known
    if known.state == State.DROPPED:
        known = reopen(actor, known, known.version, _("Hasilnya diperbaiki."))
    return amend(actor, known, known.version, _("Hasilnya diperbaiki."), **told)


def _obsolete(actor: Actor, origin: str) -> None:
    """The open item of an origin is not needed any more."""
    known = ActionItem.objects.filter(origin=origin, state=State.OPEN).first()
    if known is not None:
        drop(actor, known, known.version, _("Hasil atau keputusannya diganti."))


def _replaced(actor: Actor, decision: int, kept: str) -> None:
    """The open items of a decision that is not in force any more, but the one that goes on."""
    for item in ActionItem.objects.filter(decision=decision, state=State.OPEN):
        if not kept or item.origin != kept:
            drop(actor, item, item.version, _("Hasil atau keputusannya diganti."))


def _save(item: ActionItem) -> None:
    item.version += 1
    item.save()


def _remark(actor: Actor, item: ActionItem, kind: str, text: str) -> Remark:
    return Remark.objects.create(
        item=item, kind=kind, text=text.strip()[:2000], by_name=actor.name[:200]
    )
