"""How desks end, what the plenary decides, and its votes."""

from __future__ import annotations

from datetime import date
from textwrap import shorten
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Membership
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import beat, changed, guarded, locked, unsigned
from rakorsus.stages.meeting.models import AgendaItem, Ballot, Meeting, Outcome, Resolution
from rakorsus.stages.meeting.queries.deciding import mandates

State = Resolution.State
#: Outcomes that leave something to do, which needs somebody who does it and a date.
_TO_DO = (Outcome.Kind.MERGE, Outcome.Kind.SPLIT, Outcome.Kind.RETIME, Outcome.Kind.LEAD)


def settle(actor: Actor, item: AgendaItem, seen: int, data: dict[str, Any]) -> Outcome:
    """Write down how a desk ended. What is to be done has an owner with a post and a date; waiving
    has a reason. A correction is the next outcome; the earlier ones stay.

    Args:
        seen: the item's version that the writer saw; when somebody decided it meanwhile, refused.
    """
    with guarded(actor, "meeting.settle", item):
        require(actor, "meeting.settle", item)
        unsigned(item.session.meeting_id)
        fresh = AgendaItem.objects.select_for_update(of=("self",))
        fresh = fresh.select_related("session__meeting").get(pk=item.pk)
        if fresh.version != seen:
            last = fresh.outcomes.first()
            if last is None:
                locked(item, seen)
            else:
                raise ValidationError(
                    _("Perkara ini baru saja diputuskan oleh %(by)s: %(kind)s. Muat ulang dahulu.")
                    % {"by": last.by_name, "kind": last.get_kind_display().lower()}
                )
        _complete(data)
        last = fresh.outcomes.first()
        made = Outcome.objects.create(
            item=fresh, number=last.number + 1 if last else 1, by_name=actor.name, **data
        )
        _ended(fresh)
        changed(fresh, "state", "began", "ended")
        audit.record(
            actor, "meeting.settle", fresh, agency=made.owner.code if made.owner else "",
            summary=made.text[:200], topic="meeting.settled",
            changes={"kind": made.kind, "number": made.number, "finding": fresh.finding_id},
        )  # fmt: skip
        if made.kind == Outcome.Kind.ESCALATE and fresh.finding_id:
            _escalated(actor, fresh, made)
        return made


def _ended(item: AgendaItem) -> None:
    """A desk with a result is done; on the day also one whose beginning nobody noted."""
    running = item.session.meeting.state == Meeting.State.RUNNING
    if item.state == AgendaItem.State.RUNNING or (
        running and item.state == AgendaItem.State.WAITING
    ):
        now = timezone.now()
        item.state, item.began, item.ended = AgendaItem.State.DONE, item.began or now, now


def _complete(data: dict[str, Any]) -> None:
    if not data.get("text", "").strip():
        raise ValidationError(_("Tulis kesepakatan atau alasannya."))
    if data["kind"] not in Outcome.Kind.values:
        raise ValidationError(_("Pilih hasilnya."))
    if data["kind"] in _TO_DO:
        _owned(data)


def _owned(data: dict[str, Any]) -> None:
    due: date | None = data.get("due")
    if not data.get("owner") or not data.get("owner_post", "").strip() or due is None:
        raise ValidationError(
            _("Tulis penanggung jawab (perangkat daerah dan jabatan) dan tenggatnya.")
        )


def _escalated(actor: Actor, item: AgendaItem, outcome: Outcome) -> None:
    meeting = item.session.meeting
    if not meeting.resolutions.filter(finding=item.finding).exists():
        Resolution.objects.create(
            meeting=meeting, finding=item.finding, text=outcome.text, by_name=actor.name,
            title=shorten(item.title, 250, placeholder=" …"),
        )  # fmt: skip


def resolve(actor: Actor, meeting: Meeting, data: dict[str, Any]) -> Resolution:
    """Put a decision before the plenary."""
    with guarded(actor, "meeting.resolve", meeting):
        require(actor, "meeting.resolve")
        unsigned(meeting.pk)
        made = Resolution.objects.create(meeting=meeting, by_name=actor.name, **data)
        audit.record(actor, "meeting.resolve", meeting, summary=made.title[:200])
        beat(meeting.pk)
        return made


def decide(
    actor: Actor, resolution: Resolution, adopted: bool, seen: int, data: dict[str, Any]
) -> None:
    """The leadership decides without a vote."""
    with guarded(actor, "meeting.decide", resolution):
        require(actor, "meeting.decide")
        fresh = _fresh(resolution, (State.PROPOSED,), seen)
        for name, value in data.items():
            setattr(fresh, name, value)
        if adopted:
            _owned({"owner": fresh.owner, "owner_post": fresh.owner_post, "due": fresh.due})
        _end(actor, fresh, adopted)


def open_vote(actor: Actor, resolution: Resolution) -> None:
    """Ask the leadership for its votes."""
    with guarded(actor, "meeting.open_vote", resolution):
        require(actor, "meeting.resolve")
        fresh = _fresh(resolution, (State.PROPOSED,))
        fresh.state = State.VOTING
        fresh.version += 1
        fresh.save(update_fields=["state", "version"])
        audit.record(actor, "meeting.open_vote", fresh)
        beat(fresh.meeting_id)


def vote(actor: Actor, resolution: Resolution, mandate: Membership, choice: str) -> Ballot:
    """One vote of one mandate that the actor holds, as its owner or by letter."""
    with guarded(actor, "meeting.vote", resolution):
        require(actor, "meeting.decide")
        fresh = _fresh(resolution, (State.VOTING,))
        if not mandates(actor).filter(pk=mandate.pk).exists():
            raise PermissionDenied("meeting.vote")
        if choice not in Ballot.Choice.values:
            raise ValidationError(_("Pilih suara Anda."))
        shown = "" if fresh.secret else choice
        try:
            with transaction.atomic():
                made = Ballot.objects.create(
                    resolution=fresh, mandate=mandate, choice=shown, by_name=actor.name
                )
        except IntegrityError as error:
            raise ValidationError(_("Suara untuk mandat ini sudah diberikan.")) from error
        if fresh.secret:
            name = f"secret_{choice}"
            Resolution.objects.filter(pk=fresh.pk).update(**{name: F(name) + 1})
        told = {"mandate": mandate.pk} | ({"choice": shown} if shown else {})
        audit.record(actor, "meeting.vote", fresh, changes=told)
        beat(fresh.meeting_id)
        return made


def close_vote(actor: Actor, resolution: Resolution) -> None:
    """Close the vote: adopted when more say yes than no."""
    with guarded(actor, "meeting.close_vote", resolution):
        require(actor, "meeting.resolve")
        fresh = _fresh(resolution, (State.VOTING,))
        choices = list(fresh.ballots.values_list("choice", flat=True))
        if not choices:
            raise ValidationError(_("Belum ada suara yang masuk."))
        yes = choices.count(Ballot.Choice.YES) + fresh.secret_yes
        no = choices.count(Ballot.Choice.NO) + fresh.secret_no
        _end(actor, fresh, yes > no)


def charge(
    actor: Actor, resolution: Resolution, owner: Agency | None, post: str, due: date | None
) -> None:
    """Put somebody in charge of what a vote adopted without naming anybody."""
    with guarded(actor, "meeting.charge", resolution):
        require(actor, "meeting.resolve")
        fresh = _fresh(resolution, (State.ADOPTED,))
        if fresh.owner_id:
            raise ValidationError(_("Keputusan ini sudah berubah. Muat ulang halaman ini."))
        _owned({"owner": owner, "owner_post": post, "due": due})
        fresh.owner, fresh.owner_post, fresh.due = owner, post, due
        fresh.version += 1
        fresh.save(update_fields=["owner", "owner_post", "due", "version"])
        audit.record(
            actor, "meeting.charge", fresh, agency=owner.code if owner else "", summary=post,
            changes={"due": due.isoformat() if due else None}, topic="meeting.decided",
        )  # fmt: skip
        beat(fresh.meeting_id)


def _fresh(resolution: Resolution, states: tuple[str, ...], seen: int | None = None) -> Resolution:
    fresh = Resolution.objects.select_for_update().get(pk=resolution.pk)
    unsigned(fresh.meeting_id)
    if fresh.state not in states or (seen is not None and fresh.version != seen):
        raise ValidationError(_("Keputusan ini sudah berubah. Muat ulang halaman ini."))
    return fresh


def _end(actor: Actor, resolution: Resolution, adopted: bool) -> None:
    resolution.state = State.ADOPTED if adopted else State.REFUSED
    resolution.decided = timezone.now()
    resolution.version += 1
    resolution.save()
    audit.record(actor, "meeting.decide", resolution, summary=resolution.text[:200],
                 changes={"state": resolution.state}, topic="meeting.decided")  # fmt: skip
    beat(resolution.meeting_id)
