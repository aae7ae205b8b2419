"""Reminders of milestones and expiries: by mail, each step once."""

from __future__ import annotations

from datetime import date

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Membership, Role
from rakorsus.people.rules import require
from rakorsus.stages.publication.models import Agreement, Reminder
from rakorsus.stages.publication.queries.agreements import Due, due, step_of

_FROM = None  # the installation's own address


def remind(actor: Actor, now: date) -> int:
    """Send what is due on this day and was not yet sent; returns the number of letters.

    A letter goes to coordinators and secretariat, to the planners of the agency that owns the
    milestone, and to planners and guests of the party that promised it.
    """
    require(actor, "agreements.edit")
    found = Agreement.objects.prefetch_related(
        "requirements", "parties", "milestones__owner", "milestones__party"
    )
    count = 0
    with translation.override("id"), get_connection() as connection:
        for item in due(found, now):
            step = step_of(item.days) if item.days is not None else None
            if step is None or not _first(item, step):
                continue
            for address in sorted(_addresses(item)):
                EmailMessage(
                    _subject(item), _text(item), _FROM, [address], connection=connection
                ).send()
                count += 1
            with transaction.atomic():
                audit.record(actor, "agreements.remind", item.agreement,
                             summary=f"{item.title} ({step})"[:200])  # fmt: skip
    return count


def _first(item: Due, step: str) -> bool:
    subject = f"milestone:{item.milestone.pk}" if item.milestone else item.kind
    _kept, made = Reminder.objects.get_or_create(
        agreement=item.agreement, subject=subject, step=step
    )
    return made


def _addresses(item: Due) -> set[str]:
    staff = Membership.objects.filter(role__in=[Role.COORDINATOR, Role.SECRETARIAT])
    agencies = {p.agency_id for p in item.agreement.parties.all() if p.agency_id}
    if item.milestone:
        party = item.milestone.party
        agencies = {item.milestone.owner_id, party.agency_id if party else None} - {None}
    own = Membership.objects.filter(role__in=[Role.PLANNER, Role.GUEST], agency__in=agencies)
    both = (staff | own).filter(user__is_active=True)
    return set(both.exclude(user__email="").values_list("user__email", flat=True))


def _subject(item: Due) -> str:
    words = _("Terlambat") if item.late else _("Pengingat")
    return f"{words}: {item.title}"[:200].replace("\n", " ")


def _text(item: Due) -> str:
    on = formats.date_format(item.on, "l, j F Y") if item.on else ""
    what = _("Tonggak") if item.kind == "milestone" else _("Kerja sama berakhir")
    days = item.days or 0
    left = (
        _("%(n)s hari lagi") % {"n": days} if days >= 0
        else _("lewat %(n)s hari") % {"n": -days}
    )  # fmt: skip
    return f"{item.agreement.title}\n\n{what}: {item.title}\n{on} ({left})\n"
