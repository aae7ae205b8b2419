"""Whether works are announced at another place than the one they were planned at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import polars as pl

from rakorsus.engine.places import Gazetteer, parse, regions_of
from rakorsus.engine.records import PlaceGrade

#: Only a place that is called one: "Kopo" in "Jalan Kopo" is no village.
_CALLED: Final = re.compile(r"\b(desa|ds|kel|kelurahan|kec|kecamatan)\b\.?", re.IGNORECASE)
_DISTRICT: Final = re.compile(r"\bkec(amatan)?\b\.?", re.IGNORECASE)
_STREET: Final = re.compile(
    r"\b(?:jl|jln|jalan|simpang|persimpangan)\b\.?\s*([a-z][a-z.' ]{3,40}?)"
    r"(?=\s*(?:[,;()/–-]|\b(?:kel|kelurahan|kec|kecamatan|rt|rw|kota|desa|ds|tahap|no)\b|$))",
    re.IGNORECASE,
)


def differences(asked: Iterable[tuple[str, str, Sequence[str], str]]) -> dict[str, str]:
    """Of (key, title, planned places, government): what differs, for the keys where it does."""
    found = {}
    for key, title, planned, government in asked:
        if note := difference(title, planned, gazetteer_of(government)):
            found[key] = note
    return found


@lru_cache(maxsize=4)
def gazetteer_of(government: str) -> Gazetteer | None:
    """The names of a government's areas; None without one."""
    return Gazetteer.of(regions_of(government), government) if government else None


def difference(title: str, planned: Sequence[str], gazetteer: Gazetteer | None) -> str | None:
    """`title's place | planned place` when they are certainly not the same, else None.

    Villages and kecamatan differ when neither lies in the other, both are called so in the texts,
    and the name of none of the planned places (of their kecamatan, where the title names one)
    stands in the title. Streets differ when both texts name one and no street is in both.
    """
    if not planned:
        return None
    if gazetteer is not None and _CALLED.search(title):
        there = [p for p in parse(title, gazetteer) if p.grade >= PlaceGrade.DISTRICT and p.region]
        here = [
            p
            for text in planned
            for p in parse(text, gazetteer)
            if p.grade >= PlaceGrade.DISTRICT and p.region
        ]
        if there and here and len(here) == len(planned) and not _touch(
            {p.region or "" for p in there}, {p.region or "" for p in here}
        ):  # fmt: skip
            names = _names(gazetteer, {p.region or "" for p in here})
            district = _DISTRICT.search(title) is not None
            asked = _names(gazetteer, {(p.region or "")[:8] for p in here}) if district else names
            flat = title.lower()
            if not any(name.lower() in flat for name in asked):
                said = " / ".join(sorted(_names(gazetteer, {p.region or "" for p in there})))
                return f"{said} | {' / '.join(sorted(names))}"
    mine, theirs = streets(title), [s for text in planned for s in streets(text)]
    if mine and theirs and not _same(mine, theirs):
        return f"{_street(mine[0])} | {_street(theirs[0])}"
    return None


def streets(text: str) -> list[str]:
    return [" ".join(m.lower().replace(".", " ").split()) for m in _STREET.findall(text)]


def _street(name: str) -> str:
    """The street as one writes it (Jl. Urip Sumoharjo), whether or not the text named its kind."""
    words = name.removeprefix("jalan ").removeprefix("jl. ").removeprefix("jl ")
    return f"Jl. {words.title()}"


def _same(mine: Iterable[str], theirs: Sequence[str]) -> bool:
    return any(a in b or b in a for a in mine for b in theirs)


def _touch(a: Iterable[str], b: Iterable[str]) -> bool:
    """One of them lies in, or is, one of the others."""
    others = list(b)
    return any(x.startswith(y) or y.startswith(x) for x in a for y in others)


def _names(gazetteer: Gazetteer, codes: Iterable[str]) -> set[str]:
    """Names of the areas, and of the kecamatan around a village."""
    table = _name_table(gazetteer.government or "")
    return {table[c] for code in codes for c in {code, code[:8]} if c in table}


@lru_cache(maxsize=4)
def _name_table(government: str) -> dict[str, str]:
    rows = regions_of(government).filter(pl.col("level") >= 3)
    return dict(rows.select("code", "name").iter_rows())
