"""What of the hall can be followed by the stream of events (`meeting.live.topics`):
`acts:MEETING`, the acts as they are numbered, for whoever may enter and read all findings;
`heard:MEETING`, the same as guests get them (`curtain`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rakorsus.hall.curtain import acts_without_findings
from rakorsus.hall.models import Hall
from rakorsus.hall.queries import acts
from rakorsus.hall.standing import sees_findings
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.meeting.live import topics
from rakorsus.stages.meeting.live.topics import News


@dataclass(frozen=True)
class Acts:
    whole: bool
    newest_only: bool = False

    def may(self, actor: Actor, key: str) -> bool:
        if self.whole and not sees_findings(actor):
            return False
        return key.isdigit() and can(actor, "hall.enter")

    def heads(self, keys: Collection[str]) -> Mapping[str, str]:
        numbers = [int(key) for key in keys if key.isdigit()]
        rows = Hall.objects.filter(meeting__in=numbers).values_list("meeting_id", "last")
        return {str(meeting): str(last) for meeting, last in rows}

    def news(self, key: str, after: str | None, language: str) -> list[News]:
        """What came after; who has nothing yet hears what comes from now on."""
        if not after or not after.isdigit():
            head = self.heads([key]).get(key)
            return [News(head, [])] if head else []
        fresh = acts.since(int(key), int(after), 200)
        if not self.whole:
            fresh = acts_without_findings(fresh)
        return [News(str(told["n"]), [told]) for told in fresh]


def offer() -> None:
    topics.register("acts", Acts(whole=True))
    topics.register("heard", Acts(whole=False))


def topic(actor: Actor, meeting: int) -> str:
    """The acts of a meeting as this person may follow them."""
    return f"{'acts' if sees_findings(actor) else 'heard'}:{meeting}"
