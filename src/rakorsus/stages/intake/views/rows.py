"""Set-aside rows: the list, the table to correct, loading it again, leaving rows out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people import actor as actors
from rakorsus.stages.intake import actions, corrections, originals
from rakorsus.stages.intake.models import SetAsideRow, SourceFile
from rakorsus.stages.intake.queries.rows import rows_of
from rakorsus.stages.intake.views.access import batch_of, file_of, page, upload_page
from rakorsus.stages.intake.views.files import SPREADSHEET

PAGE = 50


@page("intake.load")
@require_GET
def rows(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The rows one by one, filtered by file, cause and state in the address."""
    found = batch_of(actors.of_request(request), uuid)
    wanted = request.GET.get("berkas", "")
    files = SourceFile.objects.filter(batch=found)
    file = files.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    state = request.GET.get("keadaan", "")
    family = request.GET.get("sebab", "")
    chosen = rows_of(found, file=file, family=family, state=state)
    listed = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": found,
        "file": file,
        "rows": listed,
        "family": family,
        "state": state,
        "states": SetAsideRow.State.choices,
    }
    return render(request, "intake/rows.html", context)


@page("intake.load")
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The open rows of a file as XLSX with the reason beside, to correct and load again."""
    file = file_of(actors.of_request(request), pk)
    response = HttpResponse(corrections.write(file), content_type=SPREADSHEET)
    name = originals.safe_name(file.name).rsplit(".", 1)[0]
    response["Content-Disposition"] = f'attachment; filename="disisihkan-{name}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@upload_page
@page("intake.load")
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Load corrected rows of a file again."""
    actor = actors.of_request(request)
    file = file_of(actor, pk)
    try:
        batch = actions.receive(actor, request.FILES.getlist("files"), corrects=file)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return redirect(file.batch)
    return redirect(batch)


@page("intake.load")
@require_POST
def dismiss(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave the rows of one cause out, with a reason; or take them back onto the list."""
    actor = actors.of_request(request)
    found = batch_of(actor, uuid)
    family = request.POST.get("family", "")
    if request.POST.get("back"):
        actions.reopen(actor, found, family)
        return redirect(found)
    try:
        count = actions.dismiss(actor, found, family, request.POST.get("note", ""))
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        words = _("%(count)s baris diabaikan.")
        messages.success(request, words % {"count": count})
    return redirect(reverse("intake:batch", args=[found.pk]) + "#masalah")
