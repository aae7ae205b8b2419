"""What the register stands on: documents and their age, how good each agency's data are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from rakorsus.engine.records import DateGrade, PlaceGrade
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.register.models import PlanVersion, Program

#: Lines of work: packages and activities of planning forms. The service's masters of programs and
#: activities only group packages, and have no column for place, dates or volume.
WORK = Q(level=Program.Level.PAKET) | (
    Q(level=Program.Level.SUB_KEGIATAN) & ~Q(source=Program.Source.SUB_KEGIATAN)
)
#: Volumes that say nothing: "1 Paket", "1 Tahun", "12 Bulan" and the like.
_NO_VOLUME = (
    r"^\s*((1|12)[,.0]*\s*(paket|pkt|tahun|thn|bulan|bln|kegiatan|keg|ls|lot|unit)(\W.*)?)?$"
)


#: Levels whose money a document's sum counts: what stands above repeats it.
_COUNTED = (Program.Level.SUB_KEGIATAN, Program.Level.PAKET)
#: What a line of work can lack, by the name it has in an address.
LACKING = {
    "waktu": Q(date_grade__lt=DateGrade.HALF),
    "tempat": Q(place_grade__lt=PlaceGrade.VILLAGE),
    "volume": Q(volume__iregex=_NO_VOLUME, target=None),
}


@dataclass(frozen=True)
class Document:
    """The lines that one kind of source of one document has in the register."""

    document: str
    source: str
    lines: int
    money: int
    updated: datetime | None
    version: int | None
    by: str

    @property
    def source_name(self) -> str:
        return str(Program.Source(self.source).label) if self.source else ""


@dataclass(frozen=True)
class Quality:
    """Of the lines of work of one agency and its units, how many do not say when, where, how much.

    `dated`, `placed` and `measured` are the shares that do, in 0..100.
    """

    code: str
    name: str
    lines: int
    money: int
    undated: int
    unplaced: int
    unmeasured: int

    def _share(self, lacking: int) -> int:
        return round(100 * (self.lines - lacking) / self.lines) if self.lines else 0

    @property
    def dated(self) -> int:
        return self._share(self.undated)

    @property
    def placed(self) -> int:
        return self._share(self.unplaced)

    @property
    def measured(self) -> int:
        return self._share(self.unmeasured)


def documents() -> list[Document]:
    """Each document and kind of source, newest first. One query, kept per version."""
    return cache.get_or_set(f"register:documents:{_state()}", _documents, 3600)


def qualities() -> list[Quality]:
    """Each agency with lines of work, weakest data first. One query, kept per version."""
    return cache.get_or_set(f"register:quality:{_state()}", _qualities, 3600)


def _state() -> int:
    """The newest version: what was counted before it does not hold any more."""
    return int(PlanVersion.objects.aggregate(top=Max("pk"))["top"] or 0)


def _documents() -> list[Document]:
    groups = list(
        Program.objects.filter(removed=False)
        .order_by()
        .values("document", "source")
        .annotate(
            lines=Count("pk"),
            sum=Sum("money", filter=Q(level__in=_COUNTED)),
            newest=Max("version"),
        )
    )
    versions = PlanVersion.objects.in_bulk([g["newest"] for g in groups])
    made = [
        Document(
            document=g["document"],
            source=g["source"],
            lines=g["lines"],
            money=g["sum"] or 0,
            updated=versions[g["newest"]].created,
            version=versions[g["newest"]].number,
            by=versions[g["newest"]].by_name,
        )
        for g in groups
    ]
    return sorted(made, key=lambda d: (-(d.version or 0), d.document, d.source))


def _qualities() -> list[Quality]:
    groups = (
        Program.objects.filter(WORK, removed=False)
        .order_by()
        .values("agency")
        .annotate(
            lines=Count("pk"),
            sum=Sum("money"),
            undated=Count("pk", filter=LACKING["waktu"]),
            unplaced=Count("pk", filter=LACKING["tempat"]),
            unmeasured=Count("pk", filter=LACKING["volume"]),
        )
    )
    agencies = {
        pk: rest for pk, *rest in Agency.objects.values_list("pk", "parent", "code", "name")
    }
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for g in groups:
        parts = (g["lines"], g["sum"] or 0, g["undated"], g["unplaced"], g["unmeasured"])
        top = _top(g["agency"], agencies)
        sums[top] = [a + b for a, b in zip(sums[top], parts, strict=True)]
    made = [Quality(agencies[pk][1], agencies[pk][2], *parts) for pk, parts in sums.items()]
    return sorted(made, key=lambda q: (q.dated + q.placed + q.measured, q.code))


def _top(pk: int, agencies: dict[int, list[Any]]) -> int:
    """The agency above all others that this one is a unit of."""
    for _step in range(8):
        above = agencies[pk][0]
        if above is None:
            break
        pk = above
    return pk


def narrow(lines: QuerySet[Program], lacking: str) -> QuerySet[Program]:
    """The lines of work that lack something (a key of LACKING), or all of them."""
    lines = lines.filter(WORK)
    return lines.filter(LACKING[lacking]) if lacking in LACKING else lines


def choices(actor: Actor) -> list[tuple[str, Any]]:
    """Of the list's filter: all lines of work, or those that lack something."""
    return [
        ("semua", _("Paket dan baris pekerjaan")),
        ("waktu", _("Tanpa jadwal yang tegas")),
        ("tempat", _("Tanpa lokasi sampai kelurahan")),
        ("volume", _("Tanpa volume yang terukur")),
    ]
