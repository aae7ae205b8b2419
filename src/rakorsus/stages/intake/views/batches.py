"""The list of imports with the upload form, one import, and what can be done with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people import actor as actors
from rakorsus.people.rules import can
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.limits import MEGABYTE, limits
from rakorsus.stages.intake.models import ImportBatch, SourceFile
from rakorsus.stages.intake.queries import batches as queries
from rakorsus.stages.intake.queries.rows import causes
from rakorsus.stages.intake.views.access import batch_of, page, upload_page

PAGE = 25
CAUSES = 30  # shown on one page


@upload_page
@page("intake.load")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The newest imports; POST takes files in."""
    actor = actors.of_request(request)
    errors: list[str] = []
    if request.method == "POST":
        uploads = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
        try:
            batch = actions.receive(actor, uploads)
        except ValidationError as error:
            errors = error.messages
        else:
            return redirect(batch)
    listed = Paginator(queries.batches(actor), PAGE).get_page(request.GET.get("page"))
    listed.object_list = list(listed.object_list)
    queries.with_work(listed.object_list)
    context = {
        "batches": listed,
        "errors": errors,
        "limits": limits(),
        "most_file": limits().file // MEGABYTE,
        "most_batch": limits().batch // MEGABYTE,
        "limited": not can(actor, "intake.load_all"),
    }
    return render(request, "intake/index.html", context, status=400 if errors else 200)


@page("intake.load")
@require_GET
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One import; while it runs the page asks again every two seconds (with JavaScript only its
    progress, without it the whole page)."""
    found = batch_of(actors.of_request(request), uuid)
    if found.running:
        template = (
            "intake/_progress.html"
            if request.headers.get("HX-Request")
            else ("intake/running.html")
        )
        return render(request, template, {"batch": found})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": found.get_absolute_url()})
    files = queries.files_of(found)
    reasons = causes(found)
    context = {
        "batch": found,
        "files": files,
        "causes": reasons[:CAUSES],
        "more_causes": max(len(reasons) - CAUSES, 0),
        "unknown": [f for f in files if f.state == SourceFile.State.UNKNOWN],
        "refused": [f for f in files if f.state == SourceFile.State.REFUSED],
        "open_rows": sum(c.open for c in reasons),
        "structure": sum(f.structure for f in files),
        "can_run_again": found.state != ImportBatch.State.DONE and actions.has_originals(found),
    }
    return render(request, "intake/batch.html", context)


@page("intake.load")
@require_POST
def stop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = batch_of(actors.of_request(request), uuid)
    if not actions.ask_stop(actors.of_request(request), found):
        messages.warning(
            request, _("Terlambat dibatalkan: hasilnya sedang atau sudah ditulis ke register.")
        )
    return redirect(found)


@page("intake.load")
@require_POST
def again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actor = actors.of_request(request)
    found = batch_of(actor, uuid)
    try:
        actions.run_again(actor, found)
    except actions.Unusable as error:
        messages.error(request, getattr(error.reason, "en" if get_language() == "en" else "id"))
    return redirect(found)
