"""Address of the reader, language of the page, and the content policy that keeps foreign and
inline scripts out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.defaults import bad_request

from rakorsus import disk
from rakorsus.stages.meeting.live.address import origin

_LOG = logging.getLogger(__name__)
_FULL = {"id": "Cakram server penuh; tidak ada yang disimpan. Beri tahu pengelola.",
         "en": "The server's disk is full; nothing was kept. Tell its operator."}  # fmt: skip
_NUL = {"id": "Teks memuat karakter NUL.", "en": "The text contains a NUL character."}
#: Where it is left whose request it was
ACCOUNT = "rakorsus.account"
Handler = Callable[[HttpRequest], HttpResponse]

#: Everything from this server; workers and blobs are what the map library needs.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def reader_address(environ: Mapping[str, Any]) -> str:
    """The reader's own address where proxies of ours stand in front.

    Each proxy appends the address that it saw, so that only the last `PROXIES` entries can be
    believed; what a reader wrote into the header stands before them.
    """
    hops = [h.strip() for h in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        with suppress(ValueError):  # a proxy that writes no address: its own stays
            return str(ip_address(hops[-settings.PROXIES]))
    return str(environ.get("REMOTE_ADDR", ""))


def address(get_response: Handler) -> Handler:
    """`REMOTE_ADDR` is the reader's."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = reader_address(request.META)
        return get_response(request)

    return handle


def named(get_response: Handler) -> Handler:
    """After authentication: leave word of whose request it was, for the turnstile in front."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "_cached_user", None)  # only where somebody has asked
        if user is not None and user.is_authenticated:
            request.META[ACCOUNT] = f"account {user.pk}"
        return response

    return handle


def language(get_response: Handler) -> Handler:
    """Bahasa Indonesia unless the reader chose otherwise: the browser's own wish is not asked,
    since office computers are often sold with an English system."""
    offered = {code for code, _ in settings.LANGUAGES}

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if chosen not in offered:
            chosen = settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen  # type: ignore[attr-defined]
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return handle


def policy_of(request: HttpRequest) -> str:
    """The policy, with the event stream's own port and the hall's socket where they have one."""
    also = [origin(request), _socket(request) if request.path.startswith("/balai/") else ""]
    if named := " ".join(part for part in also if part):
        return CONTENT_POLICY.replace("connect-src 'self'", f"connect-src 'self' {named}")
    return CONTENT_POLICY


def _socket(request: HttpRequest) -> str:
    """Where the hall's pages may open their socket besides this origin."""
    if settings.HALL_URL.startswith("/"):
        return ""
    address = settings.HALL_URL or f"ws://{request.get_host().rsplit(':', 1)[0]}"
    parts = urlsplit(address)
    port = parts.port or (None if settings.HALL_URL else settings.HALL_PORT)
    return f"{parts.scheme}://{parts.hostname}{f':{port}' if port else ''}"


def content_policy(get_response: Handler) -> Handler:
    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_of(request))
        return response

    return handle


def full_disk(get_response: Handler) -> Handler:
    """A full disk is said as such: nothing was kept, whom to tell, try again."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not disk.is_full(error):
            return None
        _LOG.error("the disk is full: %s", request.resolver_match and request.resolver_match.route)
        if request.path.startswith("/api/") or "json" in request.headers.get("Accept", ""):
            return JsonResponse({"detail": _FULL, **_FULL, "code": "full"}, status=507)
        return render(request, "web/full.html", status=507)

    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle


def unstorable(get_response: Handler) -> Handler:
    """A NUL in a text, which PostgreSQL takes in no query, is the mistake of whoever sent it."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not (isinstance(error, DataError) and "NUL" in str(error)):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": _NUL}, status=400)
        return bad_request(request, error)

    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle
