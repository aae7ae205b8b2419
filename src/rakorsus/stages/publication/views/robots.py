"""For search engines: what may be read, and the list of public pages."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rakorsus.stages.publication.opendata.kinds import tables
from rakorsus.stages.publication.queries import articles as queries
from rakorsus.stages.publication.queries import classes, releases
from rakorsus.stages.publication.views.site import FRESH, LANGUAGES

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = (
    "home", "articles", "decisions", "meetings", "map", "agreements", "data", "dictionary",
    "releases", "information",
)  # fmt: skip


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *", "Allow: /publik/", "Allow: /public/", "Disallow: /publik/redaksi/",
        "Disallow: /akun/", "Disallow: /pengaturan/", "Disallow: /api/", "Disallow: /kerja-sama/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=FRESH)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages, each with the other as its alternate."""
    pages: list[tuple[str, tuple[object, ...], str]] = [(name, (), "") for name in _PAGES]
    pages += [("table", (name,), "") for name in tables()]
    pages += [("release", (r.number,), _day(r.at)) for r in releases.releases()[:1000]]
    pages += [
        ("article", (a.slug,), _day(a.updated or a.published)) for a in queries.published()[:20_000]
    ]
    pages += [("agreement", (a.slug,), "") for a in classes.public_agreements()[:2000]]
    root = Element("urlset", {"xmlns": _NAMESPACE, "xmlns:xhtml": "http://www.w3.org/1999/xhtml"})
    for name, arguments, day in pages:
        both = {
            code: request.build_absolute_uri(
                reverse(f"public:{name}", args=arguments, current_app=space)
            )
            for space, code in LANGUAGES.items()
        }
        for address in both.values():
            entry = SubElement(root, "url")
            SubElement(entry, "loc").text = address
            if day:
                SubElement(entry, "lastmod").text = day
            for code, other in both.items():
                SubElement(entry, "xhtml:link", rel="alternate", hreflang=code, href=other)
    body = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _day(value):  # type: ignore[no-untyped-def]
    return value.isoformat(timespec="seconds") if value else ""
