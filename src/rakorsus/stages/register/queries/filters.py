"""The filters of the list, as they stand in an address: the same for page, map, export and API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from rakorsus.people.models import Agency
from rakorsus.stages.register import panels, search
from rakorsus.stages.register.models import Program, ProgramPlace, ProgramTag, Region

#: Addresses are Indonesian; the API uses the English names.
PARAMETERS = {
    "q": "q", "agency": "perangkat", "level": "tingkat", "code": "kode", "place": "wilayah",
    "begins": "dari", "ends": "sampai", "tag": "tema", "least": "min", "most": "maks",
    "fund": "dana", "source": "sumber", "document": "dokumen", "status": "keadaan",
    "firm": "jadwal", "core": "inti", "strategic": "strategis", "removed": "dihapus",
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What is asked of the list. Empty means: not asked."""

    q: str = ""
    agency: str = ""  # agency code; its units are meant too
    level: str = ""
    code: str = ""  # affair, program, kegiatan or sub kegiatan; what lies below is meant too
    place: str = ""  # region code; the areas inside are meant too
    begins: date | None = None  # works that run on or after
    ends: date | None = None  # works that run on or before
    tag: str = ""
    least: int | None = None  # rupiah
    most: int | None = None
    fund: str = ""
    source: str = ""
    document: str = ""
    status: str = ""
    firm: bool = False  # only lines whose period is firmer than the whole year
    core: bool = False  # without support programs (X.XX.01)
    strategic: bool = False
    removed: bool = False  # the lines that are not in the newest documents any more
    more: Mapping[str, str] = field(default_factory=dict)  # parameters of later stages
    veil: str = ""  # what the reader may see (panels.veil_of); without a word, what the public may

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that narrow, by English name."""
        names = (f.name for f in fields(self) if f.name not in {"more", "veil"})
        own = {name: getattr(self, name) for name in names}
        return {name: value for name, value in own.items() if value not in ("", None, False)}

    @property
    def query(self) -> dict[str, str]:
        """The filters as parameters of an address."""
        own = {PARAMETERS[name]: _text(value) for name, value in self.asked.items()}
        return own | {name: value for name, value in self.more.items() if value}

    @property
    def stamp(self) -> str | None:
        """Names the result as long as the register stays the same; None when that is unknown."""
        parts = [f"{k}={v}" for k, v in sorted(self.query.items())]
        parts.append(f"veil={self.veil}")
        for name, value in sorted(self.more.items()):
            ask = panels.filters()[name].stamp if value else None
            if value and ask is None:
                return None
            if ask is not None:
                parts.append(ask())
        return "&".join(parts)


def _text(value: Any) -> str:
    if value is True:
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)


def narrow(lines: QuerySet[Program], asked: Filters) -> QuerySet[Program]:
    """The lines that every filter lets through."""
    lines = panels.unveiled(lines.filter(removed=asked.removed), asked.veil)
    if asked.q:
        lines = search.narrow(lines, asked.q)
    if asked.agency:
        lines = lines.filter(agency_id__in=with_units(asked.agency))
    for name in ("level", "fund", "source", "document", "status"):
        if value := getattr(asked, name):
            lines = lines.filter(**{name: value})
    if asked.code:
        lines = lines.filter(Q(code=asked.code) | Q(code__startswith=f"{asked.code}."))
    if asked.place:
        inside = ProgramPlace.objects.filter(region__in=inside_of(asked.place))
        lines = lines.filter(pk__in=inside.values("program"))
    if asked.begins:
        lines = lines.filter(ends__gte=asked.begins)
    if asked.ends:
        lines = lines.filter(begins__lte=asked.ends)
    if asked.tag:
        lines = lines.filter(pk__in=ProgramTag.objects.filter(tag=asked.tag).values("program"))
    if asked.least is not None:
        lines = lines.filter(money__gte=asked.least)
    if asked.most is not None:
        lines = lines.filter(money__lte=asked.most)
    if asked.firm:
        lines = lines.filter(date_grade__gt=1)
    if asked.core:
        lines = lines.exclude(~Q(affair="") & Q(code__startswith=Concat("affair", Value(".01"))))
    if asked.strategic:
        lines = lines.filter(strategic=True)
    for name, value in asked.more.items():
        if value and name in panels.filters():
            lines = panels.filters()[name].apply(lines, value)
    return lines


def with_units(code: str) -> list[int]:
    """Primary keys of an agency and of every unit below it."""
    found: list[int] = []
    level = list(Agency.objects.filter(code=code).values_list("pk", flat=True))
    while level:
        found += level
        level = list(
            Agency.objects.filter(parent__in=level)
            .exclude(pk__in=found)
            .values_list("pk", flat=True)
        )
    return found


def inside_of(code: str) -> QuerySet[Region]:
    """A region and everything inside it: codes begin with the code of what is around them."""
    return Region.objects.filter(Q(code=code) | Q(code__startswith=f"{code}.")).order_by()
