"""Writing down what a batch gave, in the transaction that writes the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.engine.records import SetAsideRow as Aside
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.intake.actions import mappings, rows
from rakorsus.stages.intake.actions.running import forget
from rakorsus.stages.intake.limits import limits
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile
from rakorsus.stages.intake.results import FileResult, Reading, content, family

_CHUNK = 2000


def finish(
    actor: Actor, batch: ImportBatch, reading: Reading, versions: Sequence[dict[str, Any]]
) -> None:
    """Keep reports and set-aside rows, settle what the batch corrects, end the batch as done.

    Originals go after the commit, unless a table still waits for its columns to be named.

    Args:
        versions: what the register made of it (`ImportBatch.versions`).
    """
    require(actor, "intake.load")
    with transaction.atomic():
        SetAsideRow.objects.filter(file__batch=batch).delete()
        for result in reading.files:
            _keep(result, repeats=reading.nothing_new)
        if not reading.nothing_new:
            SetAsideRow.objects.bulk_create(_rows(reading), batch_size=_CHUNK)
            if batch.corrects_id:
                rows.settle_corrected(batch, reading)
            else:
                rows.replace_older(batch)
        mappings.note_use(reading.signatures)
        _end(batch, reading, versions)
        audit.record(
            actor,
            "intake.finish",
            batch,
            summary=f"{batch.read} baris dibaca: {batch.accepted} diterima, "
            f"{batch.set_aside} disisihkan",
            changes={"read": batch.read, "accepted": batch.accepted, "aside": batch.set_aside},
        )
        waiting = any(r.state == SourceFile.State.UNKNOWN for r in reading.files)
        if not waiting and not limits().keep_originals:
            stored = list(batch.files.exclude(stored="").values_list("pk", "stored"))
            transaction.on_commit(lambda: forget(stored))


def _keep(result: FileResult, *, repeats: bool) -> None:
    file = result.source
    file.state, file.kind, file.document = result.state, result.kind, result.document[:200]
    file.problem_id = result.problem.id if result.problem else ""
    file.problem_en = result.problem.en if result.problem else ""
    file.report = {
        "kind_name": result.kind_name.as_dict(),
        "agencies": result.agencies,
        "repeats": repeats,
        "sheets": [sheet.as_report() for sheet in result.sheets],
    }
    file.read, file.accepted = result.total("read"), result.total("accepted")
    file.structure, file.repaired = result.total("structure"), result.total("repaired")
    file.set_aside = result.total("set_aside")
    if file.read != file.accepted + file.set_aside:
        raise ValueError(f"{file.name}: read is not accepted + set aside")
    file.save()


def _rows(reading: Reading) -> Iterator[SetAsideRow]:
    for result in reading.files:
        for sheet in result.sheets:
            for row in sheet.aside:
                yield _row(result.source, sheet.name, row, SetAsideRow.State.OPEN)
            for row in sheet.foreign:
                yield _row(result.source, sheet.name, row, SetAsideRow.State.FOREIGN)


def _row(file: SourceFile, sheet: str, row: Aside, state: str) -> SetAsideRow:
    problem = row.problem
    return SetAsideRow(
        file=file,
        sheet=sheet[:120],
        row=max(problem.row, 0),
        column=(problem.column or "")[:120],
        family=family(problem.reason, problem.column),
        reason_id=problem.reason.id,
        reason_en=problem.reason.en,
        content=content(row),
        state=state,
    )


def _end(batch: ImportBatch, reading: Reading, versions: Sequence[dict[str, Any]]) -> None:
    batch.state, batch.progress, batch.worker = ImportBatch.State.DONE, 100, ""
    batch.ended = timezone.now()
    batch.versions = list(versions)
    taken = [r.source for r in reading.files]
    batch.read = sum(f.read for f in taken)
    batch.accepted = sum(f.accepted for f in taken)
    batch.set_aside = sum(f.set_aside for f in taken)
    batch.repaired = sum(f.repaired for f in taken)
    batch.message_id, batch.message_en = _message(reading, bool(versions))
    batch.save()


def _message(reading: Reading, changed: bool) -> tuple[str, str]:
    if changed:
        return "Selesai.", "Done."
    if reading.nothing_new:
        return (
            "Berkas yang sama persis sudah dimuat sebelumnya.",
            "Exactly these files were loaded before.",
        )
    if not any(r.state == SourceFile.State.READ for r in reading.files):
        return (
            "Tidak ada berkas yang dapat dibaca sebagai data perencanaan.",
            "No file could be read as planning data.",
        )
    return (
        "Isi berkas sama dengan yang sudah ada di register.",
        "The files say what the register holds already.",
    )
