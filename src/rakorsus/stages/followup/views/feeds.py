"""The personal calendar and feed: a secret address, shown once, that can be taken back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.people import actor as actors
from rakorsus.stages.followup import actions, feeds, queries
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.followup.views.common import reader

_MOST = 300


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, and the buttons to make a new one or end it."""
    actor = reader(request, "followup.feed")
    addresses = None
    if request.method == "POST" and "cabut" in request.POST:
        if actions.revoke_link(actor):
            messages.success(request, _("Alamat dicabut."))
        return redirect("followup:feeds")
    if request.method == "POST":
        secret = actions.make_link(actor)
        addresses = [
            request.build_absolute_uri(reverse(f"followup:{name}", args=[secret]))
            for name in ("calendar", "atom")
        ]
    assert actor.user is not None
    living = actor.user.feed_links.filter(revoked=None).first()
    answer = render(request, "followup/feeds.html", {"living": living, "addresses": addresses})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    base = request.build_absolute_uri("/").rstrip("/")
    made = feeds.calendar(_items(secret), base, request.get_host())
    return _private(HttpResponse(made, content_type="text/calendar; charset=utf-8"))


@require_GET
def atom(request: HttpRequest, secret: str) -> HttpResponse:
    base = request.build_absolute_uri("/").rstrip("/")
    made = feeds.atom(_items(secret), base, request.build_absolute_uri())
    return _private(HttpResponse(made, content_type="application/atom+xml; charset=utf-8"))


def _items(secret: str) -> list[ActionItem]:
    """What the owner of the secret has to do, by the rights that the owner has now."""
    owner = actions.owner_of(secret)
    if owner is None:
        raise Http404
    actor = actors.of_user(owner, "feed")
    mine = queries.visible(actor).filter(queries.whose(actor)["saya"], state=ActionItem.State.OPEN)
    found = mine.select_related("agency").prefetch_related("remarks")
    return list(found.order_by("due", "id")[:_MOST])


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
