"""The papers of a meeting: which are issued, and whether what they say is still so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.db.models import Sum

from rakorsus.audit import chain
from rakorsus.documents.actions import subject_of
from rakorsus.documents.content import data_of, digest_of
from rakorsus.documents.drafts import Compose, frame_of
from rakorsus.documents.models import Issued
from rakorsus.documents.queries import of_subject, valid
from rakorsus.stages.meeting.documents import KINDS, composer
from rakorsus.stages.meeting.models import Meeting, Note

#: Papers with names of persons, for those who invite.
PERSONAL = ("undangan", "daftar-hadir")


def rows(meeting: Meeting, personal: bool) -> list[dict[str, Any]]:
    """Each kind with the paper that counts, whether the meeting changed since, and older ones."""
    papers: dict[str, list[Issued]] = {}
    for paper in of_subject(subject_of(meeting)).defer("replaced_by__content"):
        papers.setdefault(paper.kind, []).append(paper)
    found, now = [], _standing(meeting)
    for kind in KINDS:
        if kind.key in PERSONAL and not personal:
            continue
        mine = papers.get(kind.key, [])
        current = next((p for p in mine if p.state == Issued.State.VALID), None)
        found.append({
            "kind": kind, "paper": current, "older": [p for p in mine if p is not current],
            "changed": current is not None and _changed(current, meeting, now),
        })  # fmt: skip
    return found


def _standing(meeting: Meeting) -> str:
    """Another one after every change: the log's head, and the notes, whose typing is logged once a
    minute only."""
    typed = Note.objects.filter(item__session__meeting=meeting).aggregate(n=Sum("version"))["n"]
    return f"{chain.head()}-{typed or 0}"


def _changed(paper: Issued, meeting: Meeting, now: str) -> bool:
    """`changed`, composed once for each standing of the meeting."""
    return bool(cache.get_or_set(
        f"paper-changed-{paper.key}-{now}", lambda: changed(paper, composer(paper.kind, meeting)),
        3600,
    ))  # fmt: skip


def changed(paper: Issued, compose: Compose) -> bool:
    """Whether the paper would say something else if it were issued now."""
    frame = replace(frame_of(paper.kind, paper.date, paper.number), draft=False)
    return digest_of(data_of(compose(frame))) != paper.digest


def invitation(meeting: Meeting) -> Issued | None:
    """The invitation that counts."""
    return valid(subject_of(meeting), "undangan")
