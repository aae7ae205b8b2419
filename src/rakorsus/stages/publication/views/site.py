"""How pages of the public site are made: no session, no cookie, two languages by address.

The site stands twice, at /publik/ in Bahasa Indonesia and at /public/ in English, so that a page
is the same for everybody and may be kept by any cache. `{% page "article" slug %}` in templates
and `Site.page` here lead to the same language; `Site.absolute` gives the whole address.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

LANGUAGES = {"public": "id", "public-en": "en"}
OTHER = {"public": "public-en", "public-en": "public"}
#: Seconds for which a cache may keep a page without asking.
FRESH = 60
FROZEN = 365 * 24 * 60 * 60


class Site:
    """One request's place on the public site."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        match = request.resolver_match
        assert match is not None
        self.space = match.namespace if match.namespace in LANGUAGES else "public"
        self.language = LANGUAGES[self.space]

    def page(self, name: str, *arguments: Any) -> str:
        return reverse(f"public:{name}", args=arguments, current_app=self.space)

    def absolute(self, name: str, *arguments: Any) -> str:
        return self.request.build_absolute_uri(self.page(name, *arguments))

    def whole(self, path: str) -> str:
        return self.request.build_absolute_uri(path)

    def render(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of the site; `here` is its own address, `twin` the same in the other language."""
        match = self.request.resolver_match
        assert match is not None
        twin = reverse(
            f"public:{match.url_name}", kwargs=match.captured_kwargs or None,
            args=match.args or None, current_app=OTHER[self.space],
        )  # fmt: skip
        number = self.request.GET.get("halaman", "")
        query = f"?halaman={int(number)}" if number.isascii() and number.isdigit() else ""
        base = {
            "space": self.space, "language": self.language, "demo": settings.DEMO, "site": self,
            "here": self.whole(self.request.path + query), "twin": self.whole(twin + query),
            "name": match.url_name, "publisher": publisher(),
        }  # fmt: skip
        return HttpResponse(render_to_string(template, base | context), status=status)


def publisher() -> str:
    """Who publishes: the government whose register this is."""
    return str(getattr(settings, "PUBLISHER", "") or _government())


def _government() -> str:
    from rakorsus.stages.register.models import Region
    from rakorsus.stages.register.queries.counts import kept
    from rakorsus.stages.register.queries.map import governments

    def make() -> str:
        own = governments()
        region = Region.objects.filter(code__in=own[:1]).first() if len(own) == 1 else None
        if region is None:
            return "Pemerintah daerah"
        kind = region.kind.title()
        named = region.name.casefold().startswith(kind.casefold())
        return f"Pemerintah {region.name if named else f'{kind} {region.name}'}".replace("  ", " ")

    return str(kept("publisher", "", make))


def public(
    view: Callable[..., HttpResponseBase] | None = None, *, seconds: int = FRESH
) -> Callable[..., Any]:
    """A page of the public site: GET and HEAD, in the language of its address, with ETag and
    Cache-Control; an unchanged page is answered with 304."""
    if view is None:
        return functools.partial(public, seconds=seconds)

    @require_safe
    @functools.wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        site = Site(request)
        with translation.override(site.language):
            response = view(site, *args, **kwargs)
        response.headers.setdefault("Content-Language", site.language)
        if response.status_code != 200:
            patch_cache_control(response, public=True, max_age=FRESH)
            return response
        patch_cache_control(
            response, public=True, max_age=seconds,
            **({"immutable": True} if seconds == FROZEN else {"stale_while_revalidate": 600}),
        )  # fmt: skip
        if not response.streaming:
            assert isinstance(response, HttpResponse)
            tag = hashlib.sha256(response.content).hexdigest()[:32]
            response.headers.setdefault("ETag", f'"{tag}"')
        return get_conditional_response(
            request, etag=response.headers.get("ETag"), response=response
        )

    return handle
