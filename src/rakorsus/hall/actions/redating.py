"""Trying other dates for a line at the city table: the engine judges a draft of the register, and
nothing is written until the draft is adopted, which is an amendment like any other."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rakorsus.engine.records import Finding as Found
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can, require
from rakorsus.stages.findings import warm
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries.visible import visible
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import PlanVersion, Program
from rakorsus.stages.register.queries import frames

#: What moves together; selection moves only while it has not been announced.
_WORKS: Final = ("start", "end", "contract_start", "contract_end")
_SELECTION: Final = ("tender_start", "tender_end")
_FARTHEST: Final = 366
#: Larger registers take too long to be opened while somebody waits.
MOST_LINES: Final = 20_000


@dataclass(frozen=True)
class Draft:
    """What the engine says of the line as it stands and as tried; ids are the engine's own."""

    before: tuple[Found, ...]
    after: tuple[Found, ...]
    begins: date | None
    ends: date | None
    seconds: float

    @property
    def gone(self) -> list[Found]:
        kept = {f.id for f in self.after}
        return [f for f in self.before if f.id not in kept]

    @property
    def fresh(self) -> list[Found]:
        had = {f.id for f in self.before}
        return [f for f in self.after if f.id not in had]


def simulate(actor: Actor, program: Program, days: int) -> Draft:
    """Judge the line with its dates moved by some days; the register stays as it is.

    Raises:
        PermissionDenied: not for the actor.
        ValidationError: no days, too many, a line without dates, or a register too large.
    """
    require(actor, "hall.draft")
    moved = _moved(program, days)
    if Program.objects.filter(removed=False)[MOST_LINES : MOST_LINES + 1].exists():
        raise ValidationError(_("Register terlalu besar untuk dicoba langsung di sini."))
    began = time.perf_counter()
    key = program.key
    row, places = frames.frame([key]), frames.places_frame([key])
    tried = row.with_columns(
        pl.lit(value).cast(pl.Date).alias(name) for name, value in moved.items()
    )
    with warm.session(settings.TODAY or timezone.localdate()) as session:
        before = session.findings([key]).findings
        try:
            after = session.change(tried, places=places).findings
        finally:
            session.take(row, places=places)  # the session stays true to the register
    return Draft(
        before, after, _first(moved, program, "begins"), _first(moved, program, "ends"),
        round(time.perf_counter() - began, 2),
    )  # fmt: skip


def adopt(actor: Actor, program: Program, days: int, reason: str) -> PlanVersion:
    """Write the moved dates into the register; the findings follow as after any amendment.

    Raises:
        PermissionDenied: not the actor's line.
        ValidationError: as simulate, or no reason.
    """
    require(actor, "hall.draft")
    return amend_program(actor, program, _moved(program, days), reason)


def told(actor: Actor, program: Program, draft: Draft) -> dict[str, Any]:
    """A draft as the table shows it, findings that the actor may not see left out."""
    names = {f.id for f in (*draft.before, *draft.after)}
    rows = Finding.objects.filter(fingerprint__in=names)
    hidden = set(rows.values_list("fingerprint", flat=True)) - set(
        visible(actor, rows).values_list("fingerprint", flat=True)
    )
    urls = {f.fingerprint: f.get_absolute_url() for f in rows.only("pk", "fingerprint")}

    def plain(found: tuple[Found, ...] | list[Found]) -> list[dict[str, Any]]:
        english = translation.get_language() == "en"
        return [
            {
                "kind": f.kind.value, "kind_name": str(Finding.Kind(f.kind.value).label),
                "text": f.reasons.en if english else f.reasons.id, "url": urls.get(f.id),
            }
            for f in found
            if f.id not in hidden
        ]  # fmt: skip

    return {
        "before": plain(draft.before), "after": plain(draft.after), "gone": plain(draft.gone),
        "fresh": plain(draft.fresh), "seconds": draft.seconds,
        "from": draft.begins.isoformat() if draft.begins else None,
        "to": draft.ends.isoformat() if draft.ends else None,
        "may_adopt": can(actor, "register.amend", program),
    }  # fmt: skip


def _moved(program: Program, days: int) -> dict[str, date]:
    if not 0 < abs(days) <= _FARTHEST:
        raise ValidationError(_("Geser antara 1 dan 366 hari."))
    names = [*_WORKS, *(() if program.announced else _SELECTION)]
    found = {name: getattr(program, name) for name in names if getattr(program, name)}
    if not any(name in found for name in _WORKS):
        raise ValidationError(_("Baris ini tidak punya jadwal yang dapat digeser."))
    return {name: value + timedelta(days=days) for name, value in found.items()}


def _first(moved: dict[str, date], program: Program, name: str) -> date | None:
    shift = next(iter(moved.items()))
    days = shift[1] - getattr(program, shift[0])
    value: date | None = getattr(program, name)
    return value + days if value else None
