"""What happened, told to later stages after the commit, without earlier stages knowing them.

A later stage subscribes in its `AppConfig.ready`; an earlier one emits by topic. The message is
written in the change's transaction and handed over after its commit; what a crash left
undelivered is handed over by the job worker (`deliver_pending`), at its start and all along.
Subscribers should only enqueue a job. One that fails does not fail the change, which is committed:
it hears the message again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from rakorsus.audit.models import OutboxMessage

Subscriber = Callable[[Mapping[str, Any]], None]
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)


def subscribe(topic: str, subscriber: Subscriber) -> None:
    if subscriber not in _subscribers[topic]:
        _subscribers[topic].append(subscriber)


def emit(topic: str, payload: Mapping[str, Any]) -> None:
    """Write the message now, deliver it after the commit."""
    message = OutboxMessage.objects.create(topic=topic, payload=dict(payload))
    transaction.on_commit(lambda: _deliver(message.pk), robust=True)


def pending() -> frozenset[int]:
    """Numbers of the messages that wait to be handed over."""
    waiting = OutboxMessage.objects.filter(delivered=None)
    return frozenset(waiting.values_list("pk", flat=True))


def deliver_pending(numbers: Collection[int] | None = None) -> int:
    """Hand over what a stopped process left behind, in its order; returns how many messages.

    Args:
        numbers: only these.
    """
    return sum(_deliver(pk) for pk in sorted(pending() if numbers is None else numbers))


def _deliver(pk: int) -> bool:
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().filter(pk=pk, delivered=None).first()
        if message is None:
            return False
        for subscriber in _subscribers[message.topic]:
            subscriber(message.payload)
        message.delivered = timezone.now()
        message.save(update_fields=["delivered"])
    return True
