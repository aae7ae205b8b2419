"""What the register stands on, and how good each agency's data are."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rakorsus.people.actor import of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.register.queries import quality

#: Columns of the table that it can be sorted by, with the direction that shows the worst first.
_SORTS = {"lines": -1, "dated": 1, "placed": 1, "measured": 1, "money": -1}


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    if not can(actor, "intake.sources") and not actor.signed_in:
        return redirect_to_login(request.get_full_path())
    require(actor, "intake.sources")
    rows = quality.qualities()
    sort = request.GET.get("urut", "")
    if sort in _SORTS:
        rows = sorted(rows, key=lambda q: _SORTS[sort] * getattr(q, sort))
    context = {"documents": quality.documents(), "qualities": rows, "sort": sort}
    return render(request, "register/sources.html", context)
