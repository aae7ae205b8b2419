"""From settings to the frame of a paper, and drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rakorsus.documents import numbering
from rakorsus.documents.content import Frame, Paper, Signer, data_of
from rakorsus.documents.kinds import kind_of
from rakorsus.documents.models import KindSettings, Letterhead

Compose = Callable[[Frame], Paper]


def settings_of(kind: str) -> KindSettings:
    """The installation's settings of the kind, or the kind's own, unsaved."""
    found = KindSettings.objects.select_related("letterhead", "signatory").filter(kind=kind).first()
    if found is not None:
        return found
    default = kind_of(kind)
    return KindSettings(
        kind=kind, letterhead=Letterhead.objects.first(), pattern=default.pattern,
        code=default.code, nature=default.nature, bases=default.bases, cc=default.cc,
    )  # fmt: skip


def frame_of(kind: str, on: date, number: str | None = None) -> Frame:
    """The frame of a paper of this day; without a number, of a draft."""
    chosen = settings_of(kind)
    head, signatory = chosen.letterhead, chosen.signatory
    shown = number or numbering.fill(
        chosen.pattern, on, code=chosen.code, unit=chosen.unit, count="........"
    )
    return Frame(
        letterhead=lines(head.lines) if head else (),
        address=head.address if head else "",
        place=head.place if head else "",
        paper=head.paper if head else "a4",
        number=shown, date=on, nature=chosen.nature, bases=lines(chosen.bases),
        cc=lines(chosen.cc), draft=number is None,
        signer=Signer(
            signatory.post, signatory.name, signatory.rank, signatory.nip, signatory.above
        ) if signatory else Signer(".............................."),
    )  # fmt: skip


def draft(kind: str, compose: Compose, on: date) -> dict[str, Any]:
    """The content of a paper that has no number yet."""
    return data_of(compose(frame_of(kind, on)))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
