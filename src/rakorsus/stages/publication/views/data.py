"""Open data: the catalogue, the dictionary, releases and their files."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from rakorsus.stages.publication.models import Release, ReleaseTable
from rakorsus.stages.publication.opendata import catalogue, kinds
from rakorsus.stages.publication.queries import releases
from rakorsus.stages.publication.views.site import FROZEN, Site, public, publisher


@public
def data(site: Site) -> HttpResponse:
    newest = releases.newest()
    return site.render(
        "publication/public/data.html", release=newest, tables=_described(newest),
        licence=catalogue.LICENCE,
    )  # fmt: skip


def _described(release: Release | None) -> list[tuple[ReleaseTable, kinds.Table | None]]:
    known = kinds.tables()
    return [(t, known.get(t.name)) for t in release.tables.all()] if release else []


@public
def table(site: Site, name: str) -> HttpResponse:
    """One table: what its columns mean, its newest files."""
    found = kinds.tables().get(name)
    if found is None:
        raise Http404
    newest = releases.newest()
    kept = next((t for t in newest.tables.all() if t.name == name), None) if newest else None
    return site.render(
        "publication/public/table.html", table=found, kept=kept, release=newest,
        measures=kinds.MEASURES, licence=catalogue.LICENCE,
    )  # fmt: skip


@public
def dictionary(site: Site) -> HttpResponse:
    return site.render(
        "publication/public/dictionary.html", tables=kinds.tables().values(),
        measures=kinds.MEASURES,
    )  # fmt: skip


@public
def release_list(site: Site) -> HttpResponse:
    return site.render("publication/public/releases.html", releases=list(releases.releases()[:200]))


@public
def release(site: Site, number: int) -> HttpResponse:
    found = get_object_or_404(releases.releases(), number=number)
    older = Release.objects.filter(number__lt=number).first()
    newer = Release.objects.filter(number__gt=number).order_by("number").first()
    return site.render(
        "publication/public/release.html", release=found, tables=_described(found), older=older,
        newer=newer,
    )  # fmt: skip


@public(seconds=FROZEN)
def file(site: Site, number: int, name: str, kind: str) -> HttpResponse:
    """The frozen bytes; their digest is the ETag."""
    found = get_object_or_404(ReleaseTable, release__number=number, name=name)
    kept = found.files.get(kind)
    if kept is None:
        raise Http404
    response = HttpResponse(releases.content(found, kind), content_type=catalogue.MEDIA[kind])
    if kind == "csv":
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["ETag"] = f'"{kept["sha256"]}"'
    if name != "peta":
        response.headers["Content-Disposition"] = (
            f'attachment; filename="{name}-rilis-{number}.{kind}"'
        )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public
def newest_file(site: Site, name: str, kind: str) -> HttpResponse:
    """A lasting address that leads to the newest release."""
    newest = releases.newest()
    kept = next((t for t in newest.tables.all() if t.name == name), None) if newest else None
    if newest is None or kept is None or kind not in kept.files:
        raise Http404
    return HttpResponseRedirect(site.page("file", newest.number, name, kind))


@public
def turtle(site: Site) -> HttpResponse:
    return HttpResponse(
        catalogue.as_turtle(_statements(site)), content_type="text/turtle; charset=utf-8"
    )


@public
def jsonld(site: Site) -> HttpResponse:
    return HttpResponse(catalogue.as_jsonld(_statements(site)), content_type="application/ld+json")


def _statements(site: Site):  # type: ignore[no-untyped-def]
    newest = releases.newest()
    if newest is None:
        raise Http404
    whole = catalogue.Site(site.absolute, publisher())
    return catalogue.statements(newest, kinds.tables(), whole)
