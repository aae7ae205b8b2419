"""The one question that an agency is asked next: money at stake x what its answer decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from rakorsus.stages.findings.models import Finding, Reply
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.register.models import Program


@dataclass(frozen=True)
class Question:
    """`missing` is one of Reply.Missing; `decides` counts the comparisons that wait for the answer;
    `again` when an answer was given that did not suffice."""

    finding: Finding
    key: str
    missing: str
    money: int
    decides: int
    again: bool

    @property
    def weight(self) -> int:
        return self.money * max(1, self.decides)

    @property
    def ask(self) -> dict[str, str]:
        asked: dict[str, str] = self.finding.evidence.get("question", {})
        return asked

    @property
    def program(self) -> Program:
        return Program.objects.select_related("agency").defer("search").get(key=self.key)


def questions(agencies: Collection[int]) -> list[Question]:
    """Every question that waits for these agencies, the weightiest first; two queries."""
    found = list(
        Finding.objects.filter(
            kind=Finding.Kind.UNCLEAR, state__in=OPEN_STATES, sides__agency__in=agencies
        ).distinct()
    )
    entries = [(f, entry) for f in found for entry in f.evidence.get("questions", ())]
    said = _said([entry["key"] for _f, entry in entries])
    asked = []
    for finding, entry in entries:
        missing = finding.evidence["missing"]
        reply = said.get((entry["key"], missing))
        if reply is None or not _waits(reply, finding):
            again = reply is not None and reply.kind == Reply.Kind.ANSWERED
            asked.append(
                Question(finding, entry["key"], missing, entry["money"], entry["decides"], again)
            )
    return sorted(asked, key=lambda q: (-q.weight, q.key))


def question(agencies: Collection[int], finding: int, key: str) -> Question | None:
    """One question that still waits, or None."""
    waiting = questions(agencies)
    return next((q for q in waiting if q.finding.pk == finding and q.key == key), None)


def put_off(most: int = 40) -> list[Reply]:
    """Questions that are put off now, the newest first, with their lines; one query."""
    waiting = Reply.objects.filter(until__gt=timezone.now()).select_related("program", "agency")
    return list(waiting.defer("program__search")[:most])


def _said(keys: Collection[str]) -> dict[tuple[str, str], Reply]:
    """The newest reply for each line and missing thing."""
    rows = Reply.objects.filter(program__key__in=keys).order_by("pk").select_related("program")
    return {(r.program.key, r.missing): r for r in rows}


def _waits(reply: Reply, finding: Finding) -> bool:
    """Whether a reply still holds: put off, or given after the run that asked."""
    if reply.kind == Reply.Kind.ANSWERED:
        return reply.run_id == finding.last_run_id
    return reply.until is not None and reply.until > timezone.now()
