"""Why two programs are a finding, or why not: two pickers and what every rule says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from rakorsus.engine.explain.records import Condition
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.findings import rulebook
from rakorsus.stages.findings.comparing import compare_lines
from rakorsus.stages.findings.queries.why import candidates, line, why
from rakorsus.stages.register.models import Program

_SIDES = ("kiri", "kanan")


@login_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """`kiri` and `kanan` are keys of lines, `cari_kiri` and `cari_kanan` what is looked for."""
    actor = of_request(request)
    require(actor, "findings.read")
    chosen = {name: line(actor, request.GET.get(name, "")) for name in _SIDES}
    left, right = chosen["kiri"], chosen["kanan"]
    told = why(actor, left, right) if left and right and left.pk != right.pk else None
    return render(
        request, "findings/why.html",
        {
            "sides": [_picker(actor, request, name, chosen) for name in _SIDES],
            "told": told, "tab": "why",
            "same": left is not None and left == right,
            "comparison": compare_lines([told.left, told.right]) if told else None,
            "conditions": _worded(told.conditions) if told else [],
            "holds": told is not None and any(c.refusal is None for c in told.conditions),
        },
    )  # fmt: skip


def _picker(
    actor: Actor, request: HttpRequest, name: str, chosen: dict[str, Program | None]
) -> dict[str, Any]:
    """One side: the line chosen, or a search with its results, each an address that chooses."""
    other = next(side for side in _SIDES if side != name)
    kept = {other: beside.key} if (beside := chosen[other]) else {}
    asked = request.GET.get(f"cari_{name}", "").strip()
    but = beside.key if beside else ""
    found = candidates(actor, asked, but) if asked and not chosen[name] else ()
    return {
        "name": name, "line": chosen[name], "asked": asked, "kept": kept,
        "change": urlencode(kept),
        "results": [(one, urlencode({**kept, name: one.key})) for one in found],
        "unknown": bool(request.GET.get(name)) and not chosen[name],
    }  # fmt: skip


def _worded(conditions: Sequence[Condition]) -> list[dict[str, Any]]:
    """Each condition with the titles of its rules."""
    return [
        {
            "rules": [(name, rulebook.words(name)["title"]) for name in c.rules],
            "holds": c.refusal is None, "text": c.text.as_dict(),
        }
        for c in conditions
    ]  # fmt: skip
