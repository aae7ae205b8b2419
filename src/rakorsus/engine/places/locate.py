"""Places of program lines: every distinct text is parsed once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.places.details import may_name_more
from rakorsus.engine.places.gazetteer import Gazetteer
from rakorsus.engine.places.parse import parse
from rakorsus.engine.records import Place, PlaceGrade

_DESCRIBED: Final = {name: kind for name, kind in schema.PLACES.items() if name != "key"}


def locate(
    programs: pl.DataFrame,
    regions: pl.DataFrame | Gazetteer,
    agencies: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The places of lines (schema.PROGRAMS) as schema.PLACES, firmest first for each line.

    The column `places` speaks first; title and description are read as well and are kept where
    they name something inside a village, or where the column says no more than the regency.
    `agencies` (schema.AGENCIES) gives the own area of kecamatan and kelurahan as a hint.
    """
    gazetteers = _Gazetteers(regions)
    hints = _hints(agencies)
    seen: dict[tuple[str, str, str | None], tuple[Place, ...]] = {}
    numbers: dict[int, int] = {}  # of each place in `distinct`, by its identity
    distinct: list[Place] = []

    def read(text: str, government: str, hint: str | None) -> tuple[Place, ...]:
        key = (text, government, hint)
        if key not in seen:
            seen[key] = parse(text, gazetteers[government], hint=hint)
            numbers.update((id(p), len(distinct) + n) for n, p in enumerate(seen[key]))
            distinct.extend(seen[key])
        return seen[key]

    keys: list[str] = []
    places: list[int] = []
    for key, government, agency, texts, title, description in programs.select(
        "key", "government", "agency", "places", "title", "description"
    ).iter_rows():
        own, hint = government or "", hints.get(agency)
        found = [p for text in texts or () if text and text.strip() for p in read(text, own, hint)]
        known = max((p.grade for p in found), default=PlaceGrade.NONE)
        for text in (title, description):
            if text and may_name_more(text, known):
                found += _added(read(text, own, hint), found)
        for place in _distinct(found):
            keys.append(key)
            places.append(numbers[id(place)])
    described = pl.DataFrame([_row(place) for place in distinct], schema=_DESCRIBED, orient="row")
    chosen = described[pl.Series(places, dtype=pl.UInt32)]
    return chosen.insert_column(0, pl.Series("key", keys, pl.String))


class _Gazetteers(dict[str, Gazetteer]):
    """One gazetteer for each government of the lines, made when it is first asked for."""

    def __init__(self, regions: pl.DataFrame | Gazetteer) -> None:
        super().__init__()
        self.regions = regions

    def __missing__(self, government: str) -> Gazetteer:
        if isinstance(self.regions, Gazetteer):
            made = self.regions
        else:
            made = Gazetteer.of(self.regions, government or None)
        self[government] = made
        return made


def _hints(agencies: pl.DataFrame | None) -> dict[str, str]:
    if agencies is None:
        return {}
    known = agencies.filter(pl.col("region").is_not_null() & (pl.col("region") != ""))
    return dict(known.select("code", "region").iter_rows())


def _added(places: Iterable[Place], known: list[Place]) -> list[Place]:
    """What title or description says beyond the column of places: only firm and fitting things."""
    best = max((p.grade for p in known), default=PlaceGrade.NONE)
    regions = {p.region for p in known if p.region}
    added = []
    for place in places:
        firm = place.grade >= PlaceGrade.DISTRICT
        fits = not regions or any(
            (place.region or "").startswith(r) or r.startswith(place.region or "-") for r in regions
        )
        if firm and fits and (place.grade > best or best <= PlaceGrade.REGENCY):
            added.append(place)
    return added


def _distinct(places: list[Place]) -> list[Place]:
    """Firmest first; a place without detail that lies around a firmer one is left out."""
    if len(places) < 2:
        return places
    ordered = sorted(places, key=lambda p: (-p.grade, p.text))
    kept: list[Place] = []
    for place in ordered:
        same = any(_says_no_more(place, other) for other in kept)
        if not same:
            kept.append(place)
    return kept


def _says_no_more(place: Place, other: Place) -> bool:
    if place.street or place.facility or place.rw or place.hamlet:
        return (place.region, place.rw, place.rt, place.hamlet, place.street, place.facility) == (
            other.region, other.rw, other.rt, other.hamlet, other.street, other.facility,
        )  # fmt: skip
    return (other.region or "").startswith(place.region or "")


def _row(place: Place) -> tuple[object, ...]:
    lon, lat = place.point or (None, None)
    return (
        place.text, int(place.grade), place.region, list(place.rw), list(place.rt),
        place.hamlet, place.street, place.facility, lon, lat,
    )  # fmt: skip
