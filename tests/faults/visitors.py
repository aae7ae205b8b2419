"""A signed-in person's connection to a running installation, page by page, and a reader of its
stream of events; both say what really came over the wire."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

PATIENCE = 60.0  # seconds; slow machines are not wrong


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """One session at one port; every request is a connection of its own."""

    def __init__(self, port: int, session: str, host_port: int | None = None) -> None:
        token = "k" * 32
        self.port = port
        self.heads = {
            "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
            "Host": f"127.0.0.1:{host_port or port}",
        }  # fmt: skip

    def ask(self, method: str, path: str, body: bytes = b"", **heads: str) -> Answer:
        """Once.

        Raises:
            OSError, HTTPException: cut off.
        """
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in heads.items()}
            link.request(method, path, body or None, self.heads | named)
            answer = link.getresponse()
            return Answer(answer.status, answer.read(), answer.headers.get("Location", ""))
        finally:
            link.close()

    def get(self, path: str, **heads: str) -> Answer:
        return self.ask("GET", path, **heads)

    def form(self, path: str, **data: Any) -> Answer:
        """As a page's form does."""
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(data, doseq=True).encode(), Content_Type=kind)

    def script(self, path: str, **data: Any) -> Answer:
        """A form that a page's script sends, which wants JSON."""
        return self.ask("POST", path, urlencode(data).encode(), Accept="application/json",
                        Content_Type="application/x-www-form-urlencoded")  # fmt: skip

    def post(self, path: str, data: Any) -> Answer:
        """JSON."""
        body = json.dumps(data).encode()
        return self.ask("POST", path, body, Content_Type="application/json")

    def stream(self, *topics: str) -> str:
        """The address of a stream of these topics, as pages ask for it."""
        query = urlencode({"topik": topics}, doseq=True)
        address: str = self.get(f"/rapat/langsung/?{query}").json["stream"]
        return address


class Stream:
    """Reads a stream as a browser's EventSource does: comes again by itself, with the id of the
    last event it has, until closed. `renew` gives a new address where the old one opens no more."""

    def __init__(self, address: str, port: int | None = None, renew: Any = None) -> None:
        self.address, self.port, self.renew = address, port, renew
        self.events: list[dict[str, Any]] = []
        self.last = ""
        self.opened = self.cut = 0
        self.ended = threading.Event()  # the server said that this is all
        self._news = threading.Condition()
        self._over = threading.Event()
        self._link: http.client.HTTPConnection | None = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def close(self) -> None:
        self._over.set()
        link = self._link
        if link is not None and link.sock is not None:
            link.sock.close()
        self._reader.join(5)

    def wait(self, wanted: Any, seconds: float = PATIENCE) -> list[dict[str, Any]]:
        """All events so far, once `wanted(events)` holds.

        Raises:
            TimeoutError
        """
        with self._news:
            if not self._news.wait_for(lambda: wanted(self.events), seconds):
                raise TimeoutError(f"{len(self.events)} events: {self.events[-3:]}")
            return list(self.events)

    def _read(self) -> None:
        while not self._over.is_set():
            try:
                self._once()
            except (OSError, http.client.HTTPException, ValueError, AttributeError):
                self.cut += 1
            if self.ended.is_set() and self.renew is None:
                return
            self._over.wait(0.2)

    def _once(self) -> None:
        if self.ended.is_set():
            self.ended.clear()
            self.address = self.renew()
        parts = urlsplit(self.address)
        heads = {"Host": parts.netloc, "Accept": "text/event-stream"}
        heads |= {"Last-Event-ID": self.last} if self.last else {}
        link = http.client.HTTPConnection("127.0.0.1", self.port or parts.port, timeout=45)
        self._link = link
        try:
            link.request("GET", f"{parts.path}?{parts.query}", headers=heads)
            answer = link.getresponse()
            if answer.status != 200:
                self.ended.set()  # a ticket that opens no more
                return
            self.opened += 1
            self._lines(answer)
        finally:
            link.close()

    def _lines(self, answer: http.client.HTTPResponse) -> None:
        """An event counts once its empty line has come; what was cut before is thrown away."""
        fields: dict[str, str] = {}
        while line := answer.readline():
            if not line.endswith(b"\n"):
                return
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
                continue
            self._take(fields)
            fields = {}

    def _take(self, fields: dict[str, str]) -> None:
        if fields.get("event") == "lagi":
            self.ended.set()
        elif "id" in fields:
            with self._news:
                self.last = fields["id"]
                told = {"id": fields["id"], "at": time.monotonic(), **json.loads(fields["data"])}
                self.events.append(told)
                self._news.notify_all()


def program(key: str) -> str:
    return f"/program/{quote(key, safe=':')}/"
