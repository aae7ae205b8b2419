"""The engine's session over the register, kept in this process from one recheck to the next.

A session is true to one version of the register. Amendments since then are taken in line by line;
anything else that happened (a published version, other rules, agencies or day) opens it anew.
There is one at most, and none a quarter of an hour after the last recheck.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from rakorsus.engine.session import Session
from rakorsus.stages.findings import rulebook
from rakorsus.stages.register.models import PlanVersion, ProgramChange
from rakorsus.stages.register.queries import frames

_IDLE: Final = 15 * 60  # seconds


@dataclass
class _Warm:
    session: Session
    version: tuple[int, str]  # number and random id of the newest version it knows
    ground: tuple[Any, ...]  # day and settings it was opened with
    agencies: pl.DataFrame


_lock = threading.RLock()
_kept: _Warm | None = None
_timer: threading.Timer | None = None


@contextmanager
def session(today: date) -> Iterator[Session]:
    """The session, true to the register as it stands; nobody else has it meanwhile."""
    global _kept
    with _lock:
        _stop_timer()
        try:
            warm = _kept
            if warm is None or not _follow(warm, today):
                _forget()  # the old one's memory first
                _kept = warm = _opened(today)
            yield warm.session
        except BaseException:
            _forget()  # half a change may be in it
            raise
        _start_timer()


def settle() -> None:
    """Tidy the session up after its answer is stored, while nobody waits."""
    with _lock:
        if _kept is not None:
            _kept.session.settle()


def drop() -> None:
    """Give the session's memory back."""
    with _lock:
        _stop_timer()
        _forget()


def _forget() -> None:
    global _kept
    if _kept is not None:
        _kept = None
        gc.unfreeze()


def _opened(today: date) -> _Warm:
    version, ground, agencies = _newest(), _ground(today), frames.agencies_frame()
    made = Session(
        frames.frame(),
        agencies,
        frames.regions_frame(),
        frames.targets_frame(),
        rulebook.rules(),
        today=today,
        places=frames.places_frame(),
    )
    gc.collect()
    gc.freeze()  # a million lasting objects need not be looked at again and again
    return _Warm(made, version, ground, agencies)


def _follow(warm: _Warm, today: date) -> bool:
    """Take amendments in; False when something else happened to the register."""
    now = _newest()
    if warm.ground != _ground(today) or not warm.agencies.equals(frames.agencies_frame()):
        return False
    if now == warm.version:
        return True
    number, name = warm.version
    since = PlanVersion.objects.filter(number__gt=number)
    known = PlanVersion.objects.filter(number=number, uuid=name).exists()
    if not known or since.filter(full=True).exists():
        return False
    changes = ProgramChange.objects.filter(version__in=since)
    keys = set(changes.values_list("program__key", flat=True))
    rows = frames.frame(keys)
    warm.session.take(rows, keys - set(rows["key"].to_list()), frames.places_frame(keys))
    warm.version = now
    return True


def _newest() -> tuple[int, str]:
    found = PlanVersion.objects.order_by("-number").values_list("number", "uuid").first()
    return (found[0], str(found[1])) if found else (0, "")


def _ground(today: date) -> tuple[Any, ...]:
    return today, rulebook.stamp()


def _start_timer() -> None:
    global _timer
    _timer = threading.Timer(_IDLE, drop)
    _timer.daemon = True
    _timer.start()


def _stop_timer() -> None:
    global _timer
    if _timer is not None:
        _timer.cancel()
        _timer = None
