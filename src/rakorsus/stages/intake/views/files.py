"""One file of an import."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rakorsus.people import actor as actors
from rakorsus.stages.intake.queries.batches import give_open_rows
from rakorsus.stages.intake.queries.rows import causes
from rakorsus.stages.intake.views.access import file_of, page
from rakorsus.stages.intake.views.batches import CAUSES

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("intake.load")
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recognised and read sheet by sheet, and what was set aside."""
    found = file_of(actors.of_request(request), pk)
    give_open_rows([found])
    reasons = causes(found.batch, file=found)
    context = {
        "file": found,
        "batch": found.batch,
        "causes": reasons[:CAUSES],
        "more_causes": max(len(reasons) - CAUSES, 0),
    }
    return render(request, "intake/file.html", context)
