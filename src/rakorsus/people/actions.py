"""Every change of people, roles, agencies and delegations."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit.actions import record
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Delegation, Membership, Role, User
from rakorsus.people.rules import require

_PROFILE = ("display_name", "post", "email")
_AGENCY = ("name", "short", "kind", "parent", "successor", "region_code", "active")


@transaction.atomic
def add_user(
    actor: Actor, *, username: str, email: str, display_name: str, post: str = ""
) -> tuple[User, str]:
    """A new account with a password for the first sign-in; returns both. The password is shown
    once to the administrator and never stored in the clear."""
    require(actor, "people.manage")
    password = secrets.token_urlsafe(9)
    user = User(username=username, email=email, display_name=display_name, post=post)
    user.set_password(password)
    user.full_clean()
    user.save()
    record(actor, "people.add", user, summary=f"akun {username} dibuat")
    return user, password


@transaction.atomic
def change_user(actor: Actor, user: User, values: Mapping[str, Any]) -> User:
    """Name, post and e-mail; of one's own account or, by an administrator, of any."""
    if actor.user is None or actor.user.pk != user.pk:
        require(actor, "people.manage")
    changes = _apply(user, values, _PROFILE)
    if changes:
        user.full_clean()
        user.save(update_fields=list(changes))
        if "email" in changes:  # the old address must not open the account any more
            EmailAddress.objects.filter(user=user).delete()
        record(actor, "people.change", user, changes=dict.fromkeys(changes, "diubah"))
    return user


@transaction.atomic
def set_active(actor: Actor, user: User, active: bool) -> None:
    """Close an account, or open it again. Nobody closes the own account."""
    require(actor, "people.manage")
    if actor.user is not None and actor.user.pk == user.pk:
        raise ValidationError(_("Akun sendiri tidak dapat ditutup."))
    if not active:
        _keep_an_administrator(user)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        record(actor, "people.open" if active else "people.close", user)


@transaction.atomic
def renew_password(actor: Actor, user: User) -> str:
    """A fresh first password for someone who lost the own; other sessions end by it."""
    require(actor, "people.manage")
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor, "people.password", user, summary="kata sandi awal dibuat ulang")
    return password


@transaction.atomic
def remove_factors(actor: Actor, user: User) -> int:
    """Take second factor and passkeys away from someone who lost telephone or key; how many."""
    require(actor, "people.manage")
    removed, _models = Authenticator.objects.filter(user=user).delete()
    if removed:
        record(actor, "people.remove_factors", user, summary="faktor kedua dihapus")
    return removed


@transaction.atomic
def grant(actor: Actor, user: User, role: str, agency: Agency | None = None) -> Membership:
    """Give a role, for one agency or for the whole government."""
    require(actor, "people.manage")
    if role == Role.PLANNER and agency is None:
        raise ValidationError(_("Perencana harus punya perangkat daerah."))
    membership, made = Membership.objects.get_or_create(user=user, role=role, agency=agency)
    if made:
        record(actor, "people.grant", user, agency=agency.code if agency else "",
               changes={"role": [None, role]})  # fmt: skip
    return membership


@transaction.atomic
def take_back(actor: Actor, membership: Membership) -> None:
    """End a role, and with it what was delegated from it."""
    require(actor, "people.manage")
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(membership.user)
    agency = membership.agency.code if membership.agency else ""
    record(actor, "people.take_back", membership.user, agency=agency,
           changes={"role": [membership.role, None]})  # fmt: skip
    membership.delete()


@transaction.atomic
def delegate(
    actor: Actor,
    membership: Membership,
    deputy: User,
    begins: datetime,
    ends: datetime,
    letter: str = "",
) -> Delegation:
    """Lend a role to a deputy for a time. What was lent cannot be lent on."""
    require(actor, "people.delegate", membership)
    if deputy.pk == membership.user_id:
        raise ValidationError(_("Kuasa tidak dapat diberikan kepada diri sendiri."))
    if ends <= begins:
        raise ValidationError(_("Akhir harus sesudah awal."))
    delegation = Delegation.objects.create(
        membership=membership, deputy=deputy, begins=begins, ends=ends, letter=letter
    )
    record(actor, "people.delegate", delegation, agency=_code(membership),
           summary=f"{membership} kepada {deputy}")  # fmt: skip
    return delegation


@transaction.atomic
def end_delegation(actor: Actor, delegation: Delegation) -> None:
    require(actor, "people.delegate", delegation.membership)
    if delegation.revoked is None:
        delegation.revoked = timezone.now()
        delegation.save(update_fields=["revoked"])
        record(actor, "people.end_delegation", delegation, agency=_code(delegation.membership))


@transaction.atomic
def change_agency(actor: Actor, agency: Agency, values: Mapping[str, Any]) -> Agency:
    """Names, kind, what it is a unit of, and who took over after a reorganisation."""
    require(actor, "agencies.manage")
    changes = _apply(agency, values, _AGENCY)
    for link in ("parent", "successor"):
        if _leads_to(getattr(agency, link), agency, link):
            problem = _("Perangkat daerah tidak boleh menunjuk dirinya sendiri.")
            raise ValidationError({link: problem})
    if changes:
        agency.full_clean()
        agency.save(update_fields=list(changes))
        record(actor, "agencies.change", agency, agency=agency.code, changes=changes)
    return agency


def _keep_an_administrator(user: User) -> None:
    """Refuse what would leave the installation without anybody who can give roles."""
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    operators = User.objects.filter(is_superuser=True, is_active=True)
    held = user.is_superuser or user.memberships.filter(role=Role.ADMINISTRATOR).exists()
    if (
        held
        and not others.exclude(user=user).exists()
        and not operators.exclude(pk=user.pk).exists()
    ):
        raise ValidationError(_("Administrator terakhir tidak dapat dicabut atau ditutup."))


def _apply(
    target: Any, values: Mapping[str, Any], allowed: tuple[str, ...]
) -> dict[str, list[Any]]:
    """Set the allowed fields that differ; returns field -> [before, after] as JSON values."""
    changes: dict[str, list[Any]] = {}
    for name in allowed:
        if name in values and getattr(target, name) != values[name]:
            changes[name] = [_plain(getattr(target, name)), _plain(values[name])]
            setattr(target, name, values[name])
    return changes


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)


def _leads_to(start: Agency | None, agency: Agency, link: str) -> bool:
    seen: set[int] = set()
    while start is not None and start.pk not in seen:
        if start.pk == agency.pk:
            return True
        seen.add(start.pk)
        start = getattr(start, link)
    return False


def _code(membership: Membership) -> str:
    return membership.agency.code if membership.agency else ""
