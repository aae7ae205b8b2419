"""What of a meeting can be followed (`live.topics`):

| topic | who | body |
|---|---|---|
| `order:MEETING` | everybody who reads meetings | the running order as HTML |
| `run:MEETING` | who runs the day | the same with its buttons |
| `screen:MEETING` | who may see findings | the projector's content |
| `door:MEETING` | who receives guests | how many have come, and the last ones |
| `plenary:MEETING` | everybody who reads meetings | nothing but that it has changed |
| `item:ITEM` | who may see the entry | nothing but that it has changed |
| `note:ITEM-FIELD` | who may see the entry | a Yjs update of the note, and who wrote it |
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone, translation

from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.findings.queries import visible
from rakorsus.stages.meeting.live import topics
from rakorsus.stages.meeting.live.topics import News
from rakorsus.stages.meeting.models import AgendaItem, Attendance, Meeting
from rakorsus.stages.meeting.queries import day, noting


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 16]


def pulses(keys: Collection[str]) -> dict[str, str]:
    """A meeting's pulse; while something runs the minute counts too, for what becomes late."""
    runs = AgendaItem.objects.filter(
        session__meeting=OuterRef("pk"), state=AgendaItem.State.RUNNING
    )
    minute = f"{timezone.now():%H%M}"
    rows = Meeting.objects.filter(pk__in=_numbers(keys)).annotate(runs=Exists(runs))
    return {
        str(pk): f"{pulse}-{minute}" if running else str(pulse)
        for pk, pulse, running in rows.values_list("pk", "pulse", "runs")
    }


@dataclass(frozen=True)
class Fragment:
    """A part of a page that everybody of one kind of screen sees alike."""

    template: str
    rule: str
    run: bool = False
    touching: bool = False  # with the findings that touch what is presented
    newest_only: bool = True

    def may(self, actor: Actor, key: str) -> bool:
        return bool(_numbers([key])) and can(actor, self.rule)

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        return pulses(keys)

    def news(self, key: str, after: str | None, language: str) -> list[News]:
        head = pulses([key]).get(key)
        meeting = Meeting.objects.filter(pk=int(key)).first() if head else None
        if head is None or meeting is None:
            return []
        with translation.override(language):
            context = day.shown(meeting, timezone.now()) | {"run": self.run}
            if self.touching:
                context["touching"] = day.touching(context["current"])
            return [News(head, render_to_string(self.template, context))]


@dataclass(frozen=True)
class Door:
    """Arrivals: who receives guests sees them count up."""

    newest_only: bool = True

    def may(self, actor: Actor, key: str) -> bool:
        return bool(_numbers([key])) and can(actor, "meeting.invite")

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        rows = Attendance.objects.filter(participant__meeting__in=_numbers(keys))
        found = rows.values_list("participant__meeting").annotate(n=Count("pk")).order_by()
        return dict.fromkeys(keys, "0") | {str(pk): str(count) for pk, count in found}

    def news(self, key: str, after: str | None, language: str) -> list[News]:
        meeting = Meeting.objects.filter(pk=int(key)).first()
        if meeting is None:
            return []
        with translation.override(language):
            context = day.door(meeting)
            body = render_to_string("meeting/_door.html", context | {"meeting": meeting})
            return [News(str(context["arrived"]), body)]


@dataclass(frozen=True)
class Changed:
    """Only that something has changed; the page asks for its own view of it."""

    newest_only: bool = True

    def may(self, actor: Actor, key: str) -> bool:
        return bool(_numbers([key])) and can(actor, "meeting.read")

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        rows = Meeting.objects.filter(pk__in=_numbers(keys)).values_list("pk", "pulse")
        return {str(pk): str(pulse) for pk, pulse in rows}

    def news(self, key: str, after: str | None, language: str) -> list[News]:
        head = self.heads([key]).get(key)
        return [News(head, None)] if head else []


@dataclass(frozen=True)
class Entry(Changed):
    """That an entry of the agenda has changed: begun, ended, settled, moved."""

    def may(self, actor: Actor, key: str) -> bool:
        return bool(_numbers([key])) and _sees(actor, int(key))

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        rows = AgendaItem.objects.filter(pk__in=_numbers(keys)).values_list("pk", "version")
        return {str(pk): str(version) for pk, version in rows}


@dataclass(frozen=True)
class Notes:
    """What is typed into a note."""

    newest_only: bool = False

    def may(self, actor: Actor, key: str) -> bool:
        part = noting.parts_of(key)
        return part is not None and _sees(actor, part[0])

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        return {key: str(version) for key, version in noting.versions(keys).items()}

    def news(self, key: str, after: str | None, language: str) -> list[News]:
        part = noting.parts_of(key)
        if part is None:
            return []
        seen = int(after) if after and after.isdigit() else None
        return [
            News(str(change.number), note_body(change)) for change in noting.changes(*part, seen)
        ]


def note_body(change: noting.Change) -> dict[str, Any]:
    return {"number": change.number, "update": change.update, "by": change.by}


def _sees(actor: Actor, pk: int) -> bool:
    """Whether the actor may see the entry; a desk only with its finding."""
    found = AgendaItem.objects.filter(pk=pk).values_list("finding", flat=True)
    if not can(actor, "meeting.read") or not found:
        return False
    return found[0] is None or visible(actor).filter(pk=found[0]).exists()


def offer() -> None:
    """Register all of it."""
    topics.register("order", Fragment("meeting/_running.html", "meeting.read"))
    topics.register("run", Fragment("meeting/_running.html", "meeting.run", run=True))
    topics.register("screen", Fragment("meeting/_screen.html", "meeting.screen", touching=True))
    topics.register("door", Door())
    topics.register("plenary", Changed())
    topics.register("item", Entry())
    topics.register("note", Notes())
