"""Appending to the log, inside the transaction of the change it records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from rakorsus.audit import chain, outbox
from rakorsus.audit.models import ChainHead, Event

Target = models.Model | tuple[str, str]
Follower = Callable[[Event, Target], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Call `follower(event, target)` in the transaction of every event (in `AppConfig.ready`).

    For what must be true together with the change; everything else belongs to the outbox.
    """
    if follower not in _followers:
        _followers.append(follower)


class Actor(Protocol):
    """What the log needs to know of the one who acts (`rakorsus.people.actor.Actor`)."""

    @property
    def user(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def surface(self) -> str: ...
    @property
    def address(self) -> str | None: ...


def record(
    actor: Actor,
    action: str,
    target: Target,
    *,
    agency: str = "",
    summary: str = "",
    changes: Mapping[str, Any] | None = None,
    topic: str | None = None,
) -> Event:
    """Append one event; with `topic`, also tell the outbox. Call it in the change's transaction.

    Args:
        target: the changed record, or `(kind, id)` where there is no row.
        agency: code of the agency whose record it is, for the agency's own view of the log.
        summary: one line in Bahasa Indonesia for people.
        changes: field -> [before, after], or other JSON content without personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of its change")
    kind, object_id = (
        target if isinstance(target, tuple) else (target._meta.label_lower, str(target.pk))
    )
    head, _ = ChainHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"digest": chain.GENESIS}
    )
    event = Event(
        at=timezone.now(),
        actor=actor.user,
        actor_name=actor.name,
        surface=actor.surface,
        address=actor.address,
        action=action,
        kind=kind,
        object_id=object_id,
        agency_code=agency,
        summary=summary,
        changes=dict(changes or {}),
        previous=head.digest,
    )
    event.digest = chain.digest_of(event)
    event.save(force_insert=True)
    ChainHead.objects.filter(pk=1).update(digest=event.digest)
    for follower in _followers:
        follower(event, target)
    if topic:
        outbox.emit(topic, {"kind": kind, "id": object_id, **event.changes})
    return event
