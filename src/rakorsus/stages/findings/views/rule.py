"""One rule of the engine: what it says, where it comes from, how many findings it has made."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rakorsus.engine.explain import RULEBOOK
from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.findings import queries, rulebook


@login_required
@require_GET
def rule(request: HttpRequest, name: str) -> HttpResponse:
    actor = of_request(request)
    require(actor, "findings.read")
    if name not in RULEBOOK:
        raise Http404
    state = "expected" if name.startswith("expected.") else "terbuka"
    found = queries.listed(actor, queries.Filters(aturan=name, keadaan=state))
    context = {
        "name": name, "rule": rulebook.words(name), "count": found.count(), "findings": found[:10],
        "state": state, "disabled": name in rulebook.values()["disabled"], "tab": "",
    }  # fmt: skip
    return render(request, "findings/rule.html", context)
