"""Who else works here, now, for these people: the lines beside one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db.models import Count, Q, QuerySet

from rakorsus.engine.records import DateGrade, PlaceGrade
from rakorsus.stages.register import panels, search
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
_MANY = 200
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


def neighbours(program: Program, veil: str = panels.ALL) -> Neighbours:
    """Lines in the same or nested place at the same time; on the same theme; for the same people.

    The line's own hierarchy (parent, children, same package) is left out, and what the reader may
    not see (panels.Veil).
    """
    others = _others(program, veil)
    return Neighbours(_here(program, others), _alike(program, others), _people(program, others))


def _others(program: Program, veil: str) -> QuerySet[Program]:
    family = Q(pk=program.pk) | Q(parent=program.pk)
    if program.parent_id:
        family |= Q(pk=program.parent_id)
    if program.package:
        family |= Q(package=program.package)
    standing = panels.unveiled(Program.objects.filter(removed=False), veil)
    return standing.exclude(family).select_related("agency").defer("search")


def _few(lines: Iterable[Program], best: Callable[[Program], Any]) -> list[Program]:
    """The first lines by `best`, at most two of an agency before every agency had its turn."""
    turns: Counter[int] = Counter()
    ranked = []
    for line in sorted(lines, key=best):
        turns[line.agency_id] += 1
        ranked.append((turns[line.agency_id] > 2, line))
    ranked.sort(key=itemgetter(0))
    return [line for _late, line in ranked[:_FEW]]


def _by_evidence(program: Program) -> Callable[[Program], Any]:
    """Other agencies first, then the firmest place and period, then money."""
    return lambda p: (
        p.agency_id == program.agency_id, -p.place_grade, -p.date_grade, -p.money, p.pk,
    )  # fmt: skip


def _here(program: Program, others: QuerySet[Program]) -> list[Program]:
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
    lines = others.filter(
        pk__in=near.values("program"), begins__lte=program.ends, ends__gte=program.begins
    )
    return _few(lines.order_by("-date_grade", "-money", "pk")[:_MANY], _by_evidence(program))


def _alike(program: Program, others: QuerySet[Program]) -> list[Program]:
    """The same sub kegiatan elsewhere, else themes (tags) in common, the most in common first."""
    others = others.filter(level=program.level).exclude(agency=program.agency_id)
    found: list[Program] = []
    if program.code and program.level != Program.Level.PROGRAM:
        found += others.filter(code=program.code).order_by("-money", "pk")[:_MANY]
    own = list(ProgramTag.objects.filter(program=program).values_list("tag", flat=True)[:10])
    tagged = ProgramTag.objects.filter(
        tag__in=own, program__removed=False, program__level=program.level
    ).exclude(program__agency=program.agency_id)
    shared = dict(
        tagged.values_list("program").annotate(n=Count("tag")).order_by("-n", "program")[:_MANY]
    )
    found += others.filter(pk__in=list(shared))
    lines = {line.pk: line for line in found}.values()
    return _few(lines, lambda p: (p.code != program.code, -shared.get(p.pk, 0), -p.money, p.pk))


def _people(program: Program, others: QuerySet[Program]) -> list[Program]:
    """Lines of other agencies that name the same groups of people."""
    named = words(f"{program.beneficiaries} {program.title} {program.description}")
    stems = [stem(w) for w in dict.fromkeys(named) if w in _GROUPS][:3]
    if not stems:
        return []
    lines = others.filter(search.having(stems), level=program.level)
    lines = lines.exclude(agency=program.agency_id).order_by("-money", "pk")
    return _few(lines[:_MANY], _by_evidence(program))


def documents(program: Program, veil: str = panels.ALL) -> list[Program]:
    """The documents that speak of the same thing: the package's plan, announcements and contracts,
    its sub kegiatan, and the same code of the agency in another document (Renja, RKPD, DPA); the
    line itself first."""
    same = Q(pk=program.pk)
    if program.package:
        same |= Q(package=program.package)
    if program.level == Program.Level.PAKET and program.parent_id:
        same |= Q(pk=program.parent_id)
    if program.code and program.level != Program.Level.PAKET:
        same |= Q(code=program.code, agency=program.agency_id, level=program.level)
    elif program.code:
        same |= Q(code=program.code, agency=program.agency_id, source__in=("renja", "rkpd", "dpa"))
    found = (
        panels.unveiled(Program.objects.filter(same, removed=False), veil)
        .select_related("agency").defer("search").order_by("pk")[:9]
    )  # fmt: skip
    return sorted(found, key=lambda p: (p.pk != program.pk, p.source, p.pk))


def above(program: Program, veil: str) -> list[Program]:
    """The chain of parents that the reader may see, from the program down."""
    visible = panels.unveiled(Program.objects.defer("search"), veil)
    chain: list[Program] = []
    seen = {program.pk}
    parent_id = program.parent_id
    while parent_id and parent_id not in seen and len(chain) < 6:
        seen.add(parent_id)
        parent = visible.filter(pk=parent_id).first()
        if parent is None:
            break
        chain.insert(0, parent)
        parent_id = parent.parent_id
    return chain


def below(program: Program, limit: int = 50, veil: str = panels.ALL) -> list[Program]:
    lines = panels.unveiled(Program.objects.filter(parent=program, removed=False), veil)
    lines = lines.defer("search")
    return list(lines.select_related("agency").order_by("-money", "pk")[: limit + 1])


def history(program: Program) -> list[ProgramChange]:
    """What each version did to the line, newest first."""
    return list(program.changes.select_related("version").order_by("-version__number")[:100])


def nomenclature_of(code: str) -> Nomenclature | None:
    return Nomenclature.objects.filter(code=code).order_by("government_kind").first()
