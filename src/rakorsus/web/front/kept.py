"""Public pages from memory: the same for everybody, so that a thousand readers of an article cost
little more than one.

A page that says of itself `Cache-Control: public` is kept as it was sent. Once it is a second old,
one request makes it anew, in a lane of its own through the turnstile, and until it has, the others
get the one that is there. Of requests for a page that is not there yet one makes it and a few wait
for it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rakorsus.operation.metrics import count
from rakorsus.web.front import Application, Environ, StartResponse
from rakorsus.web.front.refusing import busy
from rakorsus.web.front.turnstile import LANE

Key = tuple[str, ...]

AGE: Final = 1.0
#: Seconds after which a page is not given any more, even while another is being made
_WORN: Final = 600.0
_WAITERS: Final = 4  # threads that may wait for a page, of all
_PATIENCE: Final = 10.0  # seconds to wait for another request to make the page
_ROOTS: Final = ("/publik/", "/public/")
_NOT: Final = "/publik/redaksi/"  # the editors' desk
_LARGEST: Final = 400_000  # bytes of one page
_MOST: Final = 40_000_000  # bytes of all


@dataclass(slots=True)
class _Page:
    status: str
    heads: list[tuple[str, str]]
    body: bytes
    tag: str
    made: float


class Kept:
    """WSGI middleware that keeps public pages."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._size = 0
        self._making: dict[Key, threading.Event] = {}
        self._waiters = threading.BoundedSemaphore(_WAITERS)
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] != "GET" or not path.startswith(_ROOTS) or (
            path.startswith(_NOT)
        ):  # fmt: skip
            return self._application(environ, start)
        key = (
            environ.get("wsgi.url_scheme", ""), environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ.get("HTTP_HOST", ""), path, environ.get("QUERY_STRING", ""),
            "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else "",
        )  # fmt: skip
        page, made = self._pages.get(key), None
        age = time.monotonic() - page.made if page else _WORN
        if age >= AGE:
            with self._lock:
                made = self._making.get(key)
                if made is None:
                    self._making[key] = threading.Event()
            if made is None:
                return self._renew(key, environ, start, known=page is not None)
        if age >= _WORN and made is not None:
            if not self._waiters.acquire(blocking=False):
                return busy(environ, start)
            try:
                made.wait(_PATIENCE)
            finally:
                self._waiters.release()
            page = self._pages.get(key)
            age = time.monotonic() - page.made if page else _WORN
        if page is None or age >= _WORN:  # it may not be kept
            return self._application(environ, start)
        return self._answer(page, environ, start)

    def _renew(
        self, key: Key, environ: Environ, start: StartResponse, *, known: bool
    ) -> Iterable[bytes]:
        """Make the page while the others wait, or get the one that is there."""
        try:
            return self._make(key, environ | ({LANE: "kept"} if known else {}), start)
        finally:
            with self._lock:
                self._making.pop(key).set()

    def _answer(self, page: _Page, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        asked = environ.get("HTTP_IF_NONE_MATCH", "")
        if page.tag and _bare(page.tag) in {_bare(tag) for tag in asked.split(",")}:
            start("304 Not Modified", [h for h in page.heads if h[0].lower() in _OF_304])
            count("GET", "kept", "304")
            return [b""]
        start(page.status, page.heads)
        count("GET", "kept", "200")
        return [page.body]

    def _make(self, key: Key, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Ask the pages, unconditionally, and keep what may be kept."""
        said: list[tuple[str, list[tuple[str, str]]]] = []
        plain = {k: v for k, v in environ.items() if k not in _CONDITIONS}
        parts = self._application(plain, lambda status, heads, *_: said.append((status, heads)))
        status, heads = said[0]
        named = {name.lower(): value for name, value in heads}
        if not _may_keep(status, named):
            self._drop(key)
            start(status, heads)
            return parts
        try:
            body = b"".join(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()
        page = _Page(status, heads, body, named.get("etag", ""), time.monotonic())
        self._put(key, page)
        return self._answer(page, environ, start)

    def _put(self, key: Key, page: _Page) -> None:
        self._drop(key)
        with self._lock:
            self._pages[key] = page
            self._size += len(page.body)
            while self._size > _MOST or len(self._pages) > 2000:
                _, gone = self._pages.popitem(last=False)
                self._size -= len(gone.body)

    def _drop(self, key: Key) -> None:
        with self._lock:
            if old := self._pages.pop(key, None):
                self._size -= len(old.body)


_CONDITIONS: Final = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"})
_OF_304: Final = frozenset({
    "cache-control", "etag", "vary", "content-security-policy", "content-language",
})  # fmt: skip


def _may_keep(status: str, heads: dict[str, str]) -> bool:
    size = heads.get("content-length", "")
    return (
        status.startswith("200") and "public" in heads.get("cache-control", "")
        and "set-cookie" not in heads and size.isdigit() and int(size) <= _LARGEST
        and {v.strip().lower() for v in heads.get("vary", "").split(",")} <= {"", "accept-encoding"}
    )  # fmt: skip


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/")
