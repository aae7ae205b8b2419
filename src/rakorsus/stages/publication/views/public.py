"""The public site: front page, articles, decisions, map, agreements."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from rakorsus.clock import today
from rakorsus.stages.publication import classes as rules
from rakorsus.stages.publication import feeds
from rakorsus.stages.publication.models import Agreement, Article, ArticleMark, Picture
from rakorsus.stages.publication.queries import articles as queries
from rakorsus.stages.publication.queries import classes, releases
from rakorsus.stages.publication.views.site import FROZEN, Site, public
from rakorsus.stages.register.queries.map import governments

SIZE = 12
_FEED = 30


@public
def home(site: Site) -> HttpResponse:
    newest = releases.newest()
    found = list(queries.published()[:4])
    return site.render(
        "publication/public/home.html", first=found[0] if found else None, articles=found[1:],
        release=newest, counts=_counts(newest), meetings=list(queries.coming()[:3]),
        agreements=list(queries.agreements()[:3]), decisions=releases.decisions(newest)[:4],
        empty=not governments(),
    )  # fmt: skip


def _counts(release: Any) -> dict[str, int]:
    return {table.name: table.rows for table in release.tables.all()} if release else {}


@public
def article_list(site: Site, kind: str = "", value: str = "") -> HttpResponse:
    found, label = queries.published(), ""
    if kind:
        if kind not in ArticleMark.Kind.values:
            raise Http404
        mark = ArticleMark.objects.filter(kind=kind, value=value).first()
        if mark is None:
            raise Http404
        label, found = mark.label, queries.marked(kind, value)
    page = Paginator(found, SIZE).get_page(site.request.GET.get("halaman"))
    return site.render("publication/public/articles.html", page=page, label=label, kind=kind)


@public
def article(site: Site, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Article.objects.select_related("live__picture", "meeting").prefetch_related("marks"),
        slug=slug, live__isnull=False,
    )  # fmt: skip
    if found.state == Article.State.WITHDRAWN:
        return site.render("publication/public/withdrawn.html", status=410, article=found)
    if found.slug in classes.hidden_idents("article"):
        raise Http404
    assert found.live is not None
    older, newer = queries.neighbours(found)
    related = queries.related(found)
    return site.render(
        "publication/public/article.html", article=found, live=found.live, older=older,
        newer=newer, related=related, recommended=queries.recommended(found, related),
        marks=list(found.marks.all()),
        held=any(row["present"] for row in found.live.facts.get("attendance", ())),
    )  # fmt: skip


@public(seconds=FROZEN)
def picture(site: Site, sha256: str, size: str) -> HttpResponse:
    """Only pictures of what is or was published; others are for the desk."""
    from django.core.files.storage import default_storage

    found = get_object_or_404(Picture, sha256=sha256)
    if not queries.published().filter(live__picture=found).exists():
        raise Http404
    with default_storage.open(found.small if size == "kecil" else found.file) as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@public
def decisions(site: Site) -> HttpResponse:
    newest = releases.newest()
    page = Paginator(releases.decisions(newest), 40).get_page(site.request.GET.get("halaman"))
    return site.render("publication/public/decisions.html", page=page, release=newest)


@public
def meetings(site: Site) -> HttpResponse:
    found = queries.public_meetings().order_by("-starts", "-id")
    page = Paginator(found, 40).get_page(site.request.GET.get("halaman"))
    return site.render("publication/public/meetings.html", page=page)


@public
def map_page(site: Site) -> HttpResponse:
    newest = releases.newest()
    return site.render(
        "publication/public/map.html", release=newest, areas=releases.map_areas(newest),
    )  # fmt: skip


@public
def agreement_list(site: Site) -> HttpResponse:
    page = Paginator(queries.agreements(), 40).get_page(site.request.GET.get("halaman"))
    return site.render("publication/public/agreements.html", page=page)


@public
def agreement(site: Site, slug: str) -> HttpResponse:
    found = get_object_or_404(
        classes.public_agreements().prefetch_related(
            "parties__agency", "milestones__owner", "milestones__party", "milestones__programs"
        ),
        slug=slug,
    )
    promises = list(found.milestones.all())
    lines = {p.pk for m in promises for p in m.programs.all()}
    secret = classes.hidden_among(lines)
    now = today()
    milestones = [
        (m, [p for p in m.programs.all() if p.pk not in secret], m.late(now)) for m in promises
    ]
    return site.render(
        "publication/public/agreement.html", agreement=found, milestones=milestones,
        state=Agreement.State(found.state_on(now)).label,
    )  # fmt: skip


@public
def information(site: Site) -> HttpResponse:
    """Which kinds of record have which class, and where each is to be read."""
    return site.render("publication/public/information.html", rules=rules.RULES)


@public
def rss(site: Site) -> HttpResponse:
    return _feed(site, "rss", "application/rss+xml; charset=utf-8")


@public
def atom(site: Site) -> HttpResponse:
    return _feed(site, "atom", "application/atom+xml; charset=utf-8")


def _feed(site: Site, kind: str, mime: str) -> HttpResponse:
    body = feeds.articles(
        kind, queries.published()[:_FEED], site.absolute, _("Berita koordinasi program"),
        _("Apa yang direncanakan bersama dan apa yang diputuskan."), site.language,
    )  # fmt: skip
    return HttpResponse(body, content_type=mime)


@public
def calendar(site: Site) -> HttpResponse:
    found = queries.public_meetings().prefetch_related("versions")
    body = feeds.calendar(
        found, site.absolute, _("Rapat koordinasi"), site.request.get_host().split(":")[0]
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
