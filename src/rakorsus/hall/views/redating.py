"""Trying and adopting other dates at the city table."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rakorsus.hall.actions import redating
from rakorsus.people.actor import of_request
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program


@login_required
@require_POST
@never_cache
def draft(request: HttpRequest, pk: int) -> JsonResponse:
    """JSON {program: key, days, adopt, reason}: what the engine says of the moved line, as
    `actions.redating.told`, or {version} once it is adopted; {error} with 400 or 403."""
    actor = of_request(request, "hall-3d")
    try:
        asked = json.loads(request.body)
        key, days = str(asked["program"]), int(asked["days"])
        wanted, reason = bool(asked.get("adopt")), str(asked.get("reason") or "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return JsonResponse({"error": _("Permintaan tidak terbaca.")}, status=400)
    seen = panels.unveiled(Program.objects.filter(removed=False), panels.veil_of(actor))
    program = seen.filter(key=key).select_related("agency").first()
    if program is None:
        return JsonResponse({"error": _("Program ini tidak ada lagi.")}, status=400)
    try:
        if wanted:
            version = redating.adopt(actor, program, days, reason)
            return JsonResponse({"version": version.number})
        return JsonResponse(redating.told(actor, program, redating.simulate(actor, program, days)))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    except PermissionDenied:
        return JsonResponse({"error": _("Anda tidak berhak melakukan ini.")}, status=403)
