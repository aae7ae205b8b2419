"""Which decisions somebody sees, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Prefetch, Q, QuerySet, Value, When

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.decisions.models import Change, Decision
from rakorsus.stages.findings.queries.veiled import own, secret, veiled
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """As the address has them; what is not known is empty."""

    q: str = ""
    jenis: str = ""
    keadaan: str = ""
    mesin: str = ""
    perangkat: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Filters:
        def known(name: str, choices: list[str]) -> str:
            value = str(query.get(name) or "")
            return value if value in choices else ""

        return cls(
            q=str(query.get("q") or "")[:100].strip(),
            jenis=known("jenis", Decision.Kind.values),
            keadaan=known("keadaan", Decision.State.values),
            mesin=known("mesin", Decision.Verdict.values),
            perangkat=str(query.get("perangkat") or "")[:60],
        )

    def __bool__(self) -> bool:
        return any((self.q, self.jenis, self.keadaan, self.mesin, self.perangkat))


def visible(actor: Actor) -> QuerySet[Decision]:
    """What the rule decisions.read lets the actor see, as a condition of the query."""
    found = Decision.objects.all()
    if actor.has(*_INSIDE) and not veiled(actor):
        return found
    mine = own(actor)
    touching = Change.objects.filter(program__agency__in=mine).values("decision")
    found = found.exclude(state=Decision.State.DRAFT)
    seen = found.filter(Q(owner__in=mine) | Q(pk__in=touching)) if mine else found.none()
    return _marked(seen, panels.veil_of(actor))


def _marked(found: QuerySet[Decision], veil: str) -> QuerySet[Decision]:
    """Of a decision that changes a line hidden from the reader, or is about a finding with one, it
    is told that there is one (`Decision.hidden`); changes are those of lines the reader sees."""
    lines = panels.veiled(Program.objects.order_by(), veil).values("pk")
    changed = Change.objects.order_by().filter(program__in=lines).values("decision")
    found = found.annotate(
        hidden=Case(
            When(Q(pk__in=changed) | Q(finding__in=secret(veil)), then=Value(True)),
            default=Value(False), output_field=BooleanField(),
        )
    )  # fmt: skip
    return found.prefetch_related(Prefetch("changes", changes_for(veil)))


def changes_for(veil: str) -> QuerySet[Change]:
    """Changes as whoever has this name may read them: of lines that are not hidden."""
    rows = Change.objects.select_related("program__agency").order_by("position", "id")
    if veil == panels.ALL:
        return rows
    seen = panels.unveiled(Program.objects.order_by(), veil).values("pk")
    return rows.filter(program__in=seen)


def listed(actor: Actor) -> QuerySet[Decision]:
    """With everything that a list shows, drafts first, then the newest."""
    found = visible(actor).select_related("owner", "finding", "meeting", "plan_version")
    return found.order_by(F("decided_at").desc(nulls_first=True), "-id")


def narrow(found: QuerySet[Decision], asked: Filters) -> QuerySet[Decision]:
    if asked.jenis:
        found = found.filter(kind=asked.jenis)
    found = (
        found.filter(state=asked.keadaan)
        if asked.keadaan
        else found.exclude(state=Decision.State.DROPPED)
    )
    if asked.mesin:
        found = found.filter(verdict=asked.mesin)
    if asked.perangkat:
        touching = Change.objects.filter(program__agency__code=asked.perangkat).values("decision")
        found = found.filter(Q(owner__code=asked.perangkat) | Q(pk__in=touching))
    if asked.q and "hidden" in found.query.annotations:
        found = found.filter(hidden=False)
    for word in asked.q.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return found


def numbers(actor: Actor) -> dict[str, int]:
    """How many decisions are in force, wait as drafts, and left their finding standing."""
    return visible(actor).aggregate(
        taken=Count("pk", filter=Q(state=Decision.State.TAKEN)),
        draft=Count("pk", filter=Q(state=Decision.State.DRAFT)),
        stays=Count(
            "pk", filter=Q(state=Decision.State.TAKEN, verdict=Decision.Verdict.STAYS)
        ),
    )  # fmt: skip


def deciding_agencies() -> QuerySet[Change, dict[str, Any]]:
    """Ids of the agencies whose lines decisions change."""
    return Change.objects.exclude(program=None).values("program__agency")


def waiting() -> QuerySet[Decision]:
    """Taken, and not judged by the engine yet."""
    return Decision.objects.filter(verdict=Decision.Verdict.WAITING)
