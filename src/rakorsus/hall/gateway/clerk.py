"""The gateway's clerk: a child process with Django and the database.

It reads acts from its standard input, commits them one after the other with `hall.actions`, and
tells on its standard output what was done, what was committed (by whichever process) and how the
state of each open meeting changed. One JSON object a line. It ends when its input ends.
"""

from __future__ import annotations

import json
import logging
import os
import select
import sys
import time
from dataclasses import dataclass, field
from typing import Any, Final

_WAIT: Final = 0.04  # seconds between two looks at what other processes committed
_STATE: Final = 0.2  # the state is told at most five times a second,
_AGAIN: Final = 20.0  # and read anew for the expected times although nothing happened
_MOST: Final = 16  # acts between two looks

log = logging.getLogger("rakorsus.hall.clerk")


@dataclass
class Open:
    """A meeting that somebody of the gateway is in."""

    meeting: int
    last: int
    pulse: int = -1
    cap: int = 0
    told: dict[str, str] = field(default_factory=dict)  # key -> JSON of what was told last
    at: float = -99.0
    stale: bool = True


class Clerk:
    def __init__(self) -> None:
        self.open: dict[int, Open] = {}

    def say(self, message: dict[str, Any]) -> None:
        data = memoryview((json.dumps(message, separators=(",", ":")) + "\n").encode())
        while data:
            data = data[os.write(1, data) :]

    def hear(self, line: bytes) -> None:
        asked = json.loads(line)
        if asked["op"] == "act":
            self.act(asked)
        elif asked["op"] == "review":
            self.review(asked["claims"])
        elif asked["op"] == "open":
            self.open_meeting(asked["m"])
        elif asked["op"] == "close":
            self.open.pop(asked["m"], None)

    def act(self, asked: dict[str, Any]) -> None:
        """Commit one act; whatever happens, there is an answer."""
        from django.core.exceptions import PermissionDenied, ValidationError
        from django.utils import translation

        from rakorsus.hall import actions
        from rakorsus.people import actor as actors
        from rakorsus.people.models import User
        from rakorsus.stages.meeting.models import Meeting

        try:
            with translation.override("id"):
                user = User.objects.filter(pk=asked["u"], is_active=True).first()
                meeting = Meeting.objects.filter(pk=asked["m"]).first()
                if user is None or meeting is None:
                    raise PermissionDenied("hall.enter")
                actor = actors.of_user(user, f"hall-{asked['view']}")
                done = actions.perform(actor, meeting, asked["key"], asked["name"], asked["data"])
                answer = {"ok": {"n": done.number, "data": done.data}}
        except (PermissionDenied, ValidationError) as error:
            answer = {"error": actions.error_of(error)}
        except Exception as error:  # the socket must get an answer: the sender tries again
            log.exception("act %s", asked.get("name"))
            answer = {"error": actions.error_of(error)}
        self.say({"op": "done", "id": asked["id"], **answer})
        known = self.open.get(asked["m"])
        if "ok" in answer and known is not None:  # told at once; the state follows in its own time
            self._tell_acts(known)

    def review(self, claims: list[list[Any]]) -> None:
        """Tell which of those who are connected signed out, were deactivated or lost a right that
        their ticket gave; a database that is away says so in the log, and nobody falls."""
        from django.db import Error

        from rakorsus.hall.standing import fallen

        try:
            told = fallen(claims)
        except Error:
            log.exception("asking for rights")
            return
        if told:
            self.say({"op": "fallen", "claims": told})

    def open_meeting(self, meeting: int) -> None:
        """Begin with the acts that the gateway keeps, so that whoever was here before it was
        started gets what was missed."""
        from rakorsus.hall.queries import acts
        from rakorsus.stages.meeting.models import Meeting

        if not Meeting.objects.filter(pk=meeting).exists():
            self.say({"op": "gone", "m": meeting})
            return
        self.open[meeting] = Open(meeting, max(0, acts.last(meeting) - acts.MOST))

    def look(self) -> None:
        """Tell what was committed since the last look."""
        from rakorsus.hall.models import Hall
        from rakorsus.stages.meeting.models import Meeting

        if not self.open:
            return
        halls = {m: (last, cap) for m, last, cap in Hall.objects.filter(
            meeting__in=self.open).values_list("meeting_id", "last", "cap")}  # fmt: skip
        pulses = dict(Meeting.objects.filter(pk__in=self.open).values_list("pk", "pulse"))
        for meeting, known in self.open.items():
            last, cap = halls.get(meeting, (0, Hall._meta.get_field("cap").default))
            if last > known.last:
                self._tell_acts(known)
            if pulses.get(meeting, 0) != known.pulse or cap != known.cap:
                known.pulse, known.cap, known.stale = pulses.get(meeting, 0), cap, True
            self._tell_state(known)

    def _tell_acts(self, known: Open) -> None:
        from rakorsus.hall.queries import acts

        while fresh := acts.since(known.meeting, known.last, 200):
            known.last, known.stale = fresh[-1]["n"], True
            self.say({"op": "acts", "m": known.meeting, "acts": fresh})

    def _tell_state(self, known: Open) -> None:
        from rakorsus.hall.queries.state import state

        passed = time.monotonic() - known.at
        if not (known.stale and passed >= _STATE) and passed < _AGAIN:
            return
        known.at, known.stale = time.monotonic(), False
        whole = {k: json.dumps(v, separators=(",", ":")) for k, v in state(known.meeting).items()}
        fresh = {k: json.loads(v) for k, v in whole.items() if known.told.get(k) != v}
        first = not known.told
        known.told = whole
        if fresh or first:
            self.say({"op": "state", "m": known.meeting, "last": known.last, "cap": known.cap,
                      "set": fresh, "whole": first})  # fmt: skip

    def run(self) -> None:
        from django.db import Error, close_old_connections

        self.say({"op": "ready"})
        rest = b""
        while True:
            ready, _, _ = select.select([0], [], [], _WAIT if self.open else None)
            if ready:
                data = os.read(0, 1 << 16)
                if not data:
                    return
                *lines, rest = (rest + data).split(b"\n")
                for place, line in enumerate(lines, 1):
                    self.hear(line)
                    if place % _MOST == 0:
                        self._try_look()
            self._try_look()
            try:
                close_old_connections()
            except Error:
                log.exception("closing a connection")

    def _try_look(self) -> None:
        from django.db import Error, connection

        try:
            self.look()
        except Error:  # the database is away: the next look tries again
            log.exception("looking")
            connection.close()
            time.sleep(0.5)


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
    django.setup()
    try:
        Clerk().run()
    except BrokenPipeError:  # the gateway was killed; its successor has a clerk of its own
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
