"""The city table: another time or place for a line. The engine says what it would change; the
register stays as it is until a draft is adopted, which is an amendment like any other."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.engine.records import Finding as Found
from rakorsus.hall.models import Draft
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings import warm
from rakorsus.stages.findings.actions.trial import small
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import PlanVersion, Program
from rakorsus.stages.register.queries import frames

_KEPT: Final = 20  # drafts of one person
_SHOWN: Final = 30
_TITLES: Final = 4
_FARTHEST: Final = 366  # days
#: Selection moves with the works only while it has not been announced.
_SELECTION: Final = ("tender_start", "tender_end")
log = logging.getLogger(__name__)


def try_draft(
    actor: Actor, program: Program, start: date | None, end: date | None, place: str
) -> Draft:
    """Judge a line as if it had these dates and this place; nothing of the register is changed.

    A small register is judged at once, a large one by the job worker.

    Raises:
        ValidationError: nothing was changed, or it ends before it begins.
    """
    require(actor, "hall.draft")
    place = place.strip()
    if start and end and end < start:
        raise ValidationError(_("Selesai harus sesudah mulai."))
    same = start in (None, program.begins) and end in (None, program.ends)
    if same and place in ("", program.place):
        raise ValidationError(_("Ubah waktu atau lokasinya dahulu."))
    with transaction.atomic():
        made = Draft.objects.create(
            program=program, by=actor.user, by_name=actor.name, start=start, end=end,
            place=place[:250],
        )  # fmt: skip
        inline = small()
        audit.record(
            actor, "hall.draft", made, agency=program.agency.code,
            changes={"program": program.pk, "start": str(start or ""), "end": str(end or ""),
                     "place": made.place},
            topic=None if inline else "hall.draft",
        )  # fmt: skip
        old = Draft.objects.filter(by=actor.user).values_list("pk", flat=True)[_KEPT:]
        Draft.objects.filter(pk__in=list(old)).delete()
    if inline:
        run_draft(made.pk)
        made.refresh_from_db()
    return made


def shifted(program: Program, days: int) -> tuple[date, date]:
    """Beginning and end some days later or earlier.

    Raises:
        ValidationError: no days, too many, or a line without dates.
    """
    if not 0 < abs(days) <= _FARTHEST:
        raise ValidationError(_("Geser antara 1 dan 366 hari."))
    if program.begins is None or program.ends is None:
        raise ValidationError(_("Baris ini tidak punya jadwal yang dapat digeser."))
    return program.begins + timedelta(days=days), program.ends + timedelta(days=days)


def adopt(actor: Actor, draft: Draft, reason: str) -> PlanVersion:
    """Write a draft into the register; the findings follow as after any amendment.

    Raises:
        PermissionDenied: not the actor's line.
        ValidationError: not judged yet, it would make a new finding, no reason, or nothing differs
            any more.
    """
    require(actor, "hall.draft")
    if draft.state != Draft.State.DONE:
        raise ValidationError(_("Rancangan ini belum selesai dinilai."))
    if draft.result.get("new"):
        raise ValidationError(
            _("Rancangan ini menimbulkan temuan baru; bawa ke meja sinkronisasi.")
        )
    return amend_program(actor, draft.program, changes(draft), reason)


def changes(draft: Draft) -> dict[str, Any]:
    """What a draft changes in its line, as the register's amendments take it. All that is known of
    the beginning moves by the same days, and of the end."""
    program, found = draft.program, dict[str, Any]()
    moves = {}
    for wanted, now, names in (
        (draft.start, program.begins, ("start", "contract_start")),
        (draft.end, program.ends, ("end", "contract_end")),
    ):
        if wanted is None or wanted == now:
            continue
        known = [name for name in names if getattr(program, name)]
        if now is None or not known:
            found[names[0]] = wanted
            continue
        moves[names[0]] = wanted - now
        found |= {name: getattr(program, name) + moves[names[0]] for name in known}
    if len(moves) == 2 and moves["start"] == moves["end"] and not program.announced:
        found |= {name: value + moves["start"] for name in _SELECTION
                  if (value := getattr(program, name))}  # fmt: skip
    if draft.place and draft.place != program.place:
        found["places"] = [draft.place]
    return found


def run_draft(pk: int) -> None:
    """Both judgements of a draft that waits; one that failed says so and leaves the rest alone."""
    draft = Draft.objects.select_related("program").filter(pk=pk, state=Draft.State.WAITING).first()
    if draft is None:
        return
    try:
        result = _judged(draft)
    except Exception:
        log.exception("draft %s", pk)
        Draft.objects.filter(pk=pk).update(state=Draft.State.FAILED)
        return
    Draft.objects.filter(pk=pk).update(state=Draft.State.DONE, result=result)


def _judged(draft: Draft) -> dict[str, Any]:
    began, key = time.perf_counter(), draft.program.key
    rows, places = frames.frame({key}), frames.places_frame({key})
    moved = changes(draft)
    tried = rows.with_columns(
        pl.lit(value, rows.schema[name]).alias(name) for name, value in moved.items()
    )
    with warm.session(today()) as session:
        before = session.findings([key]).findings
        try:
            after = session.change(tried, places=None if "places" in moved else places)
        finally:
            session.take(rows, places=places)  # as it was
    told = {"before": _listed(before), "after": _listed(after.findings)}
    said, now = {f.id for f in before}, {f.id for f in after.findings}
    return told | {
        "gone": sorted(said - now), "new": sorted(now - said),
        "seconds": round(time.perf_counter() - began, 2),
    }  # fmt: skip


def _listed(findings: Iterable[Found]) -> list[dict[str, Any]]:
    ranked = sorted(findings, key=lambda f: (-f.score, f.id))
    return [
        {"fingerprint": f.id, "kind": f.kind.value, "severity": f.severity.value,
         "money": f.money, "reasons": f.reasons.as_dict(),
         "programs": [{"key": p.key, "title": p.title} for p in f.programs[:_TITLES]],
         "keys": sorted(f.keys)}
        for f in ranked[:_SHOWN]
    ]  # fmt: skip
