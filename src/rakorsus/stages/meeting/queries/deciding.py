"""Outcomes, resolutions and who may vote."""

from __future__ import annotations

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from rakorsus.people.actor import Actor
from rakorsus.people.models import Membership, Role
from rakorsus.stages.meeting.models import Ballot, Meeting, Outcome, Resolution


def mandates(actor: Actor) -> QuerySet[Membership]:
    """The seats in the leadership that the actor holds now: the own one, and those lent to the
    actor by a delegation that runs."""
    if actor.user is None:
        return Membership.objects.none()
    now = timezone.now()
    own = Q(user=actor.user)
    lent = Q(
        delegations__deputy=actor.user, delegations__begins__lte=now, delegations__ends__gt=now,
        delegations__revoked=None, user__is_active=True,
    )  # fmt: skip
    return Membership.objects.filter(own | lent, role=Role.LEADER).distinct().order_by("pk")


def resolutions(meeting: Meeting) -> QuerySet[Resolution]:
    """Decisions of the plenary with the count of votes; none as long as a secret vote is open."""

    def count(choice: str) -> Case:
        counted = Count("ballots", filter=Q(ballots__choice=choice)) + F(f"secret_{choice}")
        return Case(When(secret=True, state=Resolution.State.VOTING, then=Value(None)),
                    default=counted, output_field=IntegerField())  # fmt: skip

    return meeting.resolutions.select_related("finding", "owner").annotate(
        yes=count(Ballot.Choice.YES), no=count(Ballot.Choice.NO),
        abstain=count(Ballot.Choice.ABSTAIN), cast=Count("ballots"),
    )  # fmt: skip


def outcomes(meeting: Meeting) -> list[Outcome]:
    """The outcome that counts of every desk, in the order of the desks."""
    rows = (
        Outcome.objects.filter(item__session__meeting=meeting)
        .select_related("item__finding", "owner")
        .order_by("item__start", "item", "-number")
    )
    newest: dict[int, Outcome] = {}
    for row in rows:
        newest.setdefault(row.item_id, row)
    return list(newest.values())
