"""The page of one line, and its amendment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rakorsus.people.actor import of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.register import actions, panels
from rakorsus.stages.register.forms import AmendForm
from rakorsus.stages.register.models import Follow, Program
from rakorsus.stages.register.queries import neighbours, versions
from rakorsus.stages.register.views.common import follows


@require_GET
def program(request: HttpRequest, key: str) -> HttpResponse:
    """Facts, places, documents, hierarchy, neighbours, history, later stages' panels."""
    actor = of_request(request)
    require(actor, "register.read")
    veil = panels.veil_of(actor)
    seen = panels.unveiled(Program.objects.all(), veil)
    line = get_object_or_404(
        seen.select_related("agency__parent", "version").defer("search"), key=key
    )
    below = neighbours.below(line, veil=veil)
    near = neighbours.neighbours(line, veil)
    return render(
        request, "register/program.html",
        {
            "program": line, "above": neighbours.above(line, veil), "below": below[:50],
            "more_below": len(below) > 50,
            "places": list(line.located.select_related("region").order_by("-grade", "pk")[:60]),
            "themes": list(line.themes.values_list("tag", flat=True)),
            "documents": neighbours.documents(line, veil),
            "neighbours": near,
            "beside": panels.beside(actor, line, {*near.here, *near.alike, *near.people}),
            "nomenclature": neighbours.nomenclature_of(line.code) if line.code else None,
            "history": [(c, versions.fields(c)) for c in neighbours.history(line)],
            "panels": panels.of_page("program", actor, line),
            "followed": follows(actor, Follow.Kind.PROGRAM, line.key),
            "may_amend": can(actor, "register.amend", line),
        },
    )  # fmt: skip


def amend(request: HttpRequest, key: str) -> HttpResponse:
    """A form with the line's present values; the change becomes a version with its reason."""
    actor = of_request(request)
    seen = panels.unveiled(Program.objects.select_related("agency"), panels.veil_of(actor))
    line = get_object_or_404(seen, key=key, removed=False)
    require(actor, "register.amend", line)
    form = AmendForm(request.POST or None, initial=AmendForm.of(line))
    if request.method == "POST" and form.is_valid() and _amended(actor, line, form):
        messages.success(request, _("Perubahan disimpan sebagai versi baru."))
        return redirect(line)
    return render(request, "register/amend.html", {"program": line, "form": form})


def _amended(actor: Any, line: Program, form: AmendForm) -> bool:
    try:
        actions.amend_program(
            actor, line, form.changes(line), form.cleaned_data["reason"], form.cleaned_data["seen"]
        )
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    return True
