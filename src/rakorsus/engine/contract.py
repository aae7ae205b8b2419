"""The findings' file format: one JSON object per finding, stable across releases.

`to_json` gives a dictionary of plain JSON values with these keys, in this order:

| key | value |
|---|---|
| `id` | stable name: depends on kind and programs only |
| `kind` | one of `records.FindingKind` |
| `score` | 0..1, ranks the findings of one run |
| `severity` | `high`, `medium`, `low` |
| `programs` | list of `{source, id, agency, agency_name, title, budget}`; `source` and `id` trace it |
| `agencies` | list of agency codes |
| `places` | list of region codes |
| `period` | `[start, end]`, ISO dates or null |
| `money` | rupiah at stake, integer |
| `reasons` | `{id, en}`: sentences in Bahasa Indonesia and English |
| `options` | list of `{code, text: {id, en}, changes}` |
| `evidence` | `answers` (`explain.records`: dates, places, thing, money, rule; not for expected repetition), `places`, `dates`, `money` per program; by kind also `words` (title and marked spans), `meeting`, `similarity` and others |
| `sure` | 0..1, how firm the evidence is |
| `rule` | name of the rule that fired |
"""  # noqa: E501 (a table)

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from rakorsus.engine.records import Finding, Text


def to_json(finding: Finding, agency_names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One finding as JSON values; agencies without a name in `agency_names` keep their code."""
    told = _told(finding, agency_names or {})
    return told | {name: _plain(told[name]) for name in ("options", "evidence")}


def to_line(finding: Finding, agency_names: Mapping[str, str] | None = None) -> str:
    """One finding as one line of JSON, without the line end."""
    return _ENCODER.encode(_told(finding, agency_names or {}))


def _told(finding: Finding, names: Mapping[str, str]) -> dict[str, Any]:
    """The keys in their order; options and evidence hold what the rules gave them."""
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "score": finding.score,
        "severity": finding.severity.value,
        "programs": [
            {
                "source": p.source,
                "id": p.id,
                "agency": p.agency,
                "agency_name": names.get(p.agency, p.agency),
                "title": p.title,
                "budget": p.budget,
            }
            for p in finding.programs
        ],
        "agencies": list(finding.agencies),
        "places": list(finding.places),
        "period": [d.isoformat() if d else None for d in finding.period],
        "money": finding.money,
        "reasons": finding.reasons.as_dict(),
        "options": [
            {"code": o.code, "text": o.text.as_dict(), "changes": o.changes}
            for o in finding.options
        ],
        "evidence": finding.evidence,
        "sure": finding.sure,
        "rule": finding.rule,
    }


def _plain(value: Any) -> Any:
    """The value with everything inside it as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    known = isinstance(value, str | int | float) or value is None
    return value if known else _plain(_as_json(value))


def _as_json(value: Any) -> Any:
    """What the encoder does not know itself: texts, dates, sets and read-only mappings.

    Raises:
        TypeError: the value has no form in JSON.
    """
    if isinstance(value, Text):
        return value.as_dict()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_as_json)
