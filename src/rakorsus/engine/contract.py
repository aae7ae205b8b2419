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
| `evidence` | `answers` (`explain.records`: dates, places, thing, money, rule), `places`, `dates`, `money` per program; by kind also `words` (title and marked spans), `meeting`, `similarity` and others |
| `sure` | 0..1, how firm the evidence is |
| `rule` | name of the rule that fired |
"""  # noqa: E501 (a table)

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from rakorsus.engine.records import Finding, Text


def to_json(finding: Finding, agency_names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One finding as JSON values; agencies without a name in `agency_names` keep their code."""
    names = agency_names or {}
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
            {"code": o.code, "text": o.text.as_dict(), "changes": _plain(o.changes)}
            for o in finding.options
        ],
        "evidence": _plain(finding.evidence),
        "sure": finding.sure,
        "rule": finding.rule,
    }


def to_line(finding: Finding, agency_names: Mapping[str, str] | None = None) -> str:
    """One finding as one line of JSON, without the line end."""
    return json.dumps(to_json(finding, agency_names), ensure_ascii=False)


_ATOMS = frozenset([str, int, float, bool, type(None)])


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if isinstance(value, Text):
        return value.as_dict()
    if isinstance(value, Mapping):
        return {str(k): v if type(v) in _ATOMS else _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(v) for v in value)
    return value.isoformat() if isinstance(value, date) else value
