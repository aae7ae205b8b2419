"""Remembering what the columns of an unknown table mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.intake.models import ColumnMapping, SourceFile


def save_mapping(
    actor: Actor,
    file: SourceFile,
    *,
    signature: str,
    headers: Sequence[str],
    columns: Mapping[str, str],
    constants: Mapping[str, str],
) -> ColumnMapping:
    """Remember a mapping for every table with this header; an earlier one is replaced.

    Args:
        columns: program field -> column of the table. `constants`: program field -> value.
    """
    require(actor, "intake.read", file.batch)
    with transaction.atomic():
        before = ColumnMapping.objects.filter(signature=signature).first()
        mapping, _ = ColumnMapping.objects.update_or_create(
            signature=signature,
            defaults={
                "name": file.name[:200],
                "headers": list(headers),
                "columns": dict(columns),
                "constants": dict(constants),
                "by": actor.user,
                "by_name": actor.name,
                "changed": timezone.now(),
            },
        )
        audit.record(
            actor,
            "intake.save_mapping",
            mapping,
            summary=f"Pemetaan kolom untuk {file.name} disimpan",
            changes={
                "columns": [before.columns if before else None, dict(columns)],
                "constants": [before.constants if before else None, dict(constants)],
            },
        )
    return mapping


def delete_mapping(actor: Actor, mapping: ColumnMapping) -> None:
    """Forget a mapping: tables like it are asked about again. What was loaded stays."""
    require(actor, "intake.delete_mapping", mapping)
    with transaction.atomic():
        audit.record(
            actor,
            "intake.delete_mapping",
            mapping,
            summary=f"Pemetaan kolom untuk {mapping.name} dihapus",
            changes={"columns": [mapping.columns, None], "constants": [mapping.constants, None]},
        )
        mapping.delete()


def note_use(signatures: set[str]) -> None:
    """Count that saved mappings were used. Called by the job, in its transaction."""
    for mapping in ColumnMapping.objects.filter(signature__in=signatures):
        mapping.used += 1
        mapping.last_used = timezone.now()
        mapping.save(update_fields=["used", "last_used"])
