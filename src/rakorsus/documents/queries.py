"""What the pages of papers read."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet

from rakorsus.clock import today
from rakorsus.documents import numbering
from rakorsus.documents.drafts import settings_of
from rakorsus.documents.kinds import Kind, kinds
from rakorsus.documents.models import Counter, Issued, KindSettings, Letterhead


def of_subject(subject: str) -> QuerySet[Issued]:
    """Papers of a record, the newest first, without their contents."""
    return Issued.objects.filter(subject=subject).select_related("replaced_by").defer(
        "content", "replaced_by__content"
    )  # fmt: skip


def valid(subject: str, kind: str) -> Issued | None:
    """The paper that counts."""
    found = Issued.objects.filter(subject=subject, kind=kind, state=Issued.State.VALID)
    return found.first()


def by_key(text: str) -> Issued | None:
    """The paper of a key as people type it: spaces, capitals and missing dashes are forgiven."""
    plain = re.sub(r"[^a-z0-9]", "", text.lower())
    key = "-".join(plain[i : i + 4] for i in range(0, 12, 4))
    return Issued.objects.select_related("replaced_by").filter(key=key).first()


def kind_rows() -> list[dict[str, Any]]:
    """Every kind with what is set for it and an example of its next number."""
    had = {
        row.kind: row
        for row in KindSettings.objects.select_related("letterhead", "signatory")
    }  # fmt: skip
    head, counters = Letterhead.objects.first(), dict(Counter.objects.values_list("scope", "last"))
    return [_row(kind, had.get(kind.key), head, counters) for kind in kinds()]


def _row(
    kind: Kind, row: KindSettings | None, head: Letterhead | None, counters: dict[str, int]
) -> dict[str, Any]:
    now = today()
    chosen = row or KindSettings(kind=kind.key, letterhead=head, pattern=kind.pattern,
                                 code=kind.code)  # fmt: skip
    last = counters.get(numbering.scope_of(kind.series, chosen.pattern, now), 0)
    number = numbering.fill(chosen.pattern, now, code=chosen.code, unit=chosen.unit,
                            count=str(last + 1).zfill(chosen.width))  # fmt: skip
    return {"kind": kind, "set": row is not None, "letterhead": chosen.letterhead,
            "signatory": chosen.signatory if row else None, "next": number}  # fmt: skip


__all__ = ["by_key", "kind_rows", "of_subject", "settings_of", "valid"]
