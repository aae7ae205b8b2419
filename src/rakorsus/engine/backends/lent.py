"""A province's own lines among the lines of the regencies in which they are carried out.

A province builds in the villages of its regencies. Each regency is therefore compared with those
lines of its province whose place lies in it. They are lent: a finding that touches none of the
regency's own lines is the province's affair and is told there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from rakorsus.engine.backends.packing import frame_bytes, frame_of, pack, unpack
from rakorsus.engine.records import Finding, PlaceGrade


@dataclass(frozen=True)
class Lent:
    """Lines of a province inside one regency, with their places and agencies."""

    programs: pl.DataFrame
    places: pl.DataFrame
    agencies: pl.DataFrame

    def as_bytes(self) -> bytes:
        frames = {"programs": self.programs, "places": self.places, "agencies": self.agencies}
        return pack({}, {name: frame_bytes(frame) for name, frame in frames.items()})

    @classmethod
    def of(cls, content: bytes) -> Lent:
        _, parts = unpack(content)
        return cls(**{name: frame_of(part) for name, part in parts.items()})

    def beside(self, own: pl.DataFrame) -> Lent:
        """Without lines whose keys the regency uses itself."""
        keys = own["key"].implode()
        return Lent(
            self.programs.filter(~pl.col("key").is_in(keys)),
            self.places.filter(~pl.col("key").is_in(keys)),
            self.agencies,
        )


def lend(
    programs: pl.DataFrame,
    places: pl.DataFrame,
    agencies: pl.DataFrame,
    province: str,
    name: str,
    regencies: Iterable[str],
) -> dict[str, Lent]:
    """What the province lends to each regency: lines that name a kecamatan or village in it.

    Agency codes are used again by every government; the province's get "@32" behind them and its
    name behind theirs, so that no house is taken for another government's.
    """
    firm = places.filter(pl.col("grade") >= PlaceGrade.DISTRICT)
    mine = [pl.format("{}@{}", pl.col(column), pl.lit(province)) for column in ("code", "parent")]
    said = pl.when(pl.col("name").str.contains("(?i)provinsi")).then("name")
    known = agencies.with_columns(
        *(expression.alias(c) for expression, c in zip(mine, ("code", "parent"), strict=True)),
        name=said.otherwise(pl.format("{} Provinsi {}", "name", pl.lit(name))),
    )
    found = {}
    for regency in regencies:
        inside = firm.filter(pl.col("region").str.starts_with(f"{regency}."))
        lines = programs.filter(pl.col("key").is_in(inside["key"].implode())).with_columns(
            agency=pl.format("{}@{}", "agency", pl.lit(province)), parent=pl.lit(None, pl.String)
        )
        found[regency] = Lent(lines, inside, known)
    return found


def touching(findings: Iterable[Finding], lent: Lent) -> tuple[Finding, ...]:
    """The findings that touch a line which is not lent (or no line at all, but a target)."""
    keys = frozenset(lent.programs["key"].to_list())
    return tuple(f for f in findings if not f.keys or not keys.issuperset(f.keys))
