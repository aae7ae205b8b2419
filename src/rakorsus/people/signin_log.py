"""What people change on the sign-in pages (allauth's) stands in the log as every other change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.db import transaction
from django.http import HttpRequest

from rakorsus.audit.actions import record
from rakorsus.people.actor import Actor, grants_of
from rakorsus.people.models import User

_HEARD = (
    (account.password_changed, "people.own_password", "kata sandi diganti sendiri"),
    (account.password_set, "people.own_password", "kata sandi dibuat sendiri"),
    (account.password_reset, "people.reset_password", "kata sandi dibuat ulang lewat surel"),
    (factors.authenticator_added, "people.add_factor", "faktor kedua ditambahkan"),
    (factors.authenticator_removed, "people.drop_factor", "faktor kedua dihapus sendiri"),
    (factors.authenticator_reset, "people.renew_factor", "kode pemulihan dibuat ulang"),
)


def attach() -> None:
    """Listen; called once when the app is ready."""
    for signal, action, said in _HEARD:
        signal.connect(_listener(action, said), weak=False, dispatch_uid=f"log: {said}")


def _listener(action: str, said: str) -> Callable[..., None]:
    def listen(request: HttpRequest, user: User, **more: Any) -> None:
        actor = Actor(user, "page", request.META.get("REMOTE_ADDR"), grants_of(user))
        factor = more.get("authenticator")
        changes = {"type": str(factor.type)} if factor is not None else None
        with transaction.atomic():
            record(actor, action, user, summary=said, changes=changes)

    return listen
