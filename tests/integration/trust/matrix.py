"""Asking every address as every reader, and what comes of it in one word.

`seen`: it was read. `done`: it was written, and something changed. `open`: let in, and nothing
changed. `unfit`: let in, but what was sent cannot be used. `sign in`, `refused`, `missing`: not
let in. `method`: not that way.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.base import File
from django.core.management import get_commands
from django.db import connection, transaction
from django.test import Client
from tests.integration.trust.addresses import Address, addresses
from tests.integration.trust.bodies import AS_JSON, QUESTIONS, body
from tests.integration.trust.city import KEPT, READERS, City

from rakorsus.audit.models import Event
from rakorsus.cli.main import COMMANDS

RECORD = Path(__file__).with_name("matrix.csv")
ANONYMOUS = "anonymous"
WHO = (ANONYMOUS, *READERS)
HEADS = ("address", "method", *WHO)
OPERATOR = "operator of the machine"
#: Written by a visit as such, whatever it asks.
BESIDE = frozenset(
    {"django_session", "operation_reading", "people_apiminute", "people_apikey"}  # a key's last day
)
_WRITE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)


@dataclass
class Answer:
    word: str
    #: words of city.KEPT that it told
    told: set[str] = field(default_factory=set)
    #: tables that were written
    wrote: set[str] = field(default_factory=set)
    #: what the log has of it
    logged: list[str] = field(default_factory=list)


@dataclass
class Row:
    address: Address
    method: str
    answers: dict[str, Answer]

    def cells(self) -> tuple[str, ...]:
        return (f"/{self.address.route}", self.method, *(self.answers[w].word for w in WHO))


class Visitor:
    """A reader's browser. Every request is undone, so that the city stays as it is."""

    def __init__(self, city: City, name: str, **more: Any) -> None:
        self.city, self.name = city, name
        number = WHO.index(name) + 1 if name in WHO else 99
        self.client = Client(
            raise_request_exception=False, REMOTE_ADDR=f"198.51.100.{number}", **more
        )
        if name in city.users:
            self.client.force_login(city.users[name])
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.before = newest or 0  # whatever is logged later is undone
        self.session = self.client.cookies.output(header="", sep=";")

    def ask(self, method: str, address: Address) -> Answer:
        if method == "GET":
            return self.get(address.path + QUESTIONS.get(address.route, ""))
        return self.post(address.path, body(self.city, address.route),
                         as_json=address.route in AS_JSON)  # fmt: skip

    def get(self, path: str) -> Answer:
        return self._undone("get", path)

    def post(self, path: str, sent: dict[str, Any] | None = None, as_json: bool = False) -> Answer:
        more: dict[str, Any] = {"data": sent or {}}
        files = any(isinstance(value, File) for value in more["data"].values())
        if as_json or (path.startswith("/api/") and not files):
            more["content_type"] = "application/json"
        return self._undone("post", path, **more)

    def _undone(self, method: str, path: str, **more: Any) -> Answer:
        with transaction.atomic(), writes() as wrote:
            self.client.cookies = SimpleCookie(self.session)  # a sign-out is undone too
            response = getattr(self.client, method)(path, **more)
            sent = b"".join(response.streaming_content) if response.streaming else response.content
            made = Answer(word_of(method, response), wrote=wrote - BESIDE)
            made.told = {words for words in KEPT if words.encode() in sent}
            if made.word == "open" and made.wrote:
                made.word = "done"
            if "audit_event" in wrote:
                newer = Event.objects.filter(pk__gt=self.before).order_by("pk")
                made.logged = list(newer.values_list("action", flat=True))
            transaction.set_rollback(True)
        return made


@contextmanager
def writes() -> Iterator[set[str]]:
    """The tables that are written meanwhile."""
    seen: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := _WRITE.match(sql):
            seen.add(found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def word_of(method: str, response: Any) -> str:
    """What became of a request, as long as nobody asked what was written."""
    status = response.status_code
    if status < 400:
        if response.headers.get("Location", "").startswith("/akun/login/"):
            return "sign in"
        return "seen" if method == "get" else "open"
    words = {401: "refused", 403: "refused", 404: "missing", 405: "method", 429: "too many"}
    return words.get(status, "unfit" if status < 500 else "FAILED")


def compute(city: City) -> list[Row]:
    """Every address by reading, and by writing where it takes a POST at all."""
    cache.clear()
    visitors = [Visitor(city, name) for name in WHO]
    with quiet():
        return [row for address in addresses(city.fill) for row in _of(address, visitors)]


@contextmanager
def quiet() -> Iterator[None]:
    """Refusals are what is asked for; nobody needs them in the log."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _of(address: Address, visitors: Sequence[Visitor]) -> Iterator[Row]:
    yield Row(address, "GET", {v.name: v.ask("GET", address) for v in visitors})
    # Whether it takes a POST, says its decorator, to administrators as to everybody.
    first = visitors[-1].ask("POST", address)
    if first.word != "method":
        answers = {v.name: v.ask("POST", address) for v in visitors[:-1]}
        yield Row(address, "POST", answers | {visitors[-1].name: first})


def commands() -> list[tuple[str, ...]]:
    """What the command line does: whoever may run it is the operator of the machine."""
    ours = [f"rakorsus {name}" for name in COMMANDS]
    ours += [f"rakorsus manage {name}" for name, app in get_commands().items()
             if app.startswith("rakorsus.")]  # fmt: skip
    return [(name, "command", *("-" for _ in WHO[:-1]), OPERATOR) for name in ours]


def table(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return sorted([row.cells() for row in rows] + commands())


def recorded() -> list[tuple[str, ...]]:
    with RECORD.open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    assert tuple(heads) == HEADS
    return [tuple(row) for row in rows]


def write(rows: Sequence[tuple[str, ...]]) -> None:
    with RECORD.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADS, *rows])
