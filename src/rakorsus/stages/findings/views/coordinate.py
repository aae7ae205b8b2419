"""What the coordinator does: run the engine, look at runs, take up expected repetition."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rakorsus.people.actor import of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding, Run
from rakorsus.stages.findings.views.one import readable

SIZE = 30


@login_required
def runs(request: HttpRequest) -> HttpResponse:
    """Runs with what each changed."""
    actor = of_request(request)
    require(actor, "findings.read")
    page = Paginator(Run.objects.all(), SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page, "tab": "runs", "coordinate": can(actor, "findings.coordinate"),
        "kinds": dict(Finding.Kind.choices),
    }  # fmt: skip
    return render(request, "findings/runs.html", context)


@login_required
@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    """Run the engine as a job."""
    actions.ask_for_run(of_request(request))
    messages.success(request, _("Analisis dijadwalkan; hasilnya muncul di daftar ini."))
    return redirect("findings:runs")


@login_required
@require_POST
def want(request: HttpRequest, pk: int) -> HttpResponse:
    """Expected repetition as a finding after all, or set aside again."""
    actor = of_request(request)
    shown = readable(actor, pk)
    try:
        actions.want(actor, shown, request.POST.get("jadikan") == "1")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Perubahan disimpan."))
    return redirect(shown)
