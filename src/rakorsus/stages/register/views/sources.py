"""What the register stands on, how good each agency's data are, and the form to fill in."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rakorsus.engine.intake import write_template
from rakorsus.people.actor import of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.register.queries import quality
from rakorsus.stages.register.queries.template import lists

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Our template with this installation's agencies, nomenclature and funds as lists."""
    actor = of_request(request)
    if not actor.signed_in:
        return redirect_to_login(request.get_full_path())
    require(actor, "intake.load")
    target = BytesIO()
    write_template(target, **lists())
    response = HttpResponse(target.getvalue(), content_type=_SPREADSHEET)
    response["Content-Disposition"] = 'attachment; filename="templat-program.xlsx"'
    return response
