"""Drafts: what would change, kept beside what stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.engine import schema
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.decisions import composing
from rakorsus.stages.decisions.composing import Step
from rakorsus.stages.decisions.models import Change, Decision
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome, Resolution
from rakorsus.stages.register.actions.amend import AMENDABLE, amended
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries.frames import lines_of

#: Kinds that only move money about: not one rupiah more or less afterwards.
EXACT: Final = (Decision.Kind.MERGE, Decision.Kind.SPLIT, Decision.Kind.MOVE_MONEY)
_MOST: Final = 200
#: What a new line must say, and what it may say besides.
NEEDED: Final = ("agency", "title", "budget", "start", "end")
_FRESH: Final = {*AMENDABLE, "agency", "level", "parent", "code", "government", "year"}


@dataclass(frozen=True)
class Draft:
    """What is decided: words, changes of standing lines, new lines, and where it comes from."""

    kind: str
    title: str
    text: str
    steps: Sequence[Step] = ()
    fresh: Sequence[Mapping[str, Any]] = ()
    finding: Finding | None = None
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    outcome: Outcome | None = None
    resolution: Resolution | None = None
    owner: Agency | None = None
    owner_post: str = ""
    due: date | None = None
    replaces: Decision | None = None
    year: int = field(default_factory=lambda: today().year)


_WORDS: Final = (
    "kind", "title", "text", "finding", "meeting", "item", "outcome", "resolution", "owner",
    "owner_post", "due", "replaces", "year",
)  # fmt: skip


@transaction.atomic
def draft(actor: Actor, wanted: Draft) -> Decision:
    """A new draft; nothing of the register changes.

    Raises:
        PermissionDenied: not one who drafts.
        ValidationError: no words, nothing that changes, a line or field that cannot be changed, a
            sum of money that does not come out even where it must.
    """
    require(actor, "decisions.draft")
    made = Decision(by=actor.user, by_name=actor.name[:200])
    _fill(made, wanted)
    audit.record(actor, "decisions.draft", made, agency=_agency(made), summary=made.title[:200],
                 changes={"kind": made.kind, "finding": made.finding_id})  # fmt: skip
    return made


@transaction.atomic
def redraft(actor: Actor, decision: Decision, wanted: Draft, seen: int) -> Decision:
    """Another content for a draft that was not taken yet."""
    require(actor, "decisions.draft")
    fresh = locked(decision, seen)
    fresh.version += 1
    fresh.preview = {}
    _fill(fresh, wanted)
    audit.record(actor, "decisions.redraft", fresh, agency=_agency(fresh),
                 summary=fresh.title[:200])  # fmt: skip
    return fresh


@transaction.atomic
def drop(actor: Actor, decision: Decision, seen: int) -> Decision:
    """A draft that will not be taken; it stays in the list of what was not decided."""
    require(actor, "decisions.draft")
    fresh = locked(decision, seen)
    fresh.state = Decision.State.DROPPED
    fresh.version += 1
    fresh.save(update_fields=["state", "version"])
    audit.record(actor, "decisions.drop", fresh, agency=_agency(fresh), summary=fresh.title[:200])
    return fresh


def locked(decision: Decision, seen: int) -> Decision:
    """The draft as it stands, for writing, when it is still what was seen.

    Raises:
        ValidationError: it is no draft any more, or somebody changed it meanwhile.
    """
    fresh = Decision.objects.select_for_update().get(pk=decision.pk)
    if fresh.state != Decision.State.DRAFT:
        raise ValidationError(_("Keputusan ini bukan rancangan lagi; ubah dengan keputusan baru."))
    if fresh.version != seen:
        raise ValidationError(_("Orang lain baru saja mengubahnya. Muat ulang halaman ini."))
    return fresh


def _fill(made: Decision, wanted: Draft) -> None:
    if wanted.kind not in Decision.Kind.values:
        raise ValidationError(_("Pilih jenis keputusannya."))
    if not wanted.title.strip() or not wanted.text.strip():
        raise ValidationError(_("Tulis perihal dan bunyi keputusannya."))
    if wanted.replaces and wanted.replaces.state != Decision.State.TAKEN:
        raise ValidationError(_("Yang diganti harus keputusan yang berlaku."))
    for name in _WORDS:
        setattr(made, name, getattr(wanted, name))
    made.title, made.text = wanted.title.strip()[:250], wanted.text.strip()
    if wanted.outcome and not wanted.item:
        made.item = wanted.outcome.item
    if made.item and not made.meeting:
        made.meeting = made.item.session.meeting
    if made.resolution and not made.meeting:
        made.meeting = made.resolution.meeting
    rows = [*_changes(wanted.steps), *_new(wanted.fresh)]
    if not rows or len(rows) > _MOST:
        raise ValidationError(_("Keputusan harus mengubah sesuatu di register."))
    _exact(made.kind, rows)
    made.save()
    made.changes.all().delete()
    for position, row in enumerate(rows):
        row.decision, row.position = made, position
    Change.objects.bulk_create(rows)


def _changes(steps: Sequence[Step]) -> list[Change]:
    found = Program.objects.filter(key__in={s.key for s in steps}, removed=False)
    lines = {line.key: line for line in found.defer("search")}
    kept = composing.tidy(steps, lines)
    by_key: dict[str, dict[str, Any]] = {}
    for step, _before in kept:
        by_key.setdefault(step.key, {})[step.field] = step.after
    amended(lines_of(list(by_key)), by_key)  # refuses what the register would refuse
    _days_in_order(by_key, lines)
    return [
        Change(key=s.key, program=lines[s.key], field=s.field, before=before, after=s.after)
        for s, before in kept
    ]


def _days_in_order(by_key: Mapping[str, Mapping[str, Any]], lines: Mapping[str, Any]) -> None:
    for key, fields in by_key.items():
        for first, last in (("start", "end"), ("tender_start", "tender_end")):
            start = fields.get(first, composing.plain(getattr(lines[key], first)))
            end = fields.get(last, composing.plain(getattr(lines[key], last)))
            if {first, last} & set(fields) and start and end and end < start:
                raise ValidationError(_("Selesai tidak boleh sebelum mulai."))
        if (fields.get("budget") or 0) < 0:
            raise ValidationError(_("Pagu tidak boleh kurang dari nol."))


def _new(fresh: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The fields of new lines; their keys are given when the decision is taken."""
    rows = []
    for number, line in enumerate(fresh, 1):
        if missing := [name for name in NEEDED if not line.get(name)]:
            raise ValidationError(_("Program baru belum lengkap: %s.") % ", ".join(missing))
        if wrong := sorted(set(line) - _FRESH):
            raise ValidationError(_("Kolom ini tidak dapat diubah: %s.") % ", ".join(wrong))
        if not Agency.objects.filter(code=line["agency"]).exists():
            raise ValidationError(_("Perangkat daerah itu tidak dikenal."))
        values = {name: composing.plain(value) for name, value in line.items()}
        if values["end"] < values["start"] or values["budget"] < 0:
            raise ValidationError(_("Selesai tidak boleh sebelum mulai."))
        rows += [
            Change(key=f"baru:{number}", field=name, after=values[name], fresh=True)
            for name in values
            if values[name] not in (None, "", [])
        ]
    return rows


def _exact(kind: str, rows: Sequence[Change]) -> None:
    """Raises where a kind that only moves money about would lose or make some."""
    left = composing.balance([(c.field, c.before, c.after) for c in rows])
    if kind in EXACT and left:
        raise ValidationError(
            _("Jumlah pagu sesudahnya harus sama dengan sebelumnya; selisihnya Rp%s.") % left
        )


def _agency(decision: Decision) -> str:
    return decision.owner.code if decision.owner else ""


def fresh_lines(decision: Decision) -> pl.DataFrame:
    """The new lines of a decision as the register takes them, under the keys that it gives."""
    by_key: dict[str, dict[str, Any]] = {}
    for change in decision.changes.all():
        if change.fresh:
            by_key.setdefault(change.key, {})[change.field] = change.after
    rows = []
    for number, values in enumerate(by_key.values(), 1):
        ident = f"keputusan-{decision.year}-{decision.pk}-{number}"
        row = dict.fromkeys(schema.PROGRAMS) | {
            "key": f"other:{ident}", "source": "other", "id": ident, "level": "sub_kegiatan",
            "year": decision.year, "status": "planned",
            "document": f"Keputusan {decision.year}/{decision.pk}",
        }  # fmt: skip
        for name, value in values.items():
            day = schema.PROGRAMS[name] == pl.Date and isinstance(value, str)
            row[name] = date.fromisoformat(value) if day else value
        rows.append(row)
    return pl.DataFrame(rows, dict(schema.PROGRAMS))
