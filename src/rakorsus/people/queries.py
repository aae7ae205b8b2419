"""What pages show of people, agencies and delegations."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Delegation, Membership, Role, User
from rakorsus.people.rules import can, require


def people(actor: Actor, text: str = "", role: str = "") -> QuerySet[User]:
    """Accounts by name, with their roles."""
    require(actor, "people.read")
    found = User.objects.prefetch_related("memberships__agency").order_by("display_name", "pk")
    if text:
        found = found.filter(
            Q(display_name__icontains=text)
            | Q(username__icontains=text)
            | Q(post__icontains=text)
            | Q(memberships__agency__name__icontains=text)
        ).distinct()
    return found.filter(memberships__role=role).distinct() if role else found


def has_factors(user: User) -> bool:
    """Whether the account asks for more than a password."""
    return Authenticator.objects.filter(user=user).exists()


def agencies(text: str = "", kind: str = "") -> QuerySet[Agency]:
    """Agencies by code, with the number of units and planners."""
    found = Agency.objects.select_related("parent", "successor").annotate(
        unit_count=Count("units", distinct=True),
        planner_count=Count("memberships", filter=Q(memberships__role=Role.PLANNER), distinct=True),
    )
    if text:
        found = found.filter(
            Q(name__icontains=text) | Q(short__icontains=text) | Q(code__startswith=text)
        )
    return (found.filter(kind=kind) if kind else found).order_by("code")


def memberships_of(actor: Actor) -> QuerySet[Membership]:
    """One's own roles, which one may lend; all roles for an administrator."""
    found = Membership.objects.select_related("user", "agency").order_by("user__display_name", "pk")
    return found if can(actor, "people.manage") else found.filter(user=actor.user)


def delegations(actor: Actor) -> QuerySet[Delegation]:
    """Given by or to oneself; all for an administrator. Newest first."""
    found = Delegation.objects.select_related(
        "membership__user", "membership__agency", "deputy"
    ).order_by("-ends", "-pk")
    if can(actor, "people.manage"):
        return found
    return found.filter(Q(membership__user=actor.user) | Q(deputy=actor.user))


def running_delegations(actor: Actor) -> QuerySet[Delegation]:
    now = timezone.now()
    return delegations(actor).filter(begins__lte=now, ends__gt=now, revoked=None)
