"""One run's findings into the tables: new ones made, known ones renewed, gone ones closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from rakorsus.engine.contract import to_json
from rakorsus.engine.findings import Findings
from rakorsus.engine.records import Finding as Found
from rakorsus.engine.records import FindingKind
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import (
    Finding,
    FindingAgency,
    FindingProgram,
    Run,
    Settlement,
)
from rakorsus.stages.findings.states import state_of
from rakorsus.stages.register.models import Program

_BATCH = 500
_RENEWED = (
    "kind", "severity", "score", "sure", "money", "start", "end", "due", "rule", "reasons_id",
    "reasons_en", "options", "evidence", "regions", "place", "last_run", "closed_run", "state",
)  # fmt: skip


def store(run: Run, found: Findings, keys: frozenset[str] | None) -> dict[str, int]:
    """Keep what the run found. With `keys` only findings that touch these lines are judged gone.

    Returns how many findings are new, kept, closed and reopened.
    """
    said = {f.id: f for f in [*found.findings, *found.expected]}
    known = {f.fingerprint: f for f in _judged(keys, said)}
    made = [Finding(fingerprint=name, first_run=run) for name in said if name not in known]
    tally = {"new": len(made), "kept": 0, "closed": 0, "reopened": 0}
    for finding in [*made, *known.values()]:
        if finding.fingerprint in said:
            _renew(finding, said[finding.fingerprint], found, run)
    Finding.objects.bulk_create(made, batch_size=_BATCH)
    everyone = {f.fingerprint: f for f in made} | known
    _attach(said.values(), everyone)
    answers, agreed = _answers(everyone.values())
    for name, finding in known.items():
        was = finding.state
        finding.state = state_of(
            answers[finding.pk],
            found=name in said,
            agreed=finding.pk in agreed,
            expected=finding.kind == FindingKind.EXPECTED and not finding.wanted,
        )
        if name in said:
            tally["kept"] += 1
            tally["reopened"] += was == Finding.State.CLOSED
        elif was != Finding.State.CLOSED:
            finding.closed_run = run
            tally["closed"] += 1
    Finding.objects.bulk_update(known.values(), _RENEWED, batch_size=_BATCH)
    return tally


def _judged(keys: frozenset[str] | None, said: dict[str, Found]) -> Iterable[Finding]:
    """Findings in the tables that this run speaks about: all, or those that touch `keys`. Of
    expected repetition only a run over all lines speaks."""
    if keys is None:
        return Finding.objects.all()
    touching = Q(lines__program__key__in=keys) & ~Q(kind=FindingKind.EXPECTED)
    touching |= Q(fingerprint__in=list(said))
    return Finding.objects.filter(touching).distinct()


def _renew(finding: Finding, said: Found, found: Findings, run: Run) -> None:
    plain = to_json(said, found.agency_names)
    if finding.pk is None or not run.partial:  # a partial run knows too little of the list to rank
        finding.score, finding.severity = said.score, said.severity
    finding.kind, finding.sure, finding.money = said.kind, said.sure, said.money
    finding.start, finding.end = said.period
    finding.due = plain["evidence"].get("by") or None
    finding.rule = said.rule
    finding.reasons_id, finding.reasons_en = said.reasons.id, said.reasons.en
    finding.options, finding.evidence = plain["options"], plain["evidence"]
    finding.regions = plain["places"]
    finding.place = _place(plain)
    finding.last_run, finding.closed_run = run, None
    if said.kind == FindingKind.EXPECTED and not finding.wanted:
        finding.state = Finding.State.EXPECTED


def _place(plain: dict[str, Any]) -> str:
    """The firmest place of the evidence in words."""
    places = [p for p in plain["evidence"].get("places", ()) if p.get("name")]
    best = max(places, key=lambda p: p.get("grade", 0), default=None)
    if best is None:
        return ""
    inside = best.get("street") or best.get("facility") or ""
    return ", ".join(part for part in (inside.title(), best["name"]) if part)[:250]


def _attach(said: Iterable[Found], everyone: dict[str, Finding]) -> None:
    """Lines and sides of each finding; sides of lines that left stay, with what they said."""
    wanted = list(said)
    keys = {key for f in wanted for key in f.keys}
    programs = dict(Program.objects.filter(key__in=keys).values_list("key", "pk"))
    codes = {code for f in wanted for code in f.agencies}
    agencies = dict(Agency.objects.filter(code__in=codes).values_list("code", "pk"))
    FindingProgram.objects.bulk_create(
        [
            FindingProgram(finding=everyone[f.id], program_id=programs[key], position=n)
            for f in wanted
            for n, key in enumerate(f.keys)
            if key in programs
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    FindingAgency.objects.bulk_create(
        [
            FindingAgency(finding=everyone[f.id], agency_id=agencies[code])
            for f in wanted
            for code in f.agencies
            if code in agencies
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _answers(findings: Iterable[Finding]) -> tuple[dict[int, list[str]], set[int]]:
    """Newest answers of each finding's sides, and the findings whose sides have agreed."""
    ids = [f.pk for f in findings]
    answers: dict[int, list[str]] = defaultdict(list)
    agreed: set[int] = set()
    for part in _parts(ids):
        for pk, given in FindingAgency.objects.filter(finding__in=part).values_list(
            "finding", "answer"
        ):
            answers[pk].append(given)
        agreed |= set(
            Settlement.objects.filter(finding__in=part, state=Settlement.State.AGREED).values_list(
                "finding", flat=True
            )
        )
    return answers, agreed


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[n : n + _BATCH] for n in range(0, len(ids), _BATCH))
