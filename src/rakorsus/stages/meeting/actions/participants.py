"""Who is invited, and what guests answer by their own address without an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import guarded, unsigned
from rakorsus.stages.meeting.models import Meeting, Participant
from rakorsus.stages.meeting.models.participants import new_key
from rakorsus.stages.meeting.posts import head_of
from rakorsus.stages.meeting.queries.agenda import presenters, protocol_order

Group = Participant.Group
_OF_KIND = {
    Agency.Kind.KECAMATAN: (Group.CAMAT, 7000),
    Agency.Kind.COMPANY: (Group.COMPANIES, 6000),
}


@transaction.atomic
def add_participants(actor: Actor, meeting: Meeting, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add invitations; one that is there already (same post and institution) is left alone.
    Returns how many were new."""
    require(actor, "meeting.invite")
    unsigned(meeting.pk)
    known = {
        (post.casefold(), place.casefold(), name.casefold())
        for post, place, name in meeting.participants.values_list("post", "institution", "name")
    }
    new = []
    for row in rows:
        made = Participant(meeting=meeting, **row)
        same = (made.post.casefold(), made.institution.casefold(), made.name.casefold())
        if same not in known:
            known.add(same)
            new.append(made)
    Participant.objects.bulk_create(new)
    audit.record(actor, "meeting.add_participants", meeting, summary=f"{len(new)} undangan")
    return len(new)


@transaction.atomic
def amend_participant(actor: Actor, participant: Participant, data: Mapping[str, Any]) -> None:
    """Correct an invitation: group, rank, name, post, institution, addresses."""
    require(actor, "meeting.invite")
    unsigned(participant.meeting_id)
    changes = {}
    for name, value in data.items():
        if getattr(participant, name) != value:
            changes[name] = name in ("name", "email", "phone") or [
                getattr(participant, name),
                value,
            ]  # what is personal stays out of the log
            setattr(participant, name, value)
    participant.save(update_fields=list(data))
    audit.record(actor, "meeting.amend_participant", participant, changes=changes)


def reply_for(actor: Actor, participant: Participant, answer: str, **deputy: str) -> str:
    """Write down a reply that came by letter or telephone, with the deputy's letter."""
    with guarded(actor, "meeting.reply", participant):
        require(actor, "meeting.invite")
    return reply(actor, participant, participant.key, answer, **deputy)


def invite_villages(actor: Actor, meeting: Meeting) -> int:
    """Invite the heads of all kelurahan."""
    offices = Agency.objects.filter(kind=Agency.Kind.KELURAHAN, active=True).order_by("code")
    return add_participants(actor, meeting, [
        {"group": Group.LURAH, "rank": 7500 + n,
         "post": head_of(office),
         "institution": office.name, "agency": office}
        for n, office in enumerate(offices)
    ])  # fmt: skip


def invite_agencies(actor: Actor, meeting: Meeting) -> int:
    """Invite the heads of all agencies that present, city companies and camat."""
    rows = []
    leaders = set(
        meeting.participants.filter(group=Group.LEADERSHIP).values_list("post", flat=True)
    )
    for number, office in enumerate(sorted(presenters(), key=protocol_order)):
        if head_of(office) in leaders:
            continue  # the Sekda leads the city and heads an agency, and comes once
        group, rank = _OF_KIND.get(Agency.Kind(office.kind), (Group.AGENCIES, 5000))
        rows.append(
            {"group": group, "rank": rank + number, "post": head_of(office),
             "institution": office.name, "agency": office}
        )  # fmt: skip
    return add_participants(actor, meeting, rows)


@transaction.atomic
def remove_participant(actor: Actor, participant: Participant) -> None:
    """Take an invitation back; somebody who has come stays on the list."""
    require(actor, "meeting.invite")
    if hasattr(participant, "attendance"):
        raise ValidationError(_("Sudah hadir; tidak dapat dihapus."))
    audit.record(actor, "meeting.remove_participant", participant.meeting,
                 summary=participant.post[:200])  # fmt: skip
    participant.delete()


def reply(actor: Actor, participant: Participant, key: str, answer: str, **deputy: str) -> str:
    """What a guest answers; by an address that counts no more it is refused.

    A deputy is named with the number of a letter; the invitation then gets a new address, which
    is returned, and the old one opens nothing.
    """
    with guarded(actor, "meeting.reply", participant):
        fresh = Participant.objects.select_for_update().get(pk=participant.pk)
        if fresh.key != key:
            raise PermissionDenied("meeting.reply")
        if answer not in (Participant.Reply.COMING, Participant.Reply.DEPUTY,
                          Participant.Reply.ABSENT):  # fmt: skip
            raise ValidationError(_("Pilih jawabannya."))
        if hasattr(fresh, "attendance"):
            raise ValidationError(_("Kehadiran sudah dicatat; jawaban tidak dapat diubah lagi."))
        before, fresh.reply, fresh.replied = fresh.reply, answer, timezone.now()
        if answer == Participant.Reply.DEPUTY:
            _name_deputy(fresh, deputy)
        else:
            fresh.deputy_name = fresh.deputy_post = fresh.letter = ""
        fresh.save()
        audit.record(actor, "meeting.reply", fresh, changes={"reply": [before, answer]})
        return fresh.key


def _name_deputy(participant: Participant, deputy: Mapping[str, str]) -> None:
    if not deputy.get("deputy_post", "").strip() or not deputy.get("letter", "").strip():
        raise ValidationError(_("Tulis jabatan wakil dan nomor surat tugasnya."))
    for name in ("deputy_name", "deputy_post", "letter"):
        setattr(participant, name, deputy.get(name, "").strip())
    participant.key = new_key()


@transaction.atomic
def mark_invited(actor: Actor, meeting: Meeting, ids: Iterable[int], *, again: bool) -> int:
    """Note that invitations (or reminders) went out."""
    require(actor, "meeting.invite")
    field = "reminded" if again else "invited"
    count = meeting.participants.filter(pk__in=list(ids)).update(**{field: timezone.now()})
    audit.record(actor, f"meeting.{field}", meeting, summary=f"{count} undangan")
    return count


@transaction.atomic
def ask_to_send(actor: Actor, meeting: Meeting, base: str, *, again: bool) -> None:
    """Have the job worker send invitations, or reminders."""
    require(actor, "meeting.invite")
    audit.record(actor, "meeting.send", meeting, topic="meeting.send",
                 changes={"base": base, "again": again})  # fmt: skip
