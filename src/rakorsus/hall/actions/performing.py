"""One act from anywhere: checked, done in one transaction, numbered, known by its key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from rakorsus.hall import recording
from rakorsus.hall.actions import floor, places
from rakorsus.hall.actions.english import english
from rakorsus.hall.actions.reading import Data
from rakorsus.hall.models import Act
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.models import Meeting

Command = Callable[[Actor, Meeting, Data], None]
COMMANDS: Final[dict[str, Command]] = {
    "raise_hand": floor.raise_hand,
    "lower_hand": floor.lower_hand,
    "grant": floor.grant,
    "open_vote": floor.open_vote,
    "vote": floor.vote,
    "close_vote": floor.close_vote,
    "begin": floor.begin,
    "finish": floor.finish,
    "settle": floor.settle,
    "check_in": floor.check_in,
    "sit": places.sit,
    "stand": places.stand,
    "slide": places.slide,
    "ask_sync": places.ask,
}
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(frozen=True)
class Done:
    """An act that is committed: its number, and what everybody is told of it."""

    number: int
    data: dict[str, Any]
    again: bool = False


class Unreadable(ValidationError):
    """What was sent is no act at all."""


def perform(actor: Actor, meeting: Meeting, key: str, name: str, data: Data) -> Done:
    """Do one act. The same key of the same person again gives the same answer, not a second act.

    Raises:
        Unreadable: no such act, or a key that is none.
        ValidationError: it does not fit now; the refusal is in the log.
        PermissionDenied: not allowed, or somebody else's key.
    """
    require(actor, "hall.enter")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Unreadable(_("Kunci tindakan harus 8 sampai 64 huruf atau angka."))
    command = COMMANDS.get(name) if isinstance(name, str) else None
    if command is None or not isinstance(data, dict):
        raise Unreadable(_("Tindakan tidak dikenal."))
    had = _known(actor, meeting, key, name)
    if had is not None:
        return had
    called = recording.Call(key, name)
    token = recording.call.set(called)
    refused: Exception | None
    try:
        refused = _once(actor, meeting, called, command, data)
    except IntegrityError as error:
        refused = error
    finally:
        recording.call.reset(token)
    if refused is not None:
        had = _known(actor, meeting, key, name)  # at the same moment, and the other was faster
        if had is not None:
            return had
        raise refused
    if called.act is None:
        raise RuntimeError(f"the command {name} left no act")
    return Done(called.act.number, dict(called.act.data))


@transaction.atomic
def _once(
    actor: Actor, meeting: Meeting, called: recording.Call, command: Command, data: Data
) -> Exception | None:
    """The refusal, if it is one: what was refused is rolled back inside, its record is kept;
    unless it was refused because this very act has been done meanwhile."""
    try:
        command(actor, meeting, data)
    except (ValidationError, PermissionDenied) as refusal:
        done = Act.objects.filter(meeting=meeting, key=called.key, by=actor.user, name=called.name)
        if done.exists():
            transaction.set_rollback(True)
        return refusal
    return None


def _known(actor: Actor, meeting: Meeting, key: str, name: str) -> Done | None:
    had = Act.objects.filter(meeting=meeting, key=key).first()
    if had is None:
        return None
    if actor.user is None or had.by_id != actor.user.pk or had.name != name:
        raise PermissionDenied("hall.key")
    return Done(had.number, dict(had.data), again=True)


def error_of(error: Exception) -> dict[str, str]:
    """Code and reason in both languages, for socket and POST alike, of what was performed in
    Indonesian."""
    if isinstance(error, PermissionDenied):
        return {"code": "denied", "id": "Anda tidak berhak melakukan ini.",
                "en": "You are not allowed to do this."}  # fmt: skip
    if isinstance(error, OperationalError):
        return {"code": "busy", "id": "Server sedang sibuk; coba lagi.",
                "en": "The server is busy; try again."}  # fmt: skip
    if not isinstance(error, ValidationError):
        return {"code": "busy", "id": "Terjadi kesalahan; coba lagi.",
                "en": "Something went wrong; try again."}  # fmt: skip
    code = "invalid" if isinstance(error, Unreadable) else "refused"
    said = [str(message) for message in error.messages]
    return {"code": code, "id": " ".join(said), "en": " ".join(english(m) for m in said)}
