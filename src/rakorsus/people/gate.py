"""The door of the API: keys with scopes and quotas, one client's pace, no forged requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.utils import check_csrf

from rakorsus.people import apikeys
from rakorsus.people.actor import Actor, grants_of

Handler = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/v1/"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Requests a minute of one address without a key, in one process
OPEN_QUOTA = 600


def api_gate(get_response: Handler) -> Handler:
    """Middleware, after authentication: whoever shows a key acts as its owner within its scopes."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return get_response(request)
        shown = request.headers.get("Authorization", "")
        refused = _with_key(request, shown) if shown else _without(request)
        return refused or get_response(request)

    return handle


def _with_key(request: HttpRequest, shown: str) -> HttpResponse | None:
    scheme, _, secret = shown.partition(" ")
    key = apikeys.recognise(secret.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        return _answer(
            401, "Kunci API tidak dikenal atau tidak berlaku.", "Unknown or ended API key."
        )
    made = apikeys.count(key, time.time())
    if made > key.quota:
        return _slower(key.quota)
    area = area_of(request.path)
    if area is None:
        return _answer(404, "Tidak ada di sini.", "Not found.")
    needed = f"{area}:{'read' if request.method in _SAFE else 'write'}"
    if needed not in key.scopes:
        return _answer(403, f"Kunci ini tidak mencakup {needed}.", f"This key lacks {needed}.")
    request.user = key.owner
    request._rakorsus_actor = Actor(  # type: ignore[attr-defined]
        key.owner, "api", request.META.get("REMOTE_ADDR"), grants_of(key.owner)
    )
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return None


def _without(request: HttpRequest) -> HttpResponse | None:
    minute = int(time.time() // 60)
    name = f"api:{request.META.get('REMOTE_ADDR')}:{minute}"
    cache.add(name, 0, 120)
    try:
        made = cache.incr(name)
    except ValueError:  # pushed out of the cache meanwhile
        made = 1
    if made > OPEN_QUOTA:
        return _slower(OPEN_QUOTA)
    if request.method not in _SAFE and not _own_page(request):
        return _answer(403, "Permintaan tanpa tanda CSRF.", "Request without a CSRF token.")
    return None


def _own_page(request: HttpRequest) -> bool:
    """Whether the token of forgery stands in the header `X-CSRFToken`. The body, which may be a
    large file, is not read for it: Django looks for a form's token in bodies of POST only."""
    shown = copy(request)
    shown.method = "PUT"
    return check_csrf(shown) is None


def area_of(path: str) -> str | None:
    """The area that an address of the API belongs to; None where nothing is."""
    return apikeys.AREA_OF.get(path.removeprefix(ROOT).split("/", 1)[0])


def _slower(quota: int) -> HttpResponse:
    answer = _answer(
        429, f"Lebih dari {quota} permintaan semenit; coba lagi sebentar.",
        f"More than {quota} requests a minute; try again in a moment.",
    )  # fmt: skip
    answer["Retry-After"] = str(60 - int(time.time()) % 60)
    return answer


def _answer(status: int, indonesian: str, english: str) -> HttpResponse:
    return JsonResponse({"detail": {"id": indonesian, "en": english}}, status=status)
