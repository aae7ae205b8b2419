"""Who else works here, now, for these people: the lines beside one line."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rakorsus.engine.records import DateGrade, PlaceGrade
from rakorsus.stages.register import search
from rakorsus.stages.register.models import (
    Nomenclature,
    Program,
    ProgramChange,
    ProgramPlace,
    ProgramTag,
    Region,
)
from rakorsus.stages.register.words import stem, words

_FEW = 8
#: Groups of people that programs name, as stems would be found in a title or description.
_GROUPS = frozenset(
    [
        "petani",
        "nelayan",
        "peternak",
        "pembudidaya",
        "pekebun",
        "umkm",
        "ikm",
        "koperasi",
        "pedagang",
        "perajin",
        "siswa",
        "guru",
        "santri",
        "mahasiswa",
        "pemuda",
        "remaja",
        "lansia",
        "balita",
        "bayi",
        "bumil",
        "hamil",
        "disabilitas",
        "difabel",
        "penyandang",
        "perempuan",
        "anak",
        "kader",
        "posyandu",
        "pkk",
        "buruh",
        "pekerja",
        "penganggur",
        "narapidana",
        "pengungsi",
        "gelandangan",
        "pengemis",
        "miskin",
        "keluarga",
        "rtlh",
        "pemulung",
        "linmas",
        "atlet",
        "seniman",
        "wartawan",
        "pengemudi",
    ]
)


@dataclass(frozen=True)
class Neighbours:
    """Three lists, each with at most a few lines of other agencies first, and whether more are."""

    here: list[Program]
    alike: list[Program]
    people: list[Program]


def neighbours(program: Program) -> Neighbours:
    """Lines in the same or nested place at the same time; on the same theme; for the same people.

    The line's own hierarchy (parent, children, same package) is left out.
    """
    return Neighbours(_here(program), _alike(program), _people(program))


def _others(program: Program) -> QuerySet[Program]:
    family = Q(pk=program.pk) | Q(parent=program.pk)
    if program.parent_id:
        family |= Q(pk=program.parent_id)
    if program.package:
        family |= Q(package=program.package)
    standing = Program.objects.filter(removed=False)
    return standing.exclude(family).select_related("agency").defer("search")


def _few(lines: QuerySet[Program], program: Program) -> list[Program]:
    """Other agencies first, then the best known period and place, then money."""
    found = list(lines.order_by("-date_grade", "-money", "pk")[:200])
    found.sort(
        key=lambda p: (
            p.agency_id == program.agency_id, -p.place_grade, -p.date_grade, -p.money, p.pk,
        )
    )  # fmt: skip
    return found[:_FEW]


def _here(program: Program) -> list[Program]:
    """Places no wider than a kecamatan, or areas around and inside them; periods that overlap."""
    regions = set(
        ProgramPlace.objects.filter(program=program, grade__gte=PlaceGrade.VILLAGE)
        .values_list("region__code", flat=True)[:40]
    ) - {None}  # fmt: skip
    if not regions or program.begins is None or program.date_grade <= DateGrade.NONE:
        return []
    inside = Q()
    for code in regions:
        inside |= Q(code=code) | Q(code__startswith=f"{code}.")
    areas = Region.objects.filter(inside).order_by().values("pk")
    near = ProgramPlace.objects.filter(region__in=areas, grade__gte=PlaceGrade.VILLAGE)
    lines = _others(program).filter(
        pk__in=near.values("program"), begins__lte=program.ends, ends__gte=program.begins
    )
    return _few(lines, program)


def _alike(program: Program) -> list[Program]:
    """The same sub kegiatan elsewhere, or a theme (tag) in common."""
    same = Q()
    if program.code:
        same |= Q(code=program.code)
    own = list(ProgramTag.objects.filter(program=program).values_list("tag", flat=True)[:10])
    if own:
        same |= Q(pk__in=ProgramTag.objects.filter(tag__in=own).values("program"))
    if not same:
        return []
    elsewhere = _others(program).filter(same, level=program.level).exclude(agency=program.agency_id)
    return _few(elsewhere, program)


def _people(program: Program) -> list[Program]:
    """Lines of other agencies that name the same groups of people."""
    named = words(f"{program.beneficiaries} {program.title} {program.description}")
    stems = [stem(w) for w in dict.fromkeys(named) if w in _GROUPS][:3]
    if not stems:
        return []
    lines = _others(program).filter(search.having(stems), level=program.level)
    lines = lines.exclude(agency=program.agency_id)
    return _few(lines, program)


def documents(program: Program) -> list[Program]:
    """The documents that speak of the same thing: same package, same code and agency in another
    document (Renja, RKPD, DPA beside the procurement plan); the line itself first."""
    same = Q(pk=program.pk)
    if program.package:
        same |= Q(package=program.package)
    if program.code and program.level != Program.Level.PAKET:
        same |= Q(code=program.code, agency=program.agency_id, level=program.level)
    elif program.code:
        same |= Q(code=program.code, agency=program.agency_id, source__in=("renja", "rkpd", "dpa"))
    found = (
        Program.objects.filter(same, removed=False).select_related("agency").defer("search")
        .order_by("pk")[:9]
    )  # fmt: skip
    return sorted(found, key=lambda p: (p.pk != program.pk, p.source, p.pk))


def above(program: Program) -> list[Program]:
    """The chain of parents, from the program down."""
    chain: list[Program] = []
    seen = {program.pk}
    parent_id = program.parent_id
    while parent_id and parent_id not in seen and len(chain) < 6:
        seen.add(parent_id)
        parent = Program.objects.defer("search").get(pk=parent_id)
        chain.insert(0, parent)
        parent_id = parent.parent_id
    return chain


def below(program: Program, limit: int = 50) -> list[Program]:
    lines = Program.objects.filter(parent=program, removed=False).defer("search")
    return list(lines.select_related("agency").order_by("-money", "pk")[: limit + 1])


def history(program: Program) -> list[ProgramChange]:
    """What each version did to the line, newest first."""
    return list(program.changes.select_related("version").order_by("-version__number")[:100])


def nomenclature_of(code: str) -> Nomenclature | None:
    return Nomenclature.objects.filter(code=code).order_by("government_kind").first()
