"""Where the stream is, as browsers see it (`settings.LIVE`).

`:8001` the same host at that port; `/langsung/` the same origin, through a proxy; `https://…` a
host of its own; empty: there is none, and pages ask again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest

from rakorsus.people.actor import of_request
from rakorsus.people.standing import mark_of
from rakorsus.stages.meeting.live import tickets, topics

PATH: Final = "/langsung/"


def base(request: HttpRequest) -> str:
    """The stream's address for this reader, empty where there is no stream."""
    where: str = settings.LIVE
    if where.startswith(":"):
        host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
        host = f"[{host}]" if ":" in host else host
        return f"{request.scheme}://{host}{where}{PATH}"
    return where


def origin(request: HttpRequest) -> str:
    """The stream's origin for the content policy, empty when it is the page's own."""
    where = base(request)
    if "://" not in where:
        return ""
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.netloc}"


def stream_of(request: HttpRequest, wanted: Iterable[str]) -> str:
    """The address that opens a stream of what the reader may follow of these topics; empty when
    that is nothing, or where there is no stream."""
    where = base(request)
    may = topics.allowed(of_request(request), wanted) if where else []
    if not may:
        return ""
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return f"{where}?{urlencode({'tiket': tickets.made(may, language, mark_of(request))})}"
