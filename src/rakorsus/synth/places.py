"""Drawing places of Makassar: kelurahan, RW, streets, schools, markets, as officials write them."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rakorsus.synth.makassar.streets import CANALS, MARKETS, STREETS


@dataclass(frozen=True, slots=True)
class Village:
    code: str
    name: str
    district: str
    lon: float
    lat: float


@cache
def villages() -> tuple[Village, ...]:
    """The 153 kelurahan with centre points in degrees."""
    text = (files("rakorsus.synth.makassar") / "kelurahan.csv").read_text(encoding="utf-8")
    return tuple(
        Village(row["code"], row["name"], row["kecamatan"], float(row["lon"]), float(row["lat"]))
        for row in csv.DictReader(text.splitlines())
    )


@cache
def districts() -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.district for v in villages()))


def in_district(name: str) -> tuple[Village, ...]:
    return tuple(v for v in villages() if v.district == name)


def village_text(draw: random.Random, village: Village) -> str:
    """The same place as different hands write it."""
    form = draw.randrange(5)
    if form == 0:
        return f"Kel. {village.name} Kec. {village.district}"
    if form == 1:
        return f"Kelurahan {village.name}, Kecamatan {village.district}"
    if form == 2:
        return f"Kel {village.name} Kec {village.district}"
    if form == 3:
        return f"Kelurahan {village.name} Kecamatan {village.district} Kota Makassar"
    return f"KEL. {village.name.upper()} KEC. {village.district.upper()}"


def ward_text(draw: random.Random, village: Village, ward: int) -> str:
    number = draw.choice((f"RW {ward:02d}", f"RW.{ward:02d}", f"RW {ward:03d}", f"Rw. {ward}"))
    return f"{number} {village_text(draw, village)}"


class Where:
    """Draws a place of one kind; returns (short words for a title, full text of the place)."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def __call__(self, kind: str, district: str | None = None) -> tuple[str, str]:
        return getattr(self, f"_{kind}")(district)

    def _village(self, district: str | None) -> Village:
        return self.draw.choice(in_district(district) if district else villages())

    def _street(self, district: str | None) -> tuple[str, str]:
        fitting = [s for s, where in STREETS.items() if district is None or district in where]
        street = self.draw.choice(fitting or list(STREETS))
        village = self._village(self.draw.choice(STREETS[street]))
        name = self.draw.choice((f"Jl. {street}", f"Jalan {street}", f"Jln {street}"))
        return f"Jl. {street}", f"{name} {village_text(self.draw, village)}"

    def _rw(self, district: str | None) -> tuple[str, str]:
        village, ward = self._village(district), self.draw.randint(1, 12)
        return f"RW {ward:02d} Kel. {village.name}", ward_text(self.draw, village, ward)

    def _kelurahan(self, district: str | None) -> tuple[str, str]:
        village = self._village(district)
        return f"Kel. {village.name}", village_text(self.draw, village)

    def _kecamatan(self, district: str | None) -> tuple[str, str]:
        name = district or self.draw.choice(districts())
        return f"Kec. {name}", self.draw.choice((f"Kecamatan {name}", f"Kec. {name}"))

    def _school(self, district: str | None) -> tuple[str, str]:
        village = self._village(district)
        name = f"SDN {village.name} {self.draw.randint(1, 4)}"
        return name, f"{name}, {village_text(self.draw, village)}"

    def _market(self, district: str | None) -> tuple[str, str]:
        name = self.draw.choice(list(MARKETS))
        return name, f"{name} Kec. {MARKETS[name]}"

    def _puskesmas(self, district: str | None) -> tuple[str, str]:
        from rakorsus.synth.makassar.agencies import UNITS

        name = self.draw.choice([u.name for u in UNITS if u.kind == "puskesmas"])
        return name, name

    def _canal(self, district: str | None) -> tuple[str, str]:
        name = self.draw.choice(CANALS)
        return name, f"{name} {village_text(self.draw, self._village(district))}"

    def _city(self, district: str | None) -> tuple[str, str]:
        return "", self.draw.choice(("Kota Makassar", "Kota Makassar", "Makassar", "Tersebar"))

    def _office(self, district: str | None) -> tuple[str, str]:
        return "", "Balaikota Makassar Jl. Jenderal Ahmad Yani No. 2"
