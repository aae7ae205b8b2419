"""Making a finding: stable id, programs, agencies, places, period and the evidence all share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from rakorsus.engine.context import Context
from rakorsus.engine.records import Finding, FindingKind, Option, PlaceGrade, Severity, Text
from rakorsus.engine.sentences import join

#: Kinds that rest on when works run.
_TIMED: Final = frozenset({FindingKind.CLASH, FindingKind.OPPORTUNITY, FindingKind.ORDER})
_ESTIMATED: Final = Text(
    "Waktu pelaksanaan diperkirakan dari tanggal pengumuman atau kontrak.",
    "The period is estimated from the day of announcement or contract.",
)
_UNSURE: Final = 0.15


def finding_id(kind: FindingKind, keys: Iterable[str]) -> str:
    """A name that depends on the kind and the keys only, so that the next run gives the same."""
    text = "\n".join((kind.value, *sorted(keys)))
    return blake2b(text.encode(), digest_size=8).hexdigest()


def severity_of(score: float) -> Severity:
    """How loud a finding speaks: high from 0.62, medium from 0.45."""
    if score >= 0.62:
        return Severity.HIGH
    return Severity.MEDIUM if score >= 0.45 else Severity.LOW


def draft(
    context: Context,
    kind: FindingKind,
    keys: Sequence[str],
    *,
    rule: str,
    reasons: Text,
    score: float,
    sure: float,
    money: int,
    options: Sequence[Option] = (),
    evidence: Mapping[str, Any] | None = None,
    about: str | None = None,
    places: Sequence[str] | None = None,
    period: tuple[date | None, date | None] | None = None,
) -> Finding:
    """A finding about the program lines `keys` (or about the target `about` when there are none).

    `score` and `sure` are in 0..1: how much it matters, how firm the evidence is. `places` are
    region codes (default: the deepest regions of the lines), `period` defaults to the span of the
    lines. `evidence` is added to what every finding carries: place, dates and money of each line.
    """
    ordered = sorted(set(keys))
    rows = context.briefs(ordered)
    agencies = tuple(sorted({r["agency"] for r in rows}))
    shared: dict[str, Any] = {
        "places": [place_evidence(context, k) for k in ordered],
        "dates": [
            {
                "key": r["key"],
                "start": r["begin"],
                "end": r["finish"],
                "grade": r["date_grade"],
                "estimated": r["estimated"],
            }
            for r in rows
        ],
        "money": [
            {"key": r["key"], "budget": r["budget"], "contract": r["contract_value"]} for r in rows
        ],
    }
    if kind in _TIMED and any(r["estimated"] for r in rows):
        reasons = join(reasons, _ESTIMATED)
        sure -= _UNSURE
    begins = [r["begin"] for r in rows if r["begin"]]
    finishes = [r["finish"] for r in rows if r["finish"]]
    span = (min(begins, default=None), max(finishes, default=None))
    return Finding(
        id=finding_id(kind, [*ordered, about] if about else ordered),
        kind=kind,
        score=round(score, 4),
        sure=round(sure, 4),
        severity=severity_of(score),
        programs=tuple(context.ref(k) for k in ordered),
        agencies=agencies,
        places=tuple(sorted(set(places if places is not None else regions_of(context, ordered)))),
        period=period if period is not None else span,
        money=money,
        reasons=reasons,
        options=tuple(options),
        evidence={**shared, **(evidence or {})},
        rule=rule,
    )


def regions_of(context: Context, keys: Iterable[str]) -> list[str]:
    """The deepest region codes in which the lines work; none that holds another of them."""
    found: set[str] = set()
    for key in keys:
        firm = [p for p in context.places_of.get(key, ()) if p["region"]]
        deep = [p for p in firm if p["grade"] >= PlaceGrade.DISTRICT]
        found.update(p["region"] for p in (deep or firm))
    above = {code.rsplit(".", n)[0] for code in found for n in (1, 2, 3) if code.count(".") >= n}
    return sorted(found - above)


def place_evidence(context: Context, key: str) -> dict[str, Any]:
    """Which place a line names and how sure: its firmest place as written and as understood."""
    places = context.places_of.get(key, ())
    if not places:
        return {"key": key, "text": None, "region": None, "name": "", "grade": 0}
    best = places[0]
    return {
        "key": key,
        "text": best["text"],
        "region": best["region"],
        "name": context.region(best["region"]),
        "grade": best["grade"],
        "rw": best["rw"] or [],
        "street": best["street"],
        "facility": best["facility"],
        "count": len(places),
    }
