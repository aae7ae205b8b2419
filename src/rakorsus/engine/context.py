"""What every rule looks at: the tables of one run and what was read out of them, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.facts import facts
from rakorsus.engine.families import Families, families
from rakorsus.engine.records import ProgramRef
from rakorsus.engine.rules import Rules
from rakorsus.engine.sentences import proper

#: What a finding and its explanation show of a line.
BRIEF: Final = (
    "key", "source", "id", "agency", "title", "budget", "contract_value", "money", "fund",
    "beneficiaries", "objects", "themes", "begin", "finish", "date_grade", "estimated",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Context:
    """The input of every `find(context) -> list[Finding]`.

    `programs` (schema.PROGRAMS), `places` (schema.PLACES, one row for each place of a line),
    `agencies`, `regions`, `targets` are sorted by key or code and hold no duplicates; `facts`
    (facts.FACTS) has one row per program in the same order. `only`, when not None, asks for the
    findings that touch at least one of these keys and no others; the tables stay whole.
    """

    programs: pl.DataFrame
    places: pl.DataFrame
    agencies: pl.DataFrame
    regions: pl.DataFrame
    targets: pl.DataFrame
    rules: Rules
    today: date
    facts: pl.DataFrame
    families: Families
    only: frozenset[str] | None = None
    memo: dict[str, Any] = field(default_factory=dict)  # what several rules share, by name

    @cached_property
    def lines(self) -> pl.DataFrame:
        """Programs and facts side by side (facts' columns after the programs')."""
        return self.programs.hstack(self.facts.drop("key"))

    @cached_property
    def mine(self) -> pl.DataFrame:
        """The lines of the agencies that the run is asked about: of all, or of those of `only`."""
        if self.only is None:
            return self.lines
        asked = {self.brief(key)["agency"] for key in self.only if key in self.index}
        return self.lines.filter(pl.col("agency").is_in(sorted(asked)))

    def alone(self) -> Context:
        """The run looking at the lines of `only` by themselves: what `mine` holds of them."""
        run = replace(self)
        asked = sorted(self.index[key] for key in self.only or () if key in self.index)
        run.__dict__.update(self.__dict__, mine=self.lines[asked])
        return run

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Row number of each program key."""
        return {key: i for i, key in enumerate(self.programs["key"].to_list())}

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        """Name of each region code."""
        return dict(
            zip(self.regions["code"].to_list(), self.regions["name"].to_list(), strict=True)
        )

    @cached_property
    def places_of(self) -> Mapping[str, tuple[dict[str, Any], ...]]:
        """The places of each program key, as rows of schema.PLACES, firmest first."""
        return by_key(self.places)

    def row(self, key: str) -> dict[str, Any]:
        """One line with its facts as a dictionary."""
        return self.lines.row(self.index[key], named=True)

    def brief(self, key: str) -> dict[str, Any]:
        """The columns of a line that findings show (BRIEF); read from the table once."""
        known: dict[str, dict[str, Any]] = self.memo.setdefault("brief", {})
        if key not in known:
            known[key] = dict(zip(BRIEF, self._narrow(self.index[key]), strict=True))
        return known[key]

    def briefs(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """`brief` of several lines, read from the table together."""
        wanted = list(keys)
        known: dict[str, dict[str, Any]] = self.memo.setdefault("brief", {})
        new = [key for key in wanted if key not in known] if self.only is not None else []
        if len(new) > 1:
            rows = self.lines.select(BRIEF)[[self.index[key] for key in new]]
            known.update(zip(new, rows.iter_rows(named=True), strict=True))
        return [self.brief(key) for key in wanted]

    @cached_property
    def _narrow(self) -> Callable[[int], tuple[Any, ...]]:
        """The columns BRIEF of a row by its number; a full run turns all rows at once."""
        table = self.lines.select(BRIEF)
        return table.row if self.only is not None else table.rows().__getitem__

    def wanted(self, keys: Iterable[str]) -> bool:
        """Whether a finding about these keys is asked for in this run."""
        return self.only is None or any(k in self.only for k in keys)

    def enabled(self, rule: str) -> bool:
        """Whether the government left this rule switched on."""
        return rule not in self.rules.disabled

    def ref(self, key: str) -> ProgramRef:
        """How a finding names the line: agency by code, budget as planned, else as contracted."""
        row = self.brief(key)
        return ProgramRef(
            row["source"], row["id"], row["agency"], row["title"], row["budget"] or row["money"]
        )

    def agency(self, code: str) -> str:
        """The agency's name as officials say it."""
        return proper(self.families.name(code))

    @cached_property
    def region_kinds(self) -> Mapping[str, str]:
        """Kind of each region code (desa, kelurahan, kecamatan ...), empty when not given."""
        codes, kinds = self.regions["code"].to_list(), self.regions["kind"].to_list()
        return {code: kind or "" for code, kind in zip(codes, kinds, strict=True)}

    def area(self, code: str | None) -> str:
        """A region as officials say it: "Desa Jelegong, Kecamatan Rancaekek"; empty for None."""
        if not code or code not in self.region_names:
            return ""
        kind = self.region_kinds[code]
        name = self.region(code)
        if kind and not name.lower().startswith(kind):
            name = f"{kind.title()} {name}"
        above = code.rpartition(".")[0]
        if kind in ("desa", "kelurahan") and above in self.region_names:
            return f"{name}, Kecamatan {self.region(above)}"
        return name

    def region(self, code: str | None) -> str:
        """The region's name, or its code when no table names it; empty for None."""
        return proper(self.region_names.get(code, code)) if code else ""


def context(
    programs: pl.DataFrame,
    places: pl.DataFrame,
    agencies: pl.DataFrame,
    regions: pl.DataFrame,
    targets: pl.DataFrame,
    rules: Rules,
    today: date,
    only: Iterable[str] | None = None,
) -> Context:
    """Tables of any row order to the context of one run; the order of rows does not matter."""
    lines = schema.conform(programs, schema.PROGRAMS).unique("key", keep="first").sort("key")
    houses = families(schema.conform(agencies, schema.AGENCIES), lines)
    return Context(
        programs=lines,
        places=ordered(schema.conform(places, schema.PLACES)),
        agencies=schema.conform(agencies, schema.AGENCIES).sort("code"),
        regions=schema.conform(regions, schema.REGIONS).sort("code"),
        targets=schema.conform(targets, schema.TARGETS).sort("id"),
        rules=rules,
        today=today,
        facts=facts(lines, houses),
        families=houses,
        only=None if only is None else frozenset(only),
    )


def by_key(places: pl.DataFrame) -> dict[str, tuple[dict[str, Any], ...]]:
    """Ordered rows of schema.PLACES by program key, firmest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in places.to_dicts():
        found.setdefault(row["key"], []).append(row)
    return {k: tuple(sorted(v, key=lambda r: -r["grade"])) for k, v in found.items()}


def ordered(places: pl.DataFrame) -> pl.DataFrame:
    """Places in an order that does not depend on how they came."""
    lists = [pl.col(name).list.join(",").fill_null("") for name in ("rw", "rt")]
    names = ["key", "text", "region", "hamlet", "street", "facility"]
    return places.sort(*names, *lists, nulls_last=True, maintain_order=True)
