"""Freezing a release: every table into files, compared with the release before."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.publication.models import Release, ReleaseTable
from rakorsus.stages.publication.opendata import freezing, publicmap
from rakorsus.stages.publication.opendata.kinds import Context, Table, tables
from rakorsus.stages.register.queries.counts import newest

#: So often the tables are read before a register that keeps changing is waited for.
_READINGS: Final = 4
#: (percent, what is being done)
Tell = Callable[[int, Any], None]


def _silent(share: int, step: Any) -> None:
    """Nobody waits for it."""


def release(actor: Actor, note: str = "", tell: Tell = _silent) -> Release:
    """Freeze what is public now as the next release.

    The tables are made first and written in a short transaction, so that others work on meanwhile.

    Raises:
        ValidationError: nothing has changed since the release before, another was made, or the
            register does not stand still.
    """
    require(actor, "publication.release")
    made = _computed(tell)
    written: list[str] = []
    try:
        with transaction.atomic():
            return _freeze(actor, note.strip(), made, written)
    except BaseException:
        for path in written:
            default_storage.delete(path)
        raise


@dataclass
class _Computed:
    """What is public now, and how it differs from the release before."""

    before: Release | None
    version: int
    frozen: list[tuple[Table, pl.DataFrame, freezing.Difference]]
    drawn: bytes
    masked: int
    withheld: int


def _computed(tell: Tell) -> _Computed:
    """Every table, read again when the register got a new version meanwhile.

    Raises:
        ValidationError: it did so every time.
    """
    for _reading in range(_READINGS):
        before, version, context = Release.objects.first(), newest(), Context()
        frozen, masked = [], 0
        found = tables().values()
        for n, table in enumerate(found):
            tell(5 + 85 * n // len(found), table.label)
            frame, count = freezing.frame_of(table, context)
            masked += count
            old = _old(before, table.name)
            frozen.append((table, frame, freezing.difference(table, old, frame)))
        tell(90, _("Peta"))
        drawn = publicmap.collection()
        if newest() == version:
            withheld = sum(context.withheld.values())
            return _Computed(before, version, frozen, drawn, masked, withheld)
    raise ValidationError(
        _("Register terus berubah selama rilis dihitung. Ulangi sesudah pemuatan selesai.")
    )


def preview(tell: Tell = _silent) -> list[dict[str, Any]]:
    """What the next release would change: name, label, rows, added, changed, removed per table."""
    return [
        {"name": table.name, "label": str(table.label), "rows": frame.height,
         "added": change.added, "changed": change.changed, "removed": change.removed}
        for table, frame, change in _computed(tell).frozen
    ]  # fmt: skip


def _freeze(actor: Actor, note: str, now: _Computed, written: list[str]) -> Release:
    before = Release.objects.select_for_update().first()
    if before != now.before:
        raise ValidationError(_("Rilis lain baru saja dibekukan. Hitung lagi."))
    if before and not any(change.any for _t, _f, change in now.frozen):
        raise ValidationError(_("Tidak ada yang berubah sejak rilis %(n)s.") % {"n": before.number})
    made = Release.objects.create(
        number=before.number + 1 if before else 1, at=timezone.now(), by=actor.user,
        by_post=actor.user.post or _("Sekretariat") if actor.user else _("Sistem"), note=note,
        register_version=now.version, masked=now.masked, withheld=now.withheld, digest="",
    )  # fmt: skip
    whole = hashlib.sha256()
    for table, frame, change in now.frozen:
        files = _write(made.number, table.name, freezing.encoded(table, frame), written)
        whole.update(f"{table.name} {files['parquet']['sha256']}\n".encode())
        ReleaseTable.objects.create(
            release=made, name=table.name, rows=frame.height, added=change.added,
            changed=change.changed, removed=change.removed, files=files, changes=change.rows,
        )  # fmt: skip
    drawn = _write(made.number, "peta", {"geojson": now.drawn}, written)
    ReleaseTable.objects.create(release=made, name="peta", files=drawn)
    made.digest = whole.hexdigest()
    made.save(update_fields=["digest"])
    audit.record(
        actor, "publication.release", made, summary=note[:200],
        changes={"digest": made.digest, "masked": made.masked}, topic="publication.released",
    )  # fmt: skip
    return made


def _write(number: int, name: str, files: dict[str, bytes], written: list[str]) -> dict[str, Any]:
    found = {}
    for kind, content in files.items():
        path = default_storage.save(f"rilis/{number}/{name}.{kind}", ContentFile(content))
        written.append(path)
        found[kind] = {
            "path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
        }  # fmt: skip
    return found


def _old(before: Release | None, name: str) -> pl.DataFrame | None:
    """The table as the release before has it; None where it had none."""
    table = before.tables.filter(name=name).first() if before else None
    if table is None or "parquet" not in table.files:
        return None
    with default_storage.open(table.files["parquet"]["path"]) as file:
        return pl.read_parquet(io.BytesIO(file.read()))
