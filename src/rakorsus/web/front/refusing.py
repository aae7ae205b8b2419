"""Refusals before the pages: in both languages, with a word on when to come again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rakorsus.operation.metrics import count
from rakorsus.web.front import Environ, StartResponse

_AGAIN: Final = 2  # seconds
_MANY: Final = (
    "Terlalu banyak permintaan sekaligus dari alamat Anda; coba lagi sebentar.",
    "Too many requests at once from your address; try again in a moment.",
)
_BUSY: Final = (
    "Server sedang sibuk; halaman ini dicoba lagi dengan sendirinya.",
    "The server is busy; this page tries again by itself.",
)  # fmt: skip


def too_many(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return _refuse(environ, start, "429 Too Many Requests", _MANY)


def busy(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return _refuse(environ, start, "503 Service Unavailable", _BUSY)


def _refuse(
    environ: Environ, start: StartResponse, status: str, words: tuple[str, str]
) -> Iterable[bytes]:
    id_, en = words
    method = environ.get("REQUEST_METHOD", "GET")
    count(method, "refused", status[:3])
    if environ.get("PATH_INFO", "").startswith("/api/") or "json" in environ.get("HTTP_ACCEPT", ""):
        kind, text = "application/json", f'{{"detail": {{"id": "{id_}", "en": "{en}"}}}}'
    else:
        again = f'<meta http-equiv="refresh" content="{_AGAIN}">' if method == "GET" else ""
        kind = "text/html; charset=utf-8"
        text = (f'<!doctype html><html lang="id"><meta charset="utf-8">{again}'
                f'<meta name="viewport" content="width=device-width"><title>{status[:3]}'
                f'</title><p>{id_}</p><p lang="en">{en}</p></html>')  # fmt: skip
    body = text.encode()
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body))),
                   ("Retry-After", str(_AGAIN)), ("Cache-Control", "no-store")])  # fmt: skip
    return [body]
