"""What stays open, in the matrix beside the addresses: every kind of topic of the stream of events,
every act over the socket of the hall. They end with the right: see test_open_connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from tests.integration.decisions.conftest import LANE
from tests.integration.trust.addresses import Address
from tests.integration.trust.city import City
from tests.integration.trust.matrix import WHO, Answer, Row, Visitor, quiet, word_of, writes

from rakorsus.hall.actions.performing import COMMANDS
from rakorsus.hall.gateway.clerk import Clerk
from rakorsus.stages.meeting.live import topics
from rakorsus.stages.register.models import Program

_KEY = "3f0b7c52-7b7b-4d7b-9d53-3f6f4a0f5f6f"
_WORDS = {"denied": "refused", "refused": "unfit", "invalid": "unfit", "busy": "FAILED"}


class _Clerk(Clerk):
    """The gateway's own clerk; what it says is kept instead of sent to the gateway."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[dict[str, Any]] = []

    def say(self, message: dict[str, Any]) -> None:
        self.said.append(message)


def compute(city: City) -> list[Row]:
    visitors = [Visitor(city, name) for name in WHO]
    with quiet():
        return [*_streams(city, visitors), *_acts(city, visitors)]


def _streams(city: City, visitors: list[Visitor]) -> Iterator[Row]:
    """The page gives an address of the stream for those topics that the reader may follow."""
    meeting, desk = city.fill["rapat/<int:pk>"], city.fill["rapat/acara/<int:pk>/hasil/"]
    keys = {"item": str(desk), "note": f"{desk}-discussion"}
    for kind in topics.kinds():
        topic = f"{kind}:{keys.get(kind, meeting)}"
        address = Address(
            f"langsung/?tiket=… {kind}", f"/rapat/langsung/?topik={topic}", topics.news
        )
        yield Row(address, "stream", {v.name: _followed(v, address, topic) for v in visitors})


def _followed(visitor: Visitor, address: Address, topic: str) -> Answer:
    response = visitor.client.get(address.path)
    word = word_of("get", response)
    if word == "seen" and response.json()["topics"] != [topic]:
        word = "refused"
    return Answer(word)


def _acts(city: City, visitors: list[Visitor]) -> Iterator[Row]:
    """With a ticket of the page, through the clerk, as the gateway hands it over."""
    sent = _sent(city)
    for name in COMMANDS:
        address = Address(f"balai/ws {name}", f"/balai/{city.fill['balai/<int:pk>']}/karcis/",
                          COMMANDS[name])  # fmt: skip
        told = {"op": "act", "id": 1, "m": city.fill["balai/<int:pk>"], "view": "3d", "key": _KEY,
                "name": name, "data": sent[name]}  # fmt: skip
        yield Row(address, "socket", {v.name: _acted(v, address, told) for v in visitors})


def _acted(visitor: Visitor, address: Address, told: dict[str, Any]) -> Answer:
    ticket = visitor.post(address.path)
    if ticket.word != "open":
        return ticket
    clerk = _Clerk()
    with transaction.atomic(), writes() as wrote:
        clerk.act(told | {"u": visitor.city.users[visitor.name].pk})
        transaction.set_rollback(True)
    (done,) = clerk.said
    return Answer("done" if "ok" in done else _WORDS[done["error"]["code"]], wrote=wrote)


def _sent(city: City) -> dict[str, dict[str, Any]]:
    """A complete act of every name: whoever may do it does it, as far as things stand."""
    fill = city.fill
    talk, desk = fill["rapat/acara/<int:pk>"], fill["rapat/acara/<int:pk>/hasil/"]
    matter, request = fill["rapat/keputusan/<int:pk>"], fill["rapat/bicara/<int:pk>"]
    mandate = city.users["leader"].memberships.get().pk
    return {
        "raise_hand": {}, "lower_hand": {"request": request}, "grant": {"request": request},
        "open_vote": {"resolution": matter}, "close_vote": {"resolution": matter},
        "vote": {"resolution": matter, "mandate": mandate, "choice": "yes"},
        "begin": {"item": talk, "version": _version(talk)},
        "finish": {"item": talk, "version": _version(talk)},
        "settle": {"item": desk, "version": _version(desk), "kind": "waive", "text": "Dibiarkan."},
        "check_in": {"participant": fill["rapat/peserta/<int:pk>"]},
        "sit": {"item": desk}, "stand": {"item": desk}, "slide": {"item": talk, "page": 1},
        "ask_sync": {"program": Program.objects.get(key=LANE).pk, "text": "Kami juga di situ."},
    }  # fmt: skip


def _version(item: int) -> int:
    from rakorsus.stages.meeting.models import AgendaItem

    return AgendaItem.objects.get(pk=item).version
