"""Who does something, from where: the argument that every action and query takes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone

from rakorsus.people.models import Delegation, Membership, Role

if TYPE_CHECKING:
    from rakorsus.people.models import User


@dataclass(frozen=True)
class Actor:
    """The person (None: the public, or the system) with the roles held at this moment.

    `grants` holds pairs (role, agency id); the id is None for a role over the whole government.
    Delegated roles are among them as long as the delegation lasts.
    """

    user: User | None
    surface: str
    address: str | None = None
    grants: frozenset[tuple[str, int | None]] = field(default_factory=frozenset)
    system: bool = False

    @property
    def name(self) -> str:
        if self.system:
            return "sistem"
        return str(self.user) if self.user else "publik"

    @property
    def signed_in(self) -> bool:
        return self.user is not None

    @property
    def agency_ids(self) -> frozenset[int]:
        """The agencies for which the person plans (role planner)."""
        return frozenset(a for role, a in self.grants if a and role == Role.PLANNER)

    def has(self, *roles: str) -> bool:
        """Holds one of the roles, for any agency; the system holds all."""
        return self.system or any(role in roles for role, _ in self.grants)

    def plans_for(self, agency_id: int | None) -> bool:
        return self.system or (Role.PLANNER, agency_id) in self.grants


def of_request(request: HttpRequest, surface: str = "page") -> Actor:
    """The actor behind a request; computed once per request."""
    cached = getattr(request, "_rakorsus_actor", None)
    if cached is not None and cached.surface == surface:
        return cached
    user = getattr(request, "user", None)
    user = user if user is not None and user.is_authenticated else None
    actor = Actor(user, surface, request.META.get("REMOTE_ADDR"), grants_of(user))
    request._rakorsus_actor = actor  # type: ignore[attr-defined]
    return actor


def of_user(user: User, surface: str) -> Actor:
    return Actor(user, surface, None, grants_of(user))


def system(surface: str) -> Actor:
    """The installation itself: command line of its operator, jobs, the importer."""
    return Actor(None, surface, system=True)


def grants_of(user: User | None) -> frozenset[tuple[str, int | None]]:
    """The user's own roles and those lent by a delegation that runs now. At most two queries."""
    if user is None or not user.is_active:
        return frozenset()
    return grants_of_all([user])[user.pk]


def grants_of_all(users: Collection[User]) -> dict[int, frozenset[tuple[str, int | None]]]:
    """The same for several active users, by two queries.

    Whoever was made by `rakorsus manage createsuperuser` administers the installation.
    """
    found: dict[int, set[tuple[str, int | None]]] = {
        user.pk: {(Role.ADMINISTRATOR.value, None)} if user.is_superuser else set()
        for user in users
    }
    own = Membership.objects.filter(user__in=found).values_list("user", "role", "agency_id")
    now = timezone.now()
    lent = Delegation.objects.filter(
        deputy__in=found, begins__lte=now, ends__gt=now, revoked=None,
        membership__user__is_active=True,
    ).values_list("deputy", "membership__role", "membership__agency_id")  # fmt: skip
    for user_id, role, agency in (*own, *lent):
        found[user_id].add((role, agency))
    return {pk: frozenset(grants) for pk, grants in found.items()}
