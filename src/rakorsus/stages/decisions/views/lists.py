"""The list of decisions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rakorsus.people.actor import of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.decisions import queries
from rakorsus.stages.decisions.models import Decision

SIZE = 30


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    require(actor, "decisions.read")
    asked = queries.Filters.of(request.GET)
    found = queries.narrow(queries.listed(actor), asked)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page, "asked": asked, "kinds": Decision.Kind.choices,
        "states": Decision.State.choices, "verdicts": Decision.Verdict.choices,
        "agencies": Agency.objects.filter(pk__in=queries.deciding_agencies()),
        "draft": can(actor, "decisions.draft"), "numbers": queries.numbers(actor),
    }  # fmt: skip
    return render(request, "decisions/index.html", context)
