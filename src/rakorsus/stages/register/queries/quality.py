"""What the register stands on: its documents with their age, and how good each agency's data are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, F, Max, Q, Sum

from rakorsus.engine.records import DateGrade, PlaceGrade
from rakorsus.stages.register.models import PlanVersion, Program

#: Lines of work: what stands above them only groups them.
LEVELS = (Program.Level.SUB_KEGIATAN, Program.Level.PAKET)
#: Volumes that say nothing: "1 Paket", "1 Tahun", "12 Bulan" and the like.
_NO_VOLUME = (
    r"^\s*((1|12)[,.0]*\s*(paket|pkt|tahun|thn|bulan|bln|kegiatan|keg|ls|lot|unit)(\W.*)?)?$"
)


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
    """Of one agency's lines of work, how many say when, where and how much. Shares are 0..100."""

    code: str
    name: str
    lines: int
    money: int
    dated: int
    placed: int
    measured: int

    def _share(self, part: int) -> int:
        return round(100 * part / self.lines) if self.lines else 0

    @property
    def dated_share(self) -> int:
        return self._share(self.dated)

    @property
    def placed_share(self) -> int:
        return self._share(self.placed)

    @property
    def measured_share(self) -> int:
        return self._share(self.measured)


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
            sum=Sum("money", filter=Q(level__in=LEVELS)),
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
    vague = Q(volume__iregex=_NO_VOLUME) & Q(target=None)
    groups = (
        Program.objects.filter(removed=False, level__in=LEVELS)
        .order_by()
        .values(code=F("agency__code"), name=F("agency__name"))
        .annotate(
            lines=Count("pk"),
            sum=Sum("money"),
            dated=Count("pk", filter=Q(date_grade__gte=DateGrade.HALF)),
            placed=Count("pk", filter=Q(place_grade__gte=PlaceGrade.VILLAGE)),
            vague=Count("pk", filter=vague),
        )
    )
    made = [
        Quality(
            code=g["code"],
            name=g["name"],
            lines=g["lines"],
            money=g["sum"] or 0,
            dated=g["dated"],
            placed=g["placed"],
            measured=g["lines"] - g["vague"],
        )
        for g in groups
    ]
    return sorted(made, key=lambda q: (q.dated_share + q.placed_share + q.measured_share, q.code))
