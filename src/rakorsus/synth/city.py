"""The demonstration city: about 5,000 program lines of Makassar 2022, from one seed.

Distributions follow those measured on real procurement plans: 78 % of self-managed packages run
January to December, more than half have the volume "1 Paket", a quarter name only the city.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from rakorsus.synth.lines import Line
from rakorsus.synth.makassar.agencies import OFFICES, Office
from rakorsus.synth.makassar.families import FAMILIES, SUPPORT, SUPPORT_PACKAGES, WORDS, Family
from rakorsus.synth.places import Where
from rakorsus.synth.planted import Plant, plant

YEAR = 2022
TODAY = date(2022, 3, 14)  # the eve of the meeting
SEED = 20220315
_MILLION = 1_000_000
_FIRST_NUMBER = 33_000_000
_FIRST_PLANTED = 39_000_000
_WHOLE = "Kota Makassar"
_VILLAGE_WORK = "7.01.03.2.02"  # empowerment of kelurahan


@dataclass(frozen=True, slots=True)
class City:
    lines: tuple[Line, ...]
    plants: tuple[Plant, ...]


def build(seed: int = SEED) -> City:
    """The whole city; the same seed gives the same lines."""
    draw = random.Random(seed)
    where = Where(draw)
    lines: list[Line] = []
    for family in FAMILIES:
        for office in _offices(family):
            lines += _packages(draw, where, family, office, len(lines))
    for office in OFFICES:
        lines += _support(draw, office, len(lines))
    planted, plants = plant(random.Random(seed + 1), _FIRST_PLANTED)
    return City((*lines, *planted), plants)


def _offices(family: Family) -> list[Office]:
    if family.agency == "*kecamatan":
        return [office for office in OFFICES if office.kind == "kecamatan"]
    return [office for office in OFFICES if office.short == family.agency]


def _packages(
    draw: random.Random, where: Where, family: Family, office: Office, offset: int
) -> list[Line]:
    district = office.name.removeprefix("Kecamatan ") if office.kind == "kecamatan" else None
    made: list[Line] = []
    seen: set[str] = set()
    for _ in range(family.count * 3):
        if len(made) == family.count:
            break
        short, place = where(family.where, district)
        words = {name: draw.choice(options) for name, options in WORDS.items()}
        title = family.package.format(place=short, **words).strip()
        if title in seen:  # unplanned repeats would be findings that nobody planted
            continue
        seen.add(title)
        line = _line(draw, family, office, title, place, _FIRST_NUMBER + offset + len(made))
        made.append(_of_village(line, short) if family.code.startswith(_VILLAGE_WORK) else line)
    return made


def _of_village(line: Line, place: str) -> Line:
    """A kelurahan spends by itself what its kecamatan's budget sets aside for a place in it."""
    return line.but(agency=place) if line.place != _WHOLE else line


def _line(
    draw: random.Random, family: Family, office: Office, title: str, place: str, number: int
) -> Line:
    budget = _amount(draw, *family.cost)
    start, end = _period(draw, family)
    line = Line(
        number=number,
        agency=office.short,
        code=family.code,
        title=title,
        place=place if draw.random() > 0.12 else _WHOLE,
        budget=budget,
        volume=_volume(draw, family),
        method=family.method,
        account=f"{family.account}.01.{draw.randint(1, 60):04d}",
        start=start,
        end=end,
        people=family.people,
        description=f"{title} di {place}" if draw.random() < 0.5 else "",
    )
    return line if line.own_work else _procured(draw, line)


def _amount(draw: random.Random, low: int, high: int) -> int:
    """Rupiah between two amounts in millions, more often small; never round to the million."""
    share = draw.random() ** 2
    amount = (low + (high - low) * share) * _MILLION
    return int(amount // 10_000 * 10_000 + draw.randint(0, 9) * 1_000)


def _period(draw: random.Random, family: Family) -> tuple[date, date]:
    if family.method == "Swakelola" and draw.random() < 0.78:
        return date(YEAR, 1, 1), date(YEAR, 12, 31)
    first, last = family.months
    month = draw.randint(first, max(first, last - 2))
    start = date(YEAR, month, draw.choice((1, 2, 4, 6, 9, 11, 13, 16, 18, 20, 23)))
    length = draw.choice((45, 60, 75, 90, 120, 150))
    return start, min(start + timedelta(days=length), date(YEAR, 12, 24))


def _volume(draw: random.Random, family: Family) -> str:
    if draw.random() < 0.45:
        return "1 Paket"
    return family.volume.format(n=draw.choice((10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120)))


def _procured(draw: random.Random, line: Line) -> Line:
    """Planned selection before the works; by the eve of the meeting a part has been announced."""
    lead = {"Tender": 60, "Pengadaan Langsung": 25}.get(line.method, 15)
    ends = line.start - timedelta(days=draw.randint(5, 15))
    begins = max(ends - timedelta(days=lead), date(YEAR, 1, 10))
    if ends <= begins:
        ends = begins + timedelta(days=lead)
    line = line.but(tender_start=begins, tender_end=ends)
    if begins > TODAY:
        return line
    announced = begins + timedelta(days=draw.randint(0, 6))
    done = ends < TODAY
    contract = None
    if done:
        value = int(line.budget * draw.uniform(0.86, 0.99)) // 1000 * 1000
        contract = (line.start, line.end, value)
    return line.but(
        announced=min(announced, TODAY),
        tender_status="Selesai" if done else "Berlangsung",
        contract=contract,
    )


def _support(draw: random.Random, office: Office, offset: int) -> list[Line]:
    """Support program 01 of one agency: every agency has it, and its repetition is normal."""
    made: list[Line] = []
    affair = office.code[:4]
    for suffix, title, cost in SUPPORT:
        packages = [title] if suffix.startswith("01.2.02") else draw.sample(SUPPORT_PACKAGES, 4)
        for package in packages:
            amount = _amount(draw, *cost) // len(packages)
            made.append(
                Line(
                    number=_FIRST_NUMBER + 500_000 + offset + len(made),
                    agency=office.short,
                    code=f"{affair}.{suffix}",
                    title=package,
                    place=draw.choice(("Kota Makassar", office.name)),
                    budget=amount,
                    volume=draw.choice(("1 Paket", "1 Paket", "1 Tahun", "12 Bulan")),
                    method="Swakelola",
                    account=f"5.1.02.0{draw.randint(1, 4)}.01.{draw.randint(1, 60):04d}",
                    start=date(YEAR, 1, 1),
                    end=date(YEAR, 12, 31),
                )
            )
    return made
