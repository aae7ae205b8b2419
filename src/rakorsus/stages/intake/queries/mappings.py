"""Saved mappings of columns."""

from __future__ import annotations

from django.db.models import QuerySet

from rakorsus.stages.intake.models import ColumnMapping


def mappings() -> QuerySet[ColumnMapping]:
    return ColumnMapping.objects.select_related("by")


def by_signature() -> dict[str, ColumnMapping]:
    return {m.signature: m for m in ColumnMapping.objects.all()}
