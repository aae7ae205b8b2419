"""What a reader follows, and what changed there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rakorsus.engine.sentences import proper
from rakorsus.people.actor import of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.register import actions, panels
from rakorsus.stages.register.locating import area_name
from rakorsus.stages.register.models import Follow, Nomenclature, Program, Region
from rakorsus.stages.register.queries import versions


@login_required
def followed(request: HttpRequest) -> HttpResponse:
    """Everything followed with what changed since it was last looked at."""
    actor = of_request(request)
    require(actor, "register.follow")
    rows = list(Follow.objects.filter(user=actor.user))
    veil = panels.veil_of(actor)
    names = _names(rows, veil)
    entries = []
    for row in rows:
        count, changes = versions.news(row, veil)
        entries.append(
            {"follow": row, "name": names.get((row.kind, row.value), row.value),
             "url": _url(row), "count": count,
             "changes": [(c, versions.fields(c)) for c in changes]}
        )  # fmt: skip
    entries.sort(key=lambda e: (-e["count"], e["follow"].kind, e["name"]))
    return render(
        request, "register/followed.html",
        {"entries": entries, "news": sum(e["count"] for e in entries)},
    )  # fmt: skip


def _names(rows: list[Follow], veil: str) -> dict[tuple[str, str], str]:
    """What is followed, by its name; one query for each kind."""
    kinds = Follow.Kind
    values = {kind: [r.value for r in rows if r.kind == kind] for kind in kinds.values}
    found: dict[tuple[str, str], str] = {}
    for agency in Agency.objects.filter(code__in=values[kinds.AGENCY]):
        found[kinds.AGENCY, agency.code] = proper(agency.name)
    regions = Region.objects.filter(code__in=values[kinds.PLACE]).only("code", "name", "kind")
    for region in regions:
        found[kinds.PLACE, region.code] = area_name(region.name, region.kind)
    lines = panels.unveiled(Program.objects.filter(key__in=values[kinds.PROGRAM]), veil)
    for key, title in lines.values_list("key", "title"):
        found[kinds.PROGRAM, key] = proper(title)
    for code, title in Nomenclature.objects.filter(code__in=values[kinds.CODE]).values_list(
        "code", "title"
    ):
        found[kinds.CODE, code] = f"{code} {title}"
    return found


def _url(row: Follow) -> str:
    kinds = Follow.Kind
    if row.kind == kinds.AGENCY:
        return reverse("register:agency", args=[row.value])
    if row.kind == kinds.PLACE:
        return reverse("register:area", args=[row.value])
    if row.kind == kinds.PROGRAM:
        return reverse("register:program", args=[row.value])
    if row.kind == kinds.CODE:
        return reverse("register:code", args=[row.value])
    return f"{reverse('register:programs')}?tema={row.value}"


@require_POST
@login_required
def follow(request: HttpRequest) -> HttpResponse:
    """Follow, or stop following (`stop=1`); then back to where the button was."""
    actor = of_request(request)
    kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
    try:
        if request.POST.get("stop") == "1":
            actions.unfollow(actor, kind, value)
        else:
            actions.follow(actor, kind, value)
            messages.success(request, _("Diikuti. Perubahannya tampil di Yang saya ikuti."))
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    return redirect(_back(request))


@require_POST
@login_required
def seen(request: HttpRequest) -> HttpResponse:
    actions.mark_seen(of_request(request))
    return redirect("register:followed")


def _back(request: HttpRequest) -> Any:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return target
    return "register:followed"
