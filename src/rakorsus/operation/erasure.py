"""Erasing a person's data, at the person's wish or when their time is over.

What goes: names, addresses and numbers of invitations, sign-in data, the account's names. What
stays is the record: posts and institutions, votes and acts by number, signed minutes. The audit log
is only ever appended: it keeps the name under which somebody acted, as the law on records asks, and
its chain stays provable. The entry of an erasure names no person.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.operation.models import Reading
from rakorsus.people.actor import Actor
from rakorsus.people.models import ApiKey, User
from rakorsus.people.rules import require
from rakorsus.stages.meeting.models import Participant
from rakorsus.stages.meeting.models.participants import new_key

#: Days after a meeting's end for which names and addresses of its invitations are kept
CONTACTS: Final = ("RAKORSUS_KEEP_CONTACTS_DAYS", 730)
#: Days for which it is kept who signed in, or tried to, from where, and who read personal data
SIGNINS: Final = ("RAKORSUS_KEEP_SIGNINS_DAYS", 365)
_ATTEMPTS = (AccessAttempt, AccessFailureLog, AccessLog)

Counts = dict[str, int]


def kept_for(setting: tuple[str, int]) -> timedelta:
    """How long, as the installation's environment says.

    Raises:
        ValueError: not a number of days.
    """
    name, usual = setting
    days = int(os.environ.get(name, usual))
    if days < 1:
        raise ValueError(f"{name}: {days}")
    return timedelta(days=days)


def erase_person(actor: Actor, who: str, *, really: bool) -> Counts:
    """Erase whoever has this user name, e-mail address or phone number.

    Args:
        really: otherwise only count.

    Raises:
        ValueError: an empty word, which would stand for everybody without an address.
    """
    require(actor, "operation.erase")
    if not who.strip():
        raise ValueError("nobody named")
    users = User.objects.filter(Q(username=who) | Q(email__iexact=who)).exclude(
        email__endswith="@dihapus.invalid"
    )
    guests = Participant.objects.filter(Q(email__iexact=who) | Q(phone=who)).exclude(
        email="", phone=""
    )
    for user in users:
        guests |= Participant.objects.filter(email__iexact=user.email).exclude(email="")
    names = [*users.values_list("username", flat=True), *users.values_list("email", flat=True)]
    return _do(actor, really, "operation.erase", {
        "invitations": (guests.distinct(), _guests),
        "sign-ins": (_signins(Q(username__in=[*names, who])), _delete),
        "accounts": (users, _accounts),
    })  # fmt: skip


def erase_lapsed(actor: Actor, *, really: bool) -> Counts:
    """Erase what has been kept for its time: contacts of past meetings, sign-ins."""
    require(actor, "operation.erase")
    now = timezone.now()
    guests = Participant.objects.filter(meeting__ends__lt=now - kept_for(CONTACTS)).exclude(
        name="", email="", phone="", deputy_name=""
    )
    old = Q(attempt_time__lt=now - kept_for(SIGNINS))
    return _do(actor, really, "operation.lapse", {
        "invitations": (guests, _guests), "sign-ins": (_signins(old), _delete),
        "readings": (Reading.objects.filter(at__lt=now - kept_for(SIGNINS)), _drop),
    })  # fmt: skip


Sets = list[QuerySet]  # type: ignore[type-arg]


def _do(
    actor: Actor, really: bool, action: str,
    what: dict[str, tuple[QuerySet | Sets, Callable[..., None]]],  # type: ignore[type-arg]
) -> Counts:  # fmt: skip
    """Count everything; when it is meant, erase it and record how many, in one transaction."""
    with transaction.atomic():
        found = {
            name: sum(s.count() for s in (sets if isinstance(sets, list) else [sets]))
            for name, (sets, _erase) in what.items()
        }
        if really and any(found.values()):
            for sets, erase in what.values():
                erase(sets)
            audit.record(actor, action, ("operation.erasure", timezone.now().date().isoformat()),
                         summary="Data pribadi dihapus", changes=dict(found))  # fmt: skip
    return found


def _signins(which: Q) -> Sets:
    return [model.objects.filter(which) for model in _ATTEMPTS]


def _delete(sets: Sets) -> None:
    for rows in sets:
        rows.delete()


def _drop(rows: QuerySet) -> None:  # type: ignore[type-arg]
    rows.delete()


def _guests(guests: QuerySet) -> None:  # type: ignore[type-arg]
    """Posts, institutions, replies and arrivals stay; the personal link opens nothing any more."""
    for guest in list(guests):
        guest.name = guest.email = guest.phone = guest.deputy_name = ""
        guest.key = new_key()
        guest.save(update_fields=["name", "email", "phone", "deputy_name", "key"])


def _accounts(users: QuerySet) -> None:  # type: ignore[type-arg]
    """What was done under an account stays; nobody signs in by it, and it names nobody."""
    for user in list(users):
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        ApiKey.objects.filter(owner=user, revoked=None).update(revoked=timezone.now())
        user.username, user.email = f"dihapus-{user.pk}", f"{user.pk}@dihapus.invalid"
        user.first_name = user.last_name = ""
        user.display_name = user.post or "Akun yang dihapus"
        user.is_active, user.last_login = False, None
        user.set_unusable_password()
        user.save()
