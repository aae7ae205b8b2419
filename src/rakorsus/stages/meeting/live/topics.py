"""What can be followed: kinds of topic, who may follow them, and their news.

A topic is `kind:key`, for instance `order:12`. Its *head* is a short word that changes with every
change. Letters, digits and `-` only, since heads stand in the event's id, joined by dots.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from rakorsus.people.actor import Actor
from rakorsus.people.standing import standing
from rakorsus.stages.meeting.live.tickets import Ticket

_TOPIC = re.compile(r"[a-z]+:[A-Za-z0-9-]{1,60}")


@dataclass(frozen=True)
class News:
    """One event of a topic: the head that it leads to and what pages get, as JSON."""

    head: str
    body: Any


class Source(Protocol):
    """Where the news of one kind of topic come from."""

    #: Whether an unsent event is worth nothing once a newer one is there (a screen's fragment).
    newest_only: bool

    def may(self, actor: Actor, key: str) -> bool:
        """Whether the actor may follow it."""
        ...

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        """The heads of all keys that exist, by one query whatever their number."""
        ...

    def news(self, key: str, after: str | None, language: str) -> list[News]:
        """What came after that head; without one, the whole state as one event."""
        ...


_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    _sources[kind] = source


def kinds() -> list[str]:
    """All kinds of topic, by name."""
    return sorted(_sources)


def source_of(topic: str) -> Source:
    """The source of a topic.

    Raises:
        KeyError: no such kind.
    """
    return _sources[topic.partition(":")[0]]


def key_of(topic: str) -> str:
    return topic.partition(":")[2]


def known(topic: str) -> bool:
    return bool(_TOPIC.fullmatch(topic)) and topic.partition(":")[0] in _sources


def allowed(actor: Actor, topics: Iterable[str]) -> list[str]:
    """Those that exist and that the actor may follow, each once, in their order."""
    wanted = dict.fromkeys(t for t in topics if known(t))
    return [t for t in wanted if source_of(t).may(actor, key_of(t))]


def fallen(tickets: Collection[Ticket]) -> set[Ticket]:
    """The tickets whose reader has signed out, is no longer active, or may no longer follow all
    that the ticket names."""
    people = standing({ticket.mark for ticket in tickets})
    asked: dict[tuple[frozenset[tuple[str, int | None]], tuple[str, ...]], bool] = {}
    found = set()
    for ticket in tickets:
        actor = people.get(ticket.mark)
        if actor is None:
            found.add(ticket)
            continue
        alike = (actor.grants, ticket.topics)  # rights are those of one's roles
        if alike not in asked:
            asked[alike] = len(allowed(actor, ticket.topics)) == len(ticket.topics)
        if not asked[alike]:
            found.add(ticket)
    return found


def heads(topics: Collection[str]) -> dict[str, str]:
    """The heads of many topics, one query a kind."""
    by_kind: dict[str, list[str]] = {}
    for topic in topics:
        kind, _, key = topic.partition(":")
        by_kind.setdefault(kind, []).append(key)
    return {
        f"{kind}:{key}": head
        for kind, keys in by_kind.items()
        for key, head in _sources[kind].heads(keys).items()
    }


def news(topic: str, after: str | None, language: str) -> list[News]:
    return source_of(topic).news(key_of(topic), after, language)
