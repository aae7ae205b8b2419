"""Pages of the API's keys."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rakorsus.people import apikeys
from rakorsus.people.actor import of_request
from rakorsus.people.models import User
from rakorsus.people.rules import require

_PAGE = 50


class KeyForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Bertindak sebagai"),
        queryset=User.objects.filter(is_active=True).order_by("display_name"),
        help_text=gettext_lazy("Kunci tidak pernah boleh lebih daripada akun ini."),
    )
    client = forms.CharField(
        label=gettext_lazy("Dipakai oleh"), max_length=120,
        help_text=gettext_lazy("Aplikasi atau instansi yang memakainya."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Cakupan"), choices=[(s, s) for s in apikeys.SCOPES],
        widget=forms.CheckboxSelectMultiple, initial=["register:read"],
    )  # fmt: skip
    quota = forms.IntegerField(
        label=gettext_lazy("Permintaan per menit"), min_value=1, max_value=6000, initial=120
    )
    expires = forms.DateField(
        label=gettext_lazy("Berlaku sampai"), widget=forms.DateInput({"type": "date"})
    )


@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The keys, and a form for a new one; its secret is shown in the answer, this once."""
    actor = of_request(request)
    require(actor, "people.keys")
    ends = timezone.localdate() + timedelta(days=180)
    form = KeyForm(request.POST or None, initial={"expires": ends.isoformat()})
    given = None
    if request.method == "POST" and form.is_valid():
        try:
            given = apikeys.give(actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    page = Paginator(apikeys.keys(actor), _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "given": given, "today": timezone.localdate()}
    return render(request, "people/api_keys.html", context)


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    apikeys.revoke(actor, get_object_or_404(apikeys.keys(actor), pk=pk))
    messages.success(request, _("Kunci dicabut."))
    return redirect("api_keys")
