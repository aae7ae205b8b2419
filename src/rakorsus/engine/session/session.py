"""The context of a list, kept warm and true while lines of it change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.analysis import judged, opened
from rakorsus.engine.blocks import kept
from rakorsus.engine.context import Context, by_key, ordered
from rakorsus.engine.facts import FACTS, facts
from rakorsus.engine.families import families
from rakorsus.engine.findings import Findings
from rakorsus.engine.pairs.lines import Line, lines, read
from rakorsus.engine.places import Gazetteer, locate
from rakorsus.engine.records import Level, PlaceGrade
from rakorsus.engine.rules import Rules
from rakorsus.engine.session.relatives import Addresses, Relatives
from rakorsus.engine.session.table import Table
from rakorsus.engine.works import works

_FACTS: Final = [name for name in FACTS if name != "key"]
#: What a session takes over from the context before a change, when it was made.
_STEADY: Final = ("region_names", "region_kinds", "places_of")


class Session:
    """A list of programs that stays open: `change` says what a changed line now leads to.

    Exact: after any sequence of changes, `findings(keys)` and `change` give the findings of a
    full run over the list as it then stands that touch the keys (or are about a target that they
    serve or served): ids, lines, reasons, options, evidence, money. Their `score` is another, as
    with `analyse(only=...)`: it depends on what else is in the list. Numbers over the whole list
    (how often an amount, a phrase, a title or an address occurs, what other lines a life cycle
    has, the durations of procurement, the document frequencies of words) are kept true with
    every change. Houses of agencies are read anew when sub kegiatan change their code or agency;
    should they differ, and when a line of a government comes that the list does not know, the
    session opens itself anew: exact too, but as slow as at the start. Expected repetition is no
    finding and is not asked: `expected` is empty.

    Memory is that of one run; `settle` between two changes keeps changes fast.
    """

    def __init__(
        self,
        programs: pl.DataFrame,
        agencies: pl.DataFrame,
        regions: pl.DataFrame,
        targets: pl.DataFrame | None = None,
        rules: Rules | None = None,
        verdicts: pl.DataFrame | None = None,
        *,
        today: date,
        places: pl.DataFrame | None = None,
    ) -> None:
        """The arguments of `analysis.analyse`."""
        self._given = agencies, regions, targets, rules
        self._verdicts = verdicts
        self._today = today
        self._open(programs, places)

    @property
    def height(self) -> int:
        """How many lines the list has."""
        return len(self._table.keys)

    @property
    def programs(self) -> pl.DataFrame:
        """The list as it stands (schema.PROGRAMS), in order of key."""
        return self._run.programs

    def findings(self, keys: Collection[str]) -> Findings:
        """The findings that touch at least one of these lines, as things stand."""
        return judged(self._at(keys), self._verdicts, normal=False)

    def change(
        self,
        changed: pl.DataFrame,
        removed: Collection[str] = (),
        places: pl.DataFrame | None = None,
    ) -> Findings:
        """Put lines in, or in the place of those of their keys, take others out, and judge.

        Args:
            changed: new and changed lines (schema.PROGRAMS), whole.
            removed: keys of lines that are gone; unknown keys are ignored.
            places: where the changed lines are (schema.PLACES); read from their texts when None.

        Returns:
            The findings that touch a changed line now (see the class for what is exact).
        """
        return self.findings(self.take(changed, removed, places))

    def take(
        self,
        changed: pl.DataFrame,
        removed: Collection[str] = (),
        places: pl.DataFrame | None = None,
    ) -> frozenset[str]:
        """What `change` does without judging. Returns the keys of all these lines."""
        rows = schema.conform(changed, schema.PROGRAMS).unique("key", keep="first").sort("key")
        touched = frozenset({*rows["key"].to_list(), *removed})
        where = ordered(schema.conform(self._locate(rows) if places is None else places,
                                       schema.PLACES))  # fmt: skip
        for made in kept(self._run):
            made.settle()
        if self._known(rows) and self._lay(rows, touched, where):
            return touched
        standing = self._run.programs.filter(~pl.col("key").is_in(sorted(touched)))
        others = self._where().filter(~pl.col("key").is_in(sorted(touched)))
        self._open(pl.concat([standing, rows]), pl.concat([others, where]))
        return touched

    def settle(self) -> None:
        """Tidy up after changes; worth its time while nobody waits."""
        self._table.settle()
        self._frames(moved=False)

    def _open(self, programs: pl.DataFrame, places: pl.DataFrame | None) -> None:
        agencies, regions, targets, rules = self._given
        run = opened(programs, agencies, regions, targets, rules, today=self._today, places=places)
        self._run: Context = run
        self._table = Table(run.lines)
        self._gazetteers: dict[str, Gazetteer] = {}
        self._governments = set(run.programs["government"].unique().to_list())
        self._relatives = Relatives(run.programs)
        self._addresses = Addresses(run)
        lines(run)  # read while the table of places is at hand: it says which are offices
        self._frames(moved=False)
        first = self._table.keys[:1]
        self.findings(first)  # every rule makes what it keeps
        self._locate(run.programs.filter(pl.col("key").is_in(first)))

    def _at(self, keys: Iterable[str]) -> Context:
        """The context of a run about some keys, sharing all that was read."""
        run = replace(self._run, only=frozenset(keys))
        for name in (*_STEADY, "lines", "index", "_narrow"):
            if name in self._run.__dict__:
                run.__dict__[name] = self._run.__dict__[name]
        return run

    def _known(self, rows: pl.DataFrame) -> bool:
        return set(rows["government"].unique().to_list()) <= self._governments

    def _locate(self, rows: pl.DataFrame) -> pl.DataFrame:
        found = [schema.empty(schema.PLACES)]
        for part in rows.partition_by("government"):
            gazetteer = self._gazetteer(part["government"][0] or "")
            found.append(locate(part, gazetteer, self._run.agencies))
        return pl.concat(found)

    def _gazetteer(self, government: str) -> Gazetteer:
        if government not in self._gazetteers:
            made = Gazetteer.of(self._run.regions, government or None)
            self._gazetteers[government] = made
        return self._gazetteers[government]

    def _where(self) -> pl.DataFrame:
        """The places of all lines as a table."""
        rows = [row for found in self._run.places_of.values() for row in found]
        return schema.conform(pl.DataFrame(rows, schema=dict(schema.PLACES)), schema.PLACES)

    def _lay(self, rows: pl.DataFrame, touched: Collection[str], where: pl.DataFrame) -> bool:
        """Take a change in; False, with nothing taken in, when the houses of agencies change."""
        before = self._table.rows(touched)
        if _tasks(before) != _tasks(rows) and self._other_houses(rows, touched):
            return False
        reached = self._relatives.cycle(touched) | self._relatives.below(touched)
        self._relatives.drop(touched)
        self._relatives.put(rows)
        reached |= self._relatives.cycle(touched) | self._relatives.below(touched)
        gone = set(touched) - set(rows["key"].to_list())
        read_again = self._place(rows, gone, where)
        changed = self._facts(rows, reached - gone)
        moved = self._table.change(changed, gone)
        self._frames(moved=moved)
        keys = set(changed["key"].to_list()) | {k for k in read_again if k in self._table}
        self._lines(keys, gone)
        return True

    def _other_houses(self, rows: pl.DataFrame, touched: Collection[str]) -> bool:
        others = self._run.programs.filter(~pl.col("key").is_in(sorted(touched)))
        after = pl.concat([others, rows]).sort("key")
        return families(self._run.agencies, after) != self._run.families

    def _place(self, rows: pl.DataFrame, gone: Iterable[str], where: pl.DataFrame) -> set[str]:
        """Keep where lines are. Returns the lines whose place became an office's, or no more."""
        known: dict[str, tuple[dict[str, Any], ...]] = self._run.places_of  # type: ignore[assignment]
        new, reached = by_key(where), set()
        agencies = dict(rows.select("key", "agency").iter_rows())
        for key in (*agencies, *gone):
            known.pop(key, None)
            if key in agencies and key in new:
                known[key] = new[key]
            firm = [p["text"] for p in known.get(key, ()) if p["grade"] >= PlaceGrade.STREET]
            reached |= self._addresses.change(key, agencies.get(key, ""), firm)
        return reached

    def _facts(self, rows: pl.DataFrame, reached: Collection[str]) -> pl.DataFrame:
        """The changed lines, and those of `reached` of which something else is read now, with
        their facts."""
        keys = set(rows["key"].to_list())
        near = self._with(rows, self._relatives.support({*reached, *keys}))
        cycle = dict(zip(near["key"].to_list(), works(near).to_list(), strict=True))
        spoken = self._with(rows, self._relatives.below(keys))
        above = set(spoken["parent"].drop_nulls().to_list())
        told = self._with(rows, above.union(spoken["key"].to_list()))
        new = told.hstack(facts(told, self._run.families).drop("key"))
        new = new.filter(pl.col("key").is_in(spoken["key"]))
        rest = self._table.rows(set(reached) - set(new["key"].to_list()))
        new = pl.concat([new, rest]).sort("key")
        new = new.with_columns(work=pl.Series([cycle[k] for k in new["key"]], dtype=pl.String))
        old = self._table.rows(set(new["key"].to_list()) - keys)
        was = dict(zip(old["key"].to_list(), old.select(_FACTS).rows(), strict=True))
        said = zip(new["key"].to_list(), new.select(_FACTS).rows(), strict=True)
        differs = [key in keys or was[key] != now for key, now in said]
        return new.filter(pl.Series(differs, dtype=pl.Boolean))

    def _with(self, rows: pl.DataFrame, others: Iterable[str]) -> pl.DataFrame:
        """Changed lines and other lines of the list, in order of key."""
        rest = self._table.rows(set(others) - set(rows["key"].to_list()))
        return pl.concat([rows, rest.select(list(schema.PROGRAMS))]).sort("key")

    def _frames(self, *, moved: bool) -> None:
        """The context over the table as it is now; all that was read stays."""
        whole = self._table.frame
        run = replace(
            self._run,
            programs=whole.select(list(schema.PROGRAMS)),
            facts=whole.select(list(FACTS)),
            places=schema.empty(schema.PLACES),
        )
        for name in _STEADY:
            run.__dict__[name] = getattr(self._run, name)
        run.__dict__["lines"] = whole
        run.__dict__["index"] = _numbered(self._table.keys) if moved else self._run.index
        self._run = run

    def _lines(self, keys: Collection[str], gone: Collection[str]) -> None:
        """Let every index know the lines that are new, changed or gone."""
        known: dict[str, Line] = lines(self._run)  # type: ignore[assignment]
        brief = self._run.memo.setdefault("brief", {})
        now = read(self._run, self._table.rows(keys), self._addresses)
        for name in [n for n in self._run.memo if n.startswith("corpus ")]:
            del self._run.memo[name]
        fresh = [key for key in now if key not in known]
        for key in (*sorted(keys), *sorted(gone)):
            brief.pop(key, None)
            if key in now:
                known[key] = now[key]
            else:
                known.pop(key, None)
            for made in kept(self._run):
                if key in now:
                    made.put(now[key])
                else:
                    made.drop(key)
        if fresh:  # lines stand in the order of their keys
            everything = sorted(known.items())
            known.clear()
            known.update(everything)


def _numbered(keys: list[str]) -> dict[str, int]:
    return {key: n for n, key in enumerate(keys)}


def _tasks(rows: pl.DataFrame) -> list[tuple[Any, ...]]:
    """What the houses of agencies are read from (`families.reorganised`)."""
    own = rows.filter((pl.col("level") == Level.SUB_KEGIATAN) & pl.col("code").is_not_null())
    return own.select("government", "agency", "code", "id").sort(pl.all()).rows()
