"""Settings pages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rakorsus.people import actions, queries
from rakorsus.people.actor import of_request
from rakorsus.people.forms import (
    AgencyForm,
    DelegationForm,
    GrantForm,
    NewPersonForm,
    PersonForm,
    ProfileForm,
)
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.people.rules import can, require

PAGE_SIZE = 50


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "people/overview.html")


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    own = User.objects.get(pk=actor.user.pk)  # not the one the header shows
    form = ProfileForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=request.user.pk)
        if _try(form, lambda: actions.change_user(actor, user, form.cleaned_data)):
            messages.success(request, _("Profil disimpan."))
            return redirect("profile")
    roles = Membership.objects.filter(user=request.user).select_related("agency")
    return render(request, "people/profile.html", {"form": form, "roles": roles})


@login_required
def people(request: HttpRequest) -> HttpResponse:
    text, role = _asked(request, "q"), _asked(request, "peran")
    found = queries.people(of_request(request), text, role)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "q": text, "role": role, "roles": Role.choices}
    return render(request, "people/people.html", context)


@login_required
def add_person(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    require(actor, "people.manage")
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        role, agency = data.pop("role"), data.pop("agency")
        with transaction.atomic():
            user, password = actions.add_user(actor, **data)
            actions.grant(actor, user, role, agency)
        return render(request, "people/password.html", {"person": user, "password": password})
    return render(request, "people/add.html", {"form": form})


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "people.read")
    user = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        fresh = User.objects.get(pk=pk)
        if _try(form, lambda: actions.change_user(actor, fresh, form.cleaned_data)):
            messages.success(request, _("Perubahan disimpan."))
            return redirect("person", pk)
    context = {
        "person": user,
        "form": form,
        "grant_form": GrantForm(),
        "roles": user.memberships.select_related("agency").order_by("role", "pk"),
        "manage": can(actor, "people.manage"),
        "factors": queries.has_factors(user),
    }
    return render(request, "people/person.html", context)


@require_POST
@login_required
def grant_role(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "people.manage")
    user = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.grant(actor, user, data["role"], data["agency"])
            messages.success(request, _("Peran diberikan."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("person", pk)


@require_POST
@login_required
def take_back_role(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "people.manage")
    membership = get_object_or_404(Membership, pk=pk)
    try:
        actions.take_back(actor, membership)
        messages.success(request, _("Peran dicabut."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("person", membership.user_id)


@require_POST
@login_required
def account_state(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "people.manage")
    user = get_object_or_404(User, pk=pk)
    if request.POST.get("do") == "password":
        password = actions.renew_password(actor, user)
        return render(request, "people/password.html", {"person": user, "password": password})
    if request.POST.get("do") == "factors":
        actions.remove_factors(actor, user)
        messages.success(request, _("Faktor kedua dihapus."))
        return redirect("person", pk)
    try:
        actions.set_active(actor, user, request.POST.get("do") == "open")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("person", pk)


@login_required
def agencies(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "agencies.manage")
    text, kind = _asked(request, "q"), _asked(request, "jenis")
    page = Paginator(queries.agencies(text, kind), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "q": text, "kind": kind, "kinds": Agency.Kind.choices}
    return render(request, "people/agencies.html", context)


@login_required
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "agencies.manage")
    office = get_object_or_404(Agency, pk=pk)
    form = AgencyForm(request.POST or None, instance=office)
    if request.method == "POST" and form.is_valid():
        fresh = Agency.objects.get(pk=pk)
        if _try(form, lambda: actions.change_agency(actor, fresh, form.cleaned_data)):
            messages.success(request, _("Perubahan disimpan."))
            return redirect("settings_agencies")
    return render(request, "people/agency.html", {"office": office, "form": form})


@login_required
def delegations(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    form = DelegationForm(request.POST or None, own=queries.memberships_of(actor))
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, lambda: actions.delegate(actor, **form.cleaned_data))
    ):
        messages.success(request, _("Kuasa diberikan."))
        return redirect("delegations")
    page = Paginator(queries.delegations(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "now": timezone.now()}
    return render(request, "people/delegations.html", context)


@require_POST
@login_required
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    delegation = get_object_or_404(queries.delegations(actor), pk=pk)
    actions.end_delegation(actor, delegation)
    messages.success(request, _("Kuasa diakhiri."))
    return redirect("delegations")


def _asked(request: HttpRequest, name: str) -> str:
    """A word of the address; PostgreSQL refuses the null sign in text."""
    return request.GET.get(name, "").replace("\0", "").strip()


def _try(form: BaseForm, change: object) -> bool:
    """Run a change; what it refuses is shown at the form."""
    try:
        change()  # type: ignore[operator]
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
