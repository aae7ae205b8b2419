"""Decided changes of lines, as one version of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

import polars as pl
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.engine import schema
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.register import bulk, derive, difference
from rakorsus.stages.register.actions import holding, quality
from rakorsus.stages.register.actions import lines as writing
from rakorsus.stages.register.actions.publish import freeze, next_number
from rakorsus.stages.register.models import PlanVersion, Program, ProgramChange
from rakorsus.stages.register.queries.frames import lines_of

#: What a decision may change. Identity, hierarchy and provenance stay as the file says.
AMENDABLE: Final = frozenset(
    {
        "title", "description", "output", "target", "unit", "volume", "beneficiaries", "budget",
        "start", "end", "tender_start", "tender_end", "contract_start", "contract_end", "status",
        "status_text", "places", "geometry", "tags", "strategic", "owner", "fund", "method",
    }
)  # fmt: skip

Changes = Mapping[str, Mapping[str, Any]]


def amend_program(
    actor: Actor,
    program: Program,
    changes: Mapping[str, Any],
    reason: str,
    seen: int | None = None,
) -> PlanVersion:
    """Change fields of one line; the reason stands in the version and in the log.

    The line keeps the fingerprint of what its file said: loading that file again does not undo
    the decision, a newer file does and says so field by field.

    Args:
        changes: column of schema.PROGRAMS -> new value (dates as `date` or ISO text); None empties.
        seen: the version that the line was of when the writer saw it; None: whatever it is now.

    Raises:
        PermissionDenied: not the actor's line.
        ValidationError: no reason, a field that may not be changed, a value of the wrong type,
            nothing that differs, or the line was changed meanwhile.
    """
    with transaction.atomic():
        bulk.lock(Program)
        now = Program.objects.filter(key=program.key).values_list("version", flat=True).first()
        if seen is not None and now != seen:
            raise ValidationError(
                _("Orang lain baru saja mengubahnya. Muat ulang halaman ini dan lihat dahulu.")
            )
        version = amend_programs(actor, {program.key: changes}, reason)
    program.refresh_from_db()
    return version


def amend_programs(
    actor: Actor,
    changes: Changes,
    reason: str,
    fresh: pl.DataFrame | None = None,
    *,
    decided: str = "",
) -> PlanVersion:
    """Change several lines, and add new ones, as one version: all of it or nothing.

    Args:
        decided: how the decision is cited that this writes down; its values are then held fast
            against files that do not say them. Without it held values cannot be changed.
        changes: key -> what `amend_program` takes; every line must differ afterwards.
        fresh: whole new lines (schema.PROGRAMS) with keys that the register does not know and the
            document that names where they come from.

    Raises:
        As `amend_program`; ValidationError also for a line that is not there or is there already.
    """
    if not reason.strip():
        raise ValidationError(_("Tulis alasan perubahan."))
    new = derive.clean(fresh) if fresh is not None else schema.empty(schema.PROGRAMS)
    with transaction.atomic():
        bulk.lock(Program)
        lines = _standing(actor, changes)
        _free(actor, new)
        if not decided:
            holding.refuse_held(changes)
        before = lines_of(list(changes))
        after = amended(before, changes)
        diffs = difference.between(before, after)
        if len(diffs) < len(changes) or (not diffs and new.is_empty()):
            raise ValidationError(_("Tidak ada yang berubah."))
        marks = {key: line.fingerprint for key, line in lines.items()}
        after = after.with_columns(
            fingerprint=pl.col("key").replace_strict(marks, return_dtype=pl.String)
        )
        new = new.with_columns(pl.Series("fingerprint", derive.fingerprints(new), pl.String))
        version = _version(actor, lines, new, reason.strip())
        quality.keep({line.pk for line in lines.values()})
        touched = pl.concat([after, new.select(after.columns)]).sort("key")
        writing.write(touched, version, {key: line.pk for key, line in lines.items()})
        _record(version, diffs, new, lines)
        if decided:
            holding.hold(decided, diffs, new["key"].to_list(), version)
        freeze(version, touched.drop("fingerprint"))
        _tell(actor, version, diffs, new, lines)
    return version


def amended(before: pl.DataFrame, changes: Changes) -> pl.DataFrame:
    """The lines (schema.PROGRAMS) with the changes laid over them, clean, by key.

    Raises:
        ValidationError: a field that may not be changed or a value of the wrong type.
    """
    rows = [_changed(row, changes.get(row["key"], {})) for row in before.to_dicts()]
    return derive.clean(pl.DataFrame(rows, dict(schema.PROGRAMS)))


def _changed(row: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    if wrong := sorted(set(changes) - AMENDABLE):
        raise ValidationError(_("Kolom ini tidak dapat diubah: %s.") % ", ".join(wrong))
    for name, value in changes.items():
        kind = schema.PROGRAMS[name]
        try:
            row[name] = (
                pl.Series([value]).str.to_date("%Y-%m-%d")[0]
                if kind == pl.Date and isinstance(value, str)
                else pl.Series([value], dtype=kind)[0]
            )
        except (pl.exceptions.PolarsError, TypeError) as wrong_type:
            raise ValidationError(_("Nilai untuk kolom %s tidak sesuai.") % name) from wrong_type
        if isinstance(row[name], pl.Series):
            row[name] = row[name].to_list()
    if not row["title"]:
        raise ValidationError(_("Nama program tidak boleh kosong."))
    return row


def _standing(actor: Actor, changes: Changes) -> dict[str, Program]:
    """The lines to be changed, which must stand and be the actor's to change."""
    found = Program.objects.select_related("agency").defer("search").filter(key__in=changes)
    lines = {line.key: line for line in found.order_by("key")}
    for line in lines.values():
        require(actor, "register.amend", line)
    if missing := sorted(set(changes) - set(lines)):
        raise ValidationError(_("Baris ini tidak ada di register: %s.") % ", ".join(missing))
    return lines


def _free(actor: Actor, new: pl.DataFrame) -> None:
    """New lines must be of agencies for which the actor may publish, with keys of their own."""
    if new.is_empty():
        return
    require(actor, "register.publish", set(new["agency"]))
    taken = Program.objects.filter(key__in=new["key"].to_list()).values_list("key", flat=True)
    if taken:
        raise ValidationError(_("Baris ini sudah ada di register: %s.") % ", ".join(taken))


def _version(
    actor: Actor, lines: Mapping[str, Program], new: pl.DataFrame, reason: str
) -> PlanVersion:
    first = next(iter(lines.values()), None)
    row = new.row(0, named=True) if new.height else {}
    return PlanVersion.objects.create(
        uuid=uuid4(), number=next_number(), created=timezone.now(),
        government=(first.government if first else row.get("government")) or "",
        document=((first.document or first.title) if first else row["document"] or reason)[:200],
        year=first.year if first else row.get("year"),
        by=actor.user, by_name=actor.name[:200], added=new.height, changed=len(lines),
        full=False, note=reason,
    )  # fmt: skip


def _record(
    version: PlanVersion,
    diffs: Mapping[str, Any],
    new: pl.DataFrame,
    lines: Mapping[str, Program],
) -> None:
    kinds = ProgramChange.Kind
    ids = dict(Program.objects.filter(key__in=new["key"].to_list()).values_list("key", "pk"))
    ProgramChange.objects.bulk_create(
        [
            *(
                ProgramChange(version=version, program=lines[key], kind=kinds.CHANGED, diff=diff)
                for key, diff in diffs.items()
            ),
            *(
                ProgramChange(version=version, program_id=ids[key], kind=kinds.ADDED)
                for key in new["key"]
            ),
        ]
    )


def _tell(
    actor: Actor,
    version: PlanVersion,
    diffs: Mapping[str, Any],
    new: pl.DataFrame,
    lines: Mapping[str, Program],
) -> None:
    """One event for each changed line, in its agency's log; the last one tells the outbox of all
    keys, so that they are judged together."""
    keys = [*diffs, *new["key"]]
    ids = dict(Program.objects.filter(key__in=new["key"].to_list()).values_list("key", "pk"))
    agencies = dict(zip(new["key"], new["agency"], strict=True))
    for number, key in enumerate(keys, 1):
        line = lines.get(key)
        whole = number == len(keys)
        audit.record(
            actor, "register.amend", line or ("register.program", str(ids[key])),
            agency=line.agency.code if line else agencies[key], summary=version.note,
            changes={"version": version.number, "keys": keys if whole else [key],
                     "diff": diffs.get(key, {})},
            topic="register.amended" if whole else None,
        )  # fmt: skip
