"""Settings of papers: letterheads, signatories, numbers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.documents import actions, queries
from rakorsus.documents.drafts import settings_of
from rakorsus.documents.forms import CounterForm, KindForm, LetterheadForm, SignatoryForm
from rakorsus.documents.kinds import kind_of
from rakorsus.documents.models import Counter, Letterhead, Signatory
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require

_PARTS: dict[str, tuple[type[Letterhead] | type[Signatory], type[ModelForm]]] = {
    "kop": (Letterhead, LetterheadForm),
    "penanda-tangan": (Signatory, SignatoryForm),
}


def _manager(request: HttpRequest) -> Actor:
    actor = of_request(request)
    require(actor, "documents.manage")
    return actor


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    _manager(request)
    context = {
        "tab": "documents", "heads": Letterhead.objects.all(), "signers": Signatory.objects.all(),
        "rows": queries.kind_rows(), "counters": Counter.objects.all(), "form": CounterForm(),
    }  # fmt: skip
    return render(request, "documents/settings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, what: str, pk: int = 0) -> HttpResponse:
    """A letterhead or a signatory: add, change, remove."""
    actor = _manager(request)
    if what not in _PARTS:
        raise Http404
    model, form_of = _PARTS[what]
    record = get_object_or_404(model, pk=pk) if pk else model()
    if pk and request.POST.get("hapus"):
        actions.remove(actor, record)
        messages.success(request, _("Dihapus."))
        return redirect("documents:settings")
    form = form_of(request.POST or None, instance=get_object_or_404(model, pk=pk) if pk else None)
    if request.method == "POST" and form.is_valid():
        actions.save(actor, record, form.cleaned_data)
        messages.success(request, _("Tersimpan."))
        return redirect("documents:settings")
    context = {"tab": "documents", "form": form, "record": record if pk else None, "what": what}
    return render(request, "documents/part.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, key: str) -> HttpResponse:
    """Letterhead, signatory and numbers of one kind."""
    actor = _manager(request)
    try:
        shown = kind_of(key)
    except KeyError as error:
        raise Http404 from error
    form = KindForm(request.POST or None, instance=settings_of(key))
    if request.method == "POST" and form.is_valid():
        actions.save_settings(actor, key, form.cleaned_data)
        messages.success(request, _("Tersimpan."))
        return redirect("documents:settings")
    return render(request, "documents/kind.html", {"tab": "documents", "form": form, "kind": shown})


@login_required
@require_POST
def counter(request: HttpRequest) -> HttpResponse:
    """Raise a counter."""
    actor = _manager(request)
    form = CounterForm(request.POST)
    try:
        if form.is_valid():
            actions.raise_counter(actor, form.cleaned_data["scope"], form.cleaned_data["last"])
            messages.success(request, _("Penghitung dinaikkan."))
        else:
            messages.error(request, _("Isi nama penghitung dan angkanya."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("documents:settings")
