"""Health for supervisors, numbers for Prometheus, and the page for administrators."""

from __future__ import annotations

import hmac
import os
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rakorsus import __version__
from rakorsus.audit import daily
from rakorsus.operation import checks, figures, jobs, metrics
from rakorsus.people.actor import of_request
from rakorsus.people.rules import require

_LOOPBACK = frozenset({"127.0.0.1", "::1"})


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For a supervisor: 200 when the process works and the database answers."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@require_safe
def readiness(request: HttpRequest) -> JsonResponse:
    """For a balancer: 200 when requests can be served, otherwise 503."""
    ready = checks.ready()
    return JsonResponse({"status": "ready" if ready else "not ready"}, status=200 if ready else 503)


@require_safe
def prometheus(request: HttpRequest) -> HttpResponse:
    """From this machine itself, or with the token of `RAKORSUS_METRICS_TOKEN`; else not there."""
    token = os.environ.get("RAKORSUS_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    known = bool(token) and hmac.compare_digest(given.encode(), token.encode())
    local = request.META.get("REMOTE_ADDR") in _LOOPBACK and not token
    if not (known or local):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


@require_safe
@login_required
def status(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "operation.read")
    found = checks.run()
    shown = {
        "checks": found, "worst": checks.worst(found), "figures": list(figures.all_figures()),
        "version": __version__, "failed": jobs.failed(), "daily": daily.shown(),
    }  # fmt: skip
    return render(request, "operation/status.html", shown)


@require_POST
@login_required
def run_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queue a failed job once more."""
    if jobs.run_again(of_request(request), pk):
        messages.success(request, _("Pekerjaan itu diantrekan lagi."))
    return redirect("status")
