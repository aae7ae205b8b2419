"""What a draft of the city table would change, as its maker may see it."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from rakorsus.hall.models import Draft
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries.visible import visible


def effect(actor: Actor, draft: Draft) -> dict[str, Any]:
    """Findings that would go, come and stay; and whether the actor may adopt the draft, which
    nobody may who would make a new finding with it."""
    result = draft.result
    before, after = result.get("before", []), result.get("after", [])
    kinds = dict(Finding.Kind.choices)
    rows = Finding.objects.filter(fingerprint__in={r["fingerprint"] for r in (*before, *after)})
    pages = {f.fingerprint: f.get_absolute_url() for f in rows.only("pk", "fingerprint")}
    seen = set(visible(actor, rows).values_list("fingerprint", flat=True))
    hidden = set(pages) - seen
    language = "en" if translation.get_language() == "en" else "id"

    def told(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {"kind": row["kind"], "kind_name": str(kinds[row["kind"]]), "money": row["money"],
             "text": row["reasons"][language], "url": pages.get(row["fingerprint"])}
            for row in found if row["fingerprint"] not in hidden
        ]  # fmt: skip

    gone, new = set(result.get("gone", [])), set(result.get("new", []))
    return {
        "gone": told([row for row in before if row["fingerprint"] in gone]),
        "new": told([row for row in after if row["fingerprint"] in new]),
        "stay": told([row for row in before if row["fingerprint"] not in gone]),
        "may_adopt": draft.state == Draft.State.DONE and not new
        and can(actor, "register.amend", draft.program),
    }  # fmt: skip
