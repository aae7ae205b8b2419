"""When people are reminded, and when an item goes up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rakorsus.stages.followup import actions, remind_rules
from rakorsus.stages.followup.forms import RulesForm
from rakorsus.stages.followup.views.common import reader


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    actor = reader(request, "followup.settings")
    now = remind_rules.in_force()
    start = {
        "before": ", ".join(map(str, now.before)), "every": now.every,
        "after": now.escalate_after, "post": now.escalate_post,
    }  # fmt: skip
    form = RulesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_rules(actor, data["before"], data["every"], data["after"], data["post"])
            messages.success(request, _("Aturan disimpan."))
            return redirect("followup:rules")
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "followup/rules.html", {"form": form})
