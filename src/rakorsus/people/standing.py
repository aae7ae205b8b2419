"""Whether the reader of a connection that stays open is still who it was opened for.

A stream or a socket outlives the request that asked for it. Its ticket carries a `Mark` of the
sign-in, and every `fresh.ASK_EVERY` seconds whoever holds connections asks which marks still stand:
whoever signed out, was deactivated or changed the password is not among them, the others have their
rights of this moment.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b
from typing import Final, NamedTuple

from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from rakorsus.people.actor import Actor, grants_of_all
from rakorsus.people.models import User

_AT_ONCE: Final = 500


class Mark(NamedTuple):
    """A sign-in, told by digests that give nobody a session; without any, it is the user's alone
    (what measures makes its own tickets)."""

    user: int
    session: str = ""
    secret: str = ""


def mark_of(request: HttpRequest) -> Mark:
    """The mark of the sign-in behind a request."""
    user = request.user
    assert isinstance(user, User)
    key = request.session.session_key or ""
    return Mark(user.pk, _digest(key), _digest(user.get_session_auth_hash()))


def standing(marks: Collection[Mark]) -> dict[Mark, Actor]:
    """Those that still stand, with their rights; four queries for 500 people."""
    wanted = sorted({mark.user for mark in marks})
    people: dict[int, Actor] = {}
    secrets: dict[int, str] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        part = wanted[begin : begin + _AT_ONCE]
        users = list(User.objects.filter(pk__in=part, is_active=True))
        grants = grants_of_all(users)
        people |= {u.pk: Actor(u, "page", None, grants[u.pk]) for u in users}
        secrets |= {u.pk: _digest(u.get_session_auth_hash()) for u in users}
    sessions = _sessions() if any(mark.session for mark in marks) else frozenset()
    return {
        mark: people[mark.user]
        for mark in marks
        if mark.user in people
        and (not mark.session or mark.session in sessions)
        and (not mark.secret or mark.secret == secrets[mark.user])
    }


def _sessions() -> frozenset[str]:
    found = Session.objects.filter(expire_date__gt=timezone.now())
    return frozenset(_digest(key) for key in found.values_list("session_key", flat=True))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=12, person=b"rakorsus.standin").hexdigest()
