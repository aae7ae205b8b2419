"""The city table: try another time or place for a line, and let the engine say what it changes."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import polars as pl
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.engine.records import Finding as Found
from rakorsus.hall.models import Draft
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings import warm
from rakorsus.stages.findings.actions.run import today
from rakorsus.stages.findings.actions.trial import small
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import frames

_KEPT: Final = 20  # drafts of one person
_SHOWN: Final = 30
_TITLES: Final = 4
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
    with warm.session(today()) as session:
        before = session.findings([key]).findings
        after = session.change(_as_drafted(rows, draft), places=None if draft.place else places)
        session.take(rows, places=places)  # as it was
    told = {"before": _listed(before), "after": _listed(after.findings)}
    said, now = {f.id for f in before}, {f.id for f in after.findings}
    return told | {
        "gone": sorted(said - now), "new": sorted(now - said),
        "seconds": round(time.perf_counter() - began, 2),
    }  # fmt: skip


def _as_drafted(rows: pl.DataFrame, draft: Draft) -> pl.DataFrame:
    """The line with the draft's dates and place; its contract dates give way to them."""
    changes: dict[str, pl.Expr] = {}
    if draft.start:
        changes["start"] = pl.lit(draft.start)
        changes["contract_start"] = pl.lit(None, pl.Date)
    if draft.end:
        changes["end"] = pl.lit(draft.end)
        changes["contract_end"] = pl.lit(None, pl.Date)
    if draft.place:
        changes["places"] = pl.lit([draft.place], pl.List(pl.String))
    return rows.with_columns(**changes)


def _listed(findings: Iterable[Found]) -> list[dict[str, Any]]:
    ranked = sorted(findings, key=lambda f: (-f.score, f.id))
    return [
        {"fingerprint": f.id, "kind": f.kind.value, "severity": f.severity.value,
         "money": f.money, "reasons": f.reasons.as_dict(),
         "programs": [{"key": p.key, "title": p.title} for p in f.programs[:_TITLES]]}
        for f in ranked[:_SHOWN]
    ]  # fmt: skip
