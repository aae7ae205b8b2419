"""The daily reminders: who is told what, once a day; what stays late goes to the Sekda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Membership, Role, User
from rakorsus.people.rules import require
from rakorsus.stages.followup import mails, remind_rules
from rakorsus.stages.followup.models import ActionItem, FollowUpRules, Remark, Reminder
from rakorsus.stages.followup.remind_rules import Rules

Kind = Reminder.Kind


def remind(actor: Actor, day: date, base: str = "", since: date | None = None) -> dict[str, int]:
    """Everything that a day asks for; run again on the same day it only does what is left.

    After days on which nobody was reminded (the last was `since`) it also does what those asked
    for. Each person gets one letter a day with all items. A letter is marked as sent before it
    leaves: a process that is killed then loses a letter rather than sending two.

    Returns how many items were escalated, reminders noted and letters sent.
    """
    require(actor, "followup.settings")
    rules = remind_rules.in_force()
    items = list(_open().select_related("agency", "person"))
    raised = [item for item in items if _escalate(actor, item, day, rules)]
    noted = _note(items, raised, day, rules, since)
    return {"escalated": len(raised), "reminders": noted, "letters": _send(day, base)}


def _open() -> Any:
    return ActionItem.objects.filter(state=ActionItem.State.OPEN)


@transaction.atomic
def _escalate(actor: Actor, item: ActionItem, day: date, rules: Rules) -> bool:
    """Write down that an item goes up; once until its date is changed."""
    if not remind_rules.escalates(item.due, day, rules):
        return False
    mine = _open().filter(pk=item.pk, escalated=None)
    if not mine.update(escalated=day):
        return False
    late = (day - item.due).days
    Remark.objects.create(
        item=item, kind=Remark.Kind.ESCALATED, by_name=actor.name[:200],
        text=_("Lewat tenggat %(n)d hari; dinaikkan ke %(post)s.")
        % {"n": late, "post": rules.escalate_post},
    )  # fmt: skip
    audit.record(
        actor, "followup.escalate", item, agency=item.agency.code, summary=item.text[:200],
        changes={"late": late}, topic="followup.escalated",
    )  # fmt: skip
    return True


def _note(
    items: Sequence[ActionItem],
    raised: Iterable[ActionItem],
    day: date,
    rules: Rules,
    since: date | None,
) -> int:
    """The day's reminders as rows; those that are there already stay."""
    owners = _owners(items)
    above = _above(rules.escalate_post)
    wanted = [
        Reminder(item=item, to=user, day=day, kind=kind)
        for item in items
        if (kind := remind_rules.kind_since(item.due, day, since, rules))
        for user in owners[item.pk]
    ]
    wanted += [
        Reminder(item=item, to=user, day=day, kind=Kind.ESCALATION)
        for item in raised
        for user in above
        if user not in owners[item.pk]
    ]
    before = Reminder.objects.filter(day=day).count()
    Reminder.objects.bulk_create(wanted, ignore_conflicts=True)
    return Reminder.objects.filter(day=day).count() - before


def _owners(items: Sequence[ActionItem]) -> dict[int, list[User]]:
    """Who answers for each item: its person, or the planners of its agency."""
    planners: dict[int, list[User]] = defaultdict(list)
    wanted = {item.agency_id for item in items if item.person is None}
    found = Membership.objects.filter(
        role=Role.PLANNER, agency__in=wanted, user__is_active=True
    ).select_related("user")
    for row in found.order_by("user"):
        planners[row.agency_id or 0].append(row.user)
    return {item.pk: [item.person] if item.person else planners[item.agency_id] for item in items}


def _above(post: str) -> list[User]:
    """The leaders whose post it is; all leaders where none bears it."""
    leaders = User.objects.filter(memberships__role=Role.LEADER, is_active=True).distinct()
    named = list(leaders.filter(post__icontains=post)) if post else []
    return named or list(leaders)


def _send(day: date, base: str) -> int:
    """One letter to each person with reminders that did not go out yet."""
    waiting = Reminder.objects.filter(day=day, sent=None, to__is_active=True).exclude(to__email="")
    count = 0
    for user in User.objects.filter(pk__in=waiting.values("to")).order_by("pk"):
        with transaction.atomic():
            mine = waiting.filter(to=user).select_for_update()
            rows = list(mine.select_related("item__agency").order_by("item__due", "item"))
            Reminder.objects.filter(pk__in=[r.pk for r in rows]).update(sent=timezone.now())
        if not rows:
            continue
        try:
            EmailMessage(mails.subject(rows), mails.text(user, rows, day, base), None,
                         [user.email]).send()  # fmt: skip
        except Exception:
            Reminder.objects.filter(pk__in=[r.pk for r in rows]).update(sent=None)
            raise
        count += 1
    return count


@transaction.atomic
def save_rules(actor: Actor, before: Sequence[int], every: int, after: int, post: str) -> None:
    """Set when people are reminded and when an item goes up; the newest setting holds."""
    require(actor, "followup.settings")
    days = sorted(set(before), reverse=True)
    if not all(0 <= n <= 90 for n in days) or not 1 <= every <= 90 or not 0 <= after <= 365:
        raise ValidationError(_("Hari pengingat di luar batas."))
    if not post.strip():
        raise ValidationError(_("Tulis jabatan tujuan eskalasi."))
    made = FollowUpRules.objects.create(
        by=actor.user, before=days, every=every, escalate_after=after,
        escalate_post=post.strip()[:200],
    )  # fmt: skip
    audit.record(actor, "followup.settings", made,
                 changes={"before": days, "every": every, "after": after})  # fmt: skip
