"""Freezing a release: every table into files, compared with the release before."""

from __future__ import annotations

import hashlib
import io
from typing import Any

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


def release(actor: Actor, note: str = "") -> Release:
    """Freeze what is public now as the next release.

    Raises:
        ValidationError: nothing has changed since the release before.
    """
    require(actor, "publication.release")
    written: list[str] = []
    try:
        with transaction.atomic():
            return _freeze(actor, note.strip(), written)
    except BaseException:
        for path in written:
            default_storage.delete(path)
        raise


def preview() -> list[tuple[Table, freezing.Difference, int]]:
    """What the next release would change: table, difference, number of rows."""
    before = Release.objects.first()
    context = Context()
    found = []
    for table in tables().values():
        frame, _masked = freezing.frame_of(table, context)
        found.append((table, freezing.difference(table, _old(before, table.name), frame),
                      frame.height))  # fmt: skip
    return found


def _freeze(actor: Actor, note: str, written: list[str]) -> Release:
    before = Release.objects.select_for_update().first()
    context = Context()
    frozen: list[tuple[Table, pl.DataFrame, freezing.Difference]] = []
    masked = 0
    for table in tables().values():
        frame, count = freezing.frame_of(table, context)
        masked += count
        frozen.append((table, frame, freezing.difference(table, _old(before, table.name), frame)))
    if before and not any(change.any for _t, _f, change in frozen):
        raise ValidationError(_("Tidak ada yang berubah sejak rilis %(n)s.") % {"n": before.number})
    made = Release.objects.create(
        number=before.number + 1 if before else 1, at=timezone.now(), by=actor.user,
        by_post=actor.user.post or _("Sekretariat") if actor.user else _("Sistem"), note=note,
        register_version=newest(), masked=masked, withheld=sum(context.withheld.values()),
        digest="",
    )  # fmt: skip
    whole = hashlib.sha256()
    for table, frame, change in frozen:
        files = _write(made.number, table.name, freezing.encoded(table, frame), written)
        whole.update(f"{table.name} {files['parquet']['sha256']}\n".encode())
        ReleaseTable.objects.create(
            release=made, name=table.name, rows=frame.height, added=change.added,
            changed=change.changed, removed=change.removed, files=files, changes=change.rows,
        )  # fmt: skip
    drawn = _write(made.number, "peta", {"geojson": publicmap.collection()}, written)
    ReleaseTable.objects.create(release=made, name="peta", files=drawn)
    made.digest = whole.hexdigest()
    made.save(update_fields=["digest"])
    audit.record(
        actor, "publication.release", made, summary=note[:200],
        changes={"digest": made.digest, "masked": masked}, topic="publication.released",
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
