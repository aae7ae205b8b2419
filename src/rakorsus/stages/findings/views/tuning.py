"""The rules of the engine: sliders and switches, and what a change would do before it is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.findings import actions, rulebook
from rakorsus.stages.findings.actions.trial import small
from rakorsus.stages.findings.forms import RulesForm
from rakorsus.stages.findings.models import Finding, RuleSettings, Trial


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Sliders and switches; POST tries the settings (`try`) or saves them. `coba` in the address
    shows a trial of the reader's own."""
    actor = of_request(request)
    require(actor, "findings.coordinate")
    trial = _own(actor, request.GET.get("coba", ""))
    form = RulesForm(
        request.POST or None, initial=rulebook.values() | (trial.values if trial else {})
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _sent(request, actor, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    if request.headers.get("HX-Request"):
        return render(request, "findings/_effect.html", {"problems": _problems(form)})
    return render(
        request, "findings/rules.html",
        {
            "form": form, "trial": trial, "effect": _shown(trial), "tab": "rules",
            "history": RuleSettings.objects.select_related("by")[:10], "live": small(),
        },
    )  # fmt: skip


def _sent(request: HttpRequest, actor: Actor, values: dict[str, Any]) -> HttpResponse:
    """A trial shown on this page (only its panel when htmx asks), or settings saved."""
    if "save" in request.POST:
        actions.save_rules(actor, values)
        messages.success(request, _("Aturan disimpan dan berlaku pada analisis berikutnya."))
        return redirect("findings:rules")
    trial = actions.try_rules(actor, values)
    if request.headers.get("HX-Request"):
        return _panel(request, trial)
    return redirect(_address(trial))


def _address(found: Trial) -> str:
    return f"{reverse('findings:rules')}?coba={found.pk}#dampak"


def _problems(form: RulesForm) -> list[str]:
    """What is wrong with the settings, each with the name of its field."""
    found = []
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        found += [f"{label}: {words}" if label else str(words) for words in problems]
    return found


def _own(actor: Actor, number: str) -> Trial | None:
    return Trial.objects.filter(pk=number, by=actor.user).first() if number.isdigit() else None


@login_required
@require_GET
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of a trial while it runs, for htmx; others are sent to the page."""
    actor = of_request(request)
    require(actor, "findings.coordinate")
    found = get_object_or_404(Trial, pk=pk, by=actor.user)
    if request.headers.get("HX-Request"):
        return _panel(request, found)
    return redirect(_address(found))


@login_required
@require_POST
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Save a trial's settings, or discard them."""
    actor = of_request(request)
    require(actor, "findings.coordinate")
    found = get_object_or_404(Trial, pk=pk, by=actor.user)
    if what == "simpan":
        actions.keep(actor, found)
        messages.success(request, _("Aturan disimpan; analisis dengan aturan baru dijadwalkan."))
    else:
        actions.discard(actor, found)
        messages.success(request, _("Percobaan dibuang; aturan tidak berubah."))
    return redirect("findings:rules")


def _panel(request: HttpRequest, found: Trial) -> HttpResponse:
    context = {"trial": found, "effect": _shown(found)}
    return render(request, "findings/_effect.html", context)


def _shown(found: Trial | None) -> dict[str, Any] | None:
    """A trial's result with the addresses of the findings that the register knows; one query."""
    if found is None or found.state != Trial.State.DONE:
        return None
    lists = {name: found.result[name] for name in ("appear", "disappear", "moved")}
    names = [f["fingerprint"] for findings in lists.values() for f in findings]
    known = dict(Finding.objects.filter(fingerprint__in=names).values_list("fingerprint", "pk"))
    labels = dict(Finding.Kind.choices)
    for findings in lists.values():
        for f in findings:
            f["pk"] = known.get(f["fingerprint"])
            f["label"] = labels[f["kind"]]
    for row in found.result["kinds"]:
        row["label"] = labels[row["kind"]]
    return {**found.result, **lists, "changed": _changed(found.values)}


def _changed(values: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    """What the trial sets otherwise than it is now: label, value now, value tried."""
    now = rulebook.values()
    found: list[tuple[Any, Any, Any]] = [
        (t.label, rulebook.tidy(now[t.name]), rulebook.tidy(values[t.name]))
        for t in rulebook.THRESHOLDS
        if t.name in values and float(now[t.name]) != float(values[t.name])
    ]
    off, was = set(values.get("disabled", ())), set(now["disabled"])
    switches = [(n, _("aktif"), _("dimatikan")) for n in sorted(off - was)]
    switches += [(n, _("dimatikan"), _("aktif")) for n in sorted(was - off)]
    return found + [(rulebook.title(name), *rest) for name, *rest in switches]
