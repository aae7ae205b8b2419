"""The list of programs, its exports, its saved views."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.register import actions, exports, panels
from rakorsus.stages.register.forms import FilterForm, SaveViewForm, asked, more_filters
from rakorsus.stages.register.models import Follow, Program, SavedView
from rakorsus.stages.register.queries import listing, options
from rakorsus.stages.register.queries.filters import Filters
from rakorsus.stages.register.views.common import follows, page_number
from rakorsus.stages.register.views.labels import chips

_PRINTED = 1000


@require_GET
def programs(request: HttpRequest) -> HttpResponse:
    """The list: filters, order and page stand in the address."""
    actor = of_request(request)
    require(actor, "register.read")
    form, filters = asked(request.GET, of_request(request))
    order = request.GET.get("urut", listing.DEFAULT_ORDER)
    printed = request.GET.get("cetak") == "1"
    size = _PRINTED if printed else listing.SIZE
    page = listing.page(filters, page_number(request), order, size)
    ids = [row.pk for row in page.rows]
    columns = [(c.label, c.template, c.cells(actor, ids)) for c in panels.columns()]
    return render(
        request, "register/programs.html",
        {
            **filter_context(actor, form, filters), "page": page, "columns": columns,
            "printed": printed, "views": _views(actor), "save_form": SaveViewForm(),
            "total_label": page.levels.get(filters.level), "tab": "list",
            "followed": bool(filters.tag) and follows(actor, Follow.Kind.TAG, filters.tag),
            "level_tabs": level_tabs(page.levels, filters),
        },
    )  # fmt: skip


def level_tabs(levels: dict[str, Any], filters: Filters) -> list[dict[str, Any]]:
    """The levels that occur under the filters, with count and money."""
    tabs = [
        {"level": level, "label": label, "tally": levels[level], "here": filters.level == level}
        for level, label in Program.Level.choices
        if level in levels
    ]
    return tabs


def filter_context(actor: Actor, form: FilterForm, filters: Filters) -> dict[str, Any]:
    """What the filter box needs; the same for list, map and timeline."""
    shown = chips(actor, filters)
    return {
        "form": form, "filters": filters, "options": options.all_options(),
        "chips": shown, "more": more_filters(actor, filters.more),
        "place_option": next((c["value"] for c in shown if c["name"] == "place"), ""),
        "query": urlencode(filters.query), "narrowing": sum(c["name"] != "q" for c in shown),
    }  # fmt: skip


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Every filtered line in one of exports.FORMATS."""
    require(of_request(request), "register.read")
    if kind not in exports.FORMATS:
        raise Http404
    _form, filters = asked(request.GET, of_request(request))
    order = request.GET.get("urut", listing.DEFAULT_ORDER)
    heads = list(listing.EXPORTED)
    name = f"program.{kind}"
    if kind == "xlsx":
        book = exports.as_xlsx(heads, listing.exported(filters, order))
        return FileResponse(book, as_attachment=True, filename=name)
    body = (
        exports.as_csv(heads, listing.exported(filters, order)) if kind == "csv"
        else exports.as_json(heads, listing.exported(filters, order)) if kind == "json"
        else exports.as_geojson(filters)
    )  # fmt: skip
    response = StreamingHttpResponse(body, content_type=exports.FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _views(actor: Actor) -> list[SavedView]:
    """The reader's own views, then those that others share."""
    shared = SavedView.objects.filter(shared=True).select_related("owner")
    if actor.user is None:
        return list(shared[:20])
    own = SavedView.objects.filter(owner=actor.user).select_related("owner")
    return [*own[:50], *shared.exclude(owner=actor.user)[:20]]


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Beri nama tampilan ini."))
        return redirect("register:programs")
    values = form.cleaned_data
    view = actions.save_view(actor, values["nama"], values["query"], shared=values["shared"])
    messages.success(request, _("Tampilan disimpan. Alamatnya dapat dikirim ke orang lain."))
    return redirect("register:view", view.slug)


@require_GET
def open_view(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of a saved view: the list with its filters."""
    view = get_object_or_404(SavedView, slug=slug)
    require(of_request(request), "register.open_view", view)
    return redirect(f"{reverse('register:programs')}?{view.query}")


def delete_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first (GET), then deletes (POST)."""
    view = get_object_or_404(SavedView, slug=slug)
    actor = of_request(request)
    require(actor, "register.change_view", view)
    if request.method == "POST":
        actions.delete_view(actor, view)
        messages.success(request, _("Tampilan dihapus."))
        return redirect("register:programs")
    return render(request, "register/delete_view.html", {"view": view})
