"""A decided change of one line, as a version of its own."""

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


def amend_program(
    actor: Actor, program: Program, changes: Mapping[str, Any], reason: str
) -> PlanVersion:
    """Change fields of one line; the reason stands in the version and in the log.

    The line keeps the fingerprint of what its file said: loading that file again does not undo
    the decision, a newer file does and says so field by field.

    Args:
        changes: column of schema.PROGRAMS -> new value (dates as `date` or ISO text); None empties.

    Raises:
        PermissionDenied: not the actor's line.
        ValidationError: no reason, a field that may not be changed, a value of the wrong type, or
            nothing that differs.
    """
    require(actor, "register.amend", program)
    if not reason.strip():
        raise ValidationError(_("Tulis alasan perubahan."))
    if wrong := sorted(set(changes) - AMENDABLE):
        raise ValidationError(_("Kolom ini tidak dapat diubah: %s.") % ", ".join(wrong))
    with transaction.atomic():
        bulk.lock(Program)
        before = lines_of([program.key])
        after = derive.clean(_changed(before, changes))
        diff = difference.between(before, after).get(program.key)
        if not diff:
            raise ValidationError(_("Tidak ada yang berubah."))
        line = Program.objects.select_related("agency").get(pk=program.pk)
        after = after.with_columns(fingerprint=pl.lit(line.fingerprint))
        version = PlanVersion.objects.create(
            uuid=uuid4(), government=line.government, document=line.document or line.title[:200],
            year=line.year, number=next_number(), created=timezone.now(), by=actor.user,
            by_name=actor.name[:200], changed=1, full=False, note=reason.strip(),
        )  # fmt: skip
        writing.write(after, version, {line.key: line.pk})
        ProgramChange.objects.create(
            version=version, program=line, kind=ProgramChange.Kind.CHANGED, diff=diff
        )
        freeze(version, after.drop("fingerprint"))
        audit.record(
            actor, "register.amend", line, agency=line.agency.code, summary=reason.strip(),
            changes={"version": version.number, "keys": [line.key], "diff": diff},
            topic="register.amended",
        )  # fmt: skip
    program.refresh_from_db()
    return version


def _changed(before: pl.DataFrame, changes: Mapping[str, Any]) -> pl.DataFrame:
    row = before.to_dicts()[0]
    for name, value in changes.items():
        kind = schema.PROGRAMS[name]
        try:
            row[name] = (
                pl.Series([value]).str.to_date("%Y-%m-%d")[0]
                if kind == pl.Date and isinstance(value, str)
                else pl.Series([value], dtype=kind)[0]
            )
        except (pl.exceptions.PolarsError, TypeError) as wrong:
            raise ValidationError(_("Nilai untuk kolom %s tidak sesuai.") % name) from wrong
        if isinstance(row[name], pl.Series):
            row[name] = row[name].to_list()
    if not row["title"]:
        raise ValidationError(_("Nama program tidak boleh kosong."))
    return pl.DataFrame([row], dict(schema.PROGRAMS))
