"""Many simple, realistic lines in little time: for load tests and benchmarks, not for reading.

Lines hang together as real ones do: program, kegiatan, sub kegiatan, packages, and for a part of
the packages a tender with a contract. Words, agencies and places are the demonstration city's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from rakorsus.engine import schema
from rakorsus.synth.makassar.agencies import ALL
from rakorsus.synth.nomenclature import Activity, nomenclature
from rakorsus.synth.places import Village, village_text, villages, ward_text

if TYPE_CHECKING:
    from rakorsus.stages.register.actions import Frames
    from rakorsus.stages.register.models import PlanVersion

_CITY = "73.71"
_VERBS = ("Pembangunan", "Rehabilitasi", "Pemeliharaan", "Pengadaan", "Penyediaan", "Pelatihan")
_THINGS = (
    "drainase lingkungan", "jalan lingkungan", "posyandu", "penerangan jalan umum", "ruang kelas",
    "talud sungai", "sumur bor", "taman kota", "bibit tanaman", "kader kesehatan", "alat tulis",
    "perpustakaan kelurahan", "trotoar", "jembatan kecil", "pasar rakyat", "pos keamanan",
)  # fmt: skip
_FUNDS = ("PENDAPATAN ASLI DAERAH", "DANA ALOKASI UMUM", "DANA ALOKASI KHUSUS", "DBH CHT")
_METHODS = ("Swakelola", "Tender", "Pengadaan Langsung", "E-Purchasing")
_TAGS = ("Stunting", "Kemiskinan Ekstrem", "Banjir", "SPM", "Inflasi")


def programs(count: int, seed: int = 1, year: int = 2025) -> pl.DataFrame:
    """About `count` lines (never fewer), as schema.PROGRAMS; the same arguments give the same."""
    return pl.DataFrame(list(_lines(count, random.Random(seed), year)), dict(schema.PROGRAMS))


def frames(count: int, seed: int = 1, year: int = 2025) -> Frames:
    """A picture of about `count` lines (never fewer); the same arguments give the same lines."""
    from rakorsus.stages.register.actions import Frames

    return Frames(programs(count, seed, year), agencies=agencies(), regions=regions())


def fill(count: int, seed: int = 1) -> PlanVersion | None:
    """Publish `count` lines into the register of this installation."""
    from rakorsus.people import actor as people
    from rakorsus.stages.register.actions import publish

    return publish(people.system("cli"), frames(count, seed), document=f"{count} baris uji beban")


def fill_findings(count: int) -> None:
    """Findings of two lines each, spread over kinds, agencies and places; not the engine's."""
    from rakorsus.stages.findings.models import Finding, FindingAgency, FindingProgram, Run
    from rakorsus.stages.register.models import Program

    run = Run.objects.create(today="2025-03-01", by_name="ukur")
    lines = list(
        Program.objects.filter(level="paket").values_list("pk", "agency", "title")[: 2 * count]
    )
    kinds = [k for k in Finding.Kind.values if k != Finding.Kind.EXPECTED]
    made = []
    for n in range(min(count, len(lines) // 2)):
        expected = n % 10 == 9
        made.append(
            Finding(
                fingerprint=f"{n:016x}", kind="expected" if expected else kinds[n % len(kinds)],
                state="expected" if expected else "open", severity=("high", "medium", "low")[n % 3],
                score=1 - n / count, sure=0.8, money=(n * 7919) % 10**10, rule="measured",
                reasons_id=f"{lines[2 * n][2]} dan {lines[2 * n + 1][2]} bertemu.",
                reasons_en="Two works meet.", first_run=run, last_run=run,
            )
        )  # fmt: skip
    Finding.objects.bulk_create(made, batch_size=500)
    FindingProgram.objects.bulk_create(
        [
            FindingProgram(finding=f, program_id=lines[2 * n + k][0], position=k)
            for n, f in enumerate(made)
            for k in (0, 1)
        ],
        batch_size=500,
    )
    FindingAgency.objects.bulk_create(
        [
            FindingAgency(finding=f, agency_id=agency)
            for n, f in enumerate(made)
            for agency in {lines[2 * n][1], lines[2 * n + 1][1]}
        ],
        batch_size=500,
    )


def agencies() -> pl.DataFrame:
    """The demonstration city's agencies, units, companies and outside bodies."""
    codes = {office.short: office.code for office in ALL}
    rows = [
        {"code": o.code, "name": o.name, "short": o.short, "kind": o.kind,
         "parent": codes.get(o.parent or ""), "region": o.region, "government": _CITY,
         "active": True}
        for o in ALL
    ]  # fmt: skip
    return schema.conform(pl.DataFrame(rows, infer_schema_length=None), schema.AGENCIES)


def regions() -> pl.DataFrame:
    """The city, its 15 kecamatan and 153 kelurahan with centre points."""
    rows: dict[str, dict[str, Any]] = {
        "73": {"code": "73", "name": "Sulawesi Selatan", "level": 1, "kind": "provinsi"},
        _CITY: {"code": _CITY, "name": "Makassar", "level": 2, "parent": "73", "kind": "kota"},
    }
    for v in villages():
        above = v.code.rpartition(".")[0]
        rows.setdefault(
            above, {"code": above, "name": v.district, "level": 3, "parent": _CITY,
                    "kind": "kecamatan", "lon": v.lon, "lat": v.lat},
        )  # fmt: skip
        rows[v.code] = {"code": v.code, "name": v.name, "level": 4, "parent": above,
                        "kind": "kelurahan", "lon": v.lon, "lat": v.lat}  # fmt: skip
    return schema.conform(pl.DataFrame(list(rows.values())), schema.REGIONS)


def _lines(count: int, draw: random.Random, year: int) -> Iterator[dict[str, Any]]:
    activities, made, number = list(nomenclature().values()), 0, 50_000_000
    while made < count:
        for office in ALL:
            activity = draw.choice(activities)
            branch = list(_branch(office.code, activity, year, made))
            yield from branch
            sub = branch[-1]["key"]
            for _ in range(12):
                number += 1
                package = _package(draw, office.code, activity, sub, number, year)
                yield package
                made += 1
                if package["method"] == "Tender":
                    yield _tender(draw, package, number)
                    made += 1
            made += len(branch)
            if made >= count:
                return


def _branch(agency: str, activity: Activity, year: int, mark: int) -> Iterator[dict[str, Any]]:
    parts = activity.code.split(".")
    levels = (
        ("program", ".".join(parts[:3]), activity.program),
        ("kegiatan", ".".join(parts[:5]), activity.kegiatan),
        ("subkegiatan", activity.code, activity.title),
    )
    parent = None
    for source, code, title in levels:
        key = f"{source}:{mark}-{agency[-7:-5]}-{code}"
        level = "sub_kegiatan" if source == "subkegiatan" else source
        yield _base(key, level, agency, code, title, year) | {
            "parent": parent,
            "budget": 500_000_000,
        }
        parent = key


def _package(
    draw: random.Random, agency: str, activity: Activity, parent: str, number: int, year: int
) -> dict[str, Any]:
    own = draw.random() < 0.4
    method = "Swakelola" if own else draw.choice(_METHODS[1:])
    source = "paket_swakelola" if own else "paket_penyedia"
    village = draw.choice(villages())
    start, end = _period(draw, year)
    title = f"{draw.choice(_VERBS)} {draw.choice(_THINGS)} {village.name} {number % 97}"
    return _base(f"{source}:{number}", "paket", agency, activity.code, title, year) | {
        "parent": parent, "package": str(number), "method": method,
        "fund": draw.choice(_FUNDS), "volume": draw.choice(("1 Paket", "120 m", "3 Unit")),
        "budget": draw.randrange(5, 4000) * 1_000_000, "start": start, "end": end,
        "places": [_place(draw, village)], "status": "planned",
        "tags": [draw.choice(_TAGS)] if draw.random() < 0.2 else None,
    }  # fmt: skip


def _tender(draw: random.Random, package: dict[str, Any], number: int) -> dict[str, Any]:
    begin = package["start"] + timedelta(days=14)
    return package | {
        "key": f"tender:{number}", "source": "tender", "id": str(number),
        "contract_value": int(package["budget"] * draw.uniform(0.8, 1.0)),
        "contract_start": begin, "contract_end": begin + timedelta(days=draw.randrange(30, 150)),
        "status": "contracted", "places": package["places"],
    }  # fmt: skip


def _base(key: str, level: str, agency: str, code: str, title: str, year: int) -> dict[str, Any]:
    source, _, own = key.partition(":")
    return dict.fromkeys(schema.PROGRAMS) | {
        "key": key, "source": source, "id": own, "level": level, "government": _CITY,
        "year": year, "agency": agency, "code": code, "title": title, "document": f"RUP {year}",
    }  # fmt: skip


def _period(draw: random.Random, year: int) -> tuple[date, date]:
    if draw.random() < 0.6:
        return date(year, 1, 1), date(year, 12, 31)
    start = date(year, 1, 1) + timedelta(days=draw.randrange(0, 240))
    return start, start + timedelta(days=draw.randrange(20, 120))


def _place(draw: random.Random, village: Village) -> str:
    if draw.random() < 0.2:
        return "Kota Makassar"
    return (
        ward_text(draw, village, draw.randrange(1, 9))
        if draw.random() < 0.3
        else (village_text(draw, village))
    )
