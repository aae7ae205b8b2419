"""What a draft of the city table would change, as its maker may see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from rakorsus.hall.models import Draft
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries.visible import visible
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program


def effect(actor: Actor, draft: Draft) -> dict[str, Any]:
    """Findings that would go, come and stay; and whether the actor may adopt the draft, which
    nobody may who would make a new finding with it."""
    result = draft.result
    before, after = result.get("before", []), result.get("after", [])
    rows = Finding.objects.filter(fingerprint__in={r["fingerprint"] for r in (*before, *after)})
    stored = set(rows.values_list("fingerprint", flat=True))
    known = {f.fingerprint: f for f in visible(actor, rows)}
    hidden = _hidden(actor, (*before, *after))

    def told(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            _told(row, known.get(row["fingerprint"]), row["fingerprint"] in hidden)
            for row in found
            if row["fingerprint"] in known or row["fingerprint"] not in stored
        ]

    gone, new = set(result.get("gone", [])), set(result.get("new", []))
    return {
        "gone": told([row for row in before if row["fingerprint"] in gone]),
        "new": told([row for row in after if row["fingerprint"] in new]),
        "stay": told([row for row in before if row["fingerprint"] not in gone]),
        "may_adopt": draft.state == Draft.State.DONE and not new
        and can(actor, "register.amend", draft.program),
    }  # fmt: skip


def _hidden(actor: Actor, found: Iterable[dict[str, Any]]) -> set[str]:
    """Fingerprints of those that name a line which is not for the actor; also of those whose lines
    were not noted."""
    veil = panels.veil_of(actor)
    if veil == panels.ALL:
        return set()
    lines = {row["fingerprint"]: set(row.get("keys", ())) for row in found}
    wanted = Program.objects.filter(key__in=set().union(*lines.values()))
    seen = set(panels.unveiled(wanted, veil).values_list("key", flat=True))
    return {name for name, keys in lines.items() if not keys or not keys <= seen}


def _told(row: dict[str, Any], known: Finding | None, hidden: bool) -> dict[str, Any]:
    language = "en" if translation.get_language() == "en" else "id"
    shown = known or Finding(kind=row["kind"])
    return {
        "kind": row["kind"], "kind_name": shown.get_kind_display(),
        "money": 0 if hidden else row["money"],
        "text": shown.concealed(language) if hidden else row["reasons"][language],
        "url": known.get_absolute_url() if known else None,
    }  # fmt: skip
