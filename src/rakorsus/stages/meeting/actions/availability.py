"""Who can come when: what every later plan of the day keeps to."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import beat, unsigned
from rakorsus.stages.meeting.models import Availability, Meeting


@transaction.atomic
def limit(
    actor: Actor, meeting: Meeting, agency: Agency, begins: datetime | None = None,
    ends: datetime | None = None, most: int | None = None,
) -> Availability:  # fmt: skip
    """Note when an agency cannot come or how many minutes it may sit at desks; the next plan keeps
    to it."""
    require(actor, "meeting.plan")
    unsigned(meeting.pk)
    if begins and ends and ends <= begins:
        raise ValidationError(_("Akhir harus sesudah mulai."))
    made = Availability.objects.create(
        meeting=meeting, agency=agency, begins=begins, ends=ends, most=most
    )
    audit.record(
        actor, "meeting.limit", meeting, agency=agency.code, summary=str(agency),
        changes={"begins": begins.isoformat() if begins else None,
                 "ends": ends.isoformat() if ends else None, "most": most},
    )  # fmt: skip
    beat(meeting.pk)
    return made


@transaction.atomic
def lift(actor: Actor, row: Availability) -> None:
    """Take such a note back."""
    require(actor, "meeting.plan")
    unsigned(row.meeting_id)
    audit.record(actor, "meeting.lift", row.meeting, agency=row.agency.code,
                 summary=str(row.agency))  # fmt: skip
    row.delete()
    beat(row.meeting_id)
