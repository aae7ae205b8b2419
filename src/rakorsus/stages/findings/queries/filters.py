"""The filters of the list as they stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Q, QuerySet

from rakorsus.stages.findings.models import Finding, FindingAgency, FindingProgram
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries.veiled import is_marked
from rakorsus.stages.findings.queries.visible import in_region, stamp
from rakorsus.stages.register import search
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries.counts import kept


@dataclass(frozen=True)
class Filters:
    """Each field stands in the address under its Indonesian name."""

    q: str = ""
    jenis: str = ""  # kind
    bobot: str = ""  # severity
    keadaan: str = "terbuka"  # state, "terbuka" (open), "semua" (all)
    perangkat: str = ""  # agency code
    lawan: str = ""  # counterpart's agency code
    jawaban: str = ""  # the agency's own answer
    wilayah: str = ""  # region code
    dari: str = ""  # least rupiah at stake
    sampai: str = ""  # most
    aturan: str = ""  # rule

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Filters:
        known = {f.name: str(data.get(f.name, f.default)).strip() for f in fields(cls)}
        return cls(**known)

    def but(self, **changes: str) -> Filters:
        return replace(self, **changes)

    @property
    def query(self) -> dict[str, str]:
        """What differs from the defaults, for an address."""
        default = Filters()
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != getattr(default, f.name)
        }


def narrow(findings: QuerySet[Finding], asked: Filters) -> QuerySet[Finding]:
    """The findings that fit. Text is looked for in the lines as the register does, in their
    numbers, in the sentence and in the place. What is asked about the content of a finding is not
    answered of one whose content is hidden from the reader."""
    found = findings
    if is_marked(found) and (asked.q or asked.dari or asked.sampai or asked.aturan):
        found = found.filter(hidden=False)
    if asked.jenis:
        found = found.filter(kind=asked.jenis)
    if asked.bobot:
        found = found.filter(severity=asked.bobot)
    if asked.keadaan == "terbuka":
        found = found.filter(state__in=OPEN_STATES)
    elif asked.keadaan and asked.keadaan != "semua":
        found = found.filter(state=asked.keadaan)
    if asked.perangkat:
        sides = FindingAgency.objects.filter(agency__code=asked.perangkat)
        if asked.jawaban:
            sides = sides.filter(answer=asked.jawaban)
        found = found.filter(pk__in=sides.values("finding"))
    if asked.lawan:
        others = FindingAgency.objects.filter(agency__code=asked.lawan)
        found = found.filter(pk__in=others.values("finding"))
    if asked.wilayah:
        found = found.filter(pk__in=in_region(asked.wilayah))
    if asked.aturan:
        found = found.filter(rule=asked.aturan)
    if asked.dari.isdigit():
        found = found.filter(money__gte=int(asked.dari))
    if asked.sampai.isdigit():
        found = found.filter(money__lte=int(asked.sampai))
    if asked.q:
        found = found.filter(pk__in=kept(f"finding text {asked.q}", stamp(), lambda: _of(asked.q)))
    return found


def _of(text: str) -> list[int]:
    """Ids of the findings in which the text stands."""
    lines = search.narrow(Program.objects.all(), text) | Program.objects.filter(
        ident__in=text.split()
    )
    touched = FindingProgram.objects.filter(program__in=lines.values("pk"))
    hits = Finding.objects.filter(Q(pk__in=touched.values("finding")) | _said(text))
    return list(hits.order_by().values_list("pk", flat=True))


def _said(text: str) -> Q:
    """All words stand in the sentence or in the name of the place."""
    said = Q()
    for word in text.split()[:12]:
        said &= Q(reasons_id__icontains=word) | Q(place__icontains=word)
    return said
