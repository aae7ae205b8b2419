"""Warnings of a replay judged against what the same files show happened later.

Nobody was warned at the time, so what happened is what happens without a warning. A warning about a
selection says "no contract by this day, unless something is done":

* **true**: it failed afterwards, or its contract came after the day, or the day is past, it is
  still running by its own status and has no contract;
* **false**: the contract came by the day;
* **unrecorded**: the selection is closed by its own status and no contract was ever recorded, so
  that nobody can tell; not counted either way, and shown;
* **undecided**: the day is after the end of the files.

Lead time is counted from the warning to the day on which it had come true, and is never negative.
Where no row says when a selection failed (it was not announced again), no lead time is given.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Final

import polars as pl

from rakorsus.engine.warnings import state as states
from rakorsus.engine.warnings.replay import Replay
from rakorsus.engine.warnings.watch import GRACE, LEAST, Notice, last_day

TRUE: Final = "true"
FALSE: Final = "false"
UNRECORDED: Final = "unrecorded"
UNDECIDED: Final = "undecided"
OUTCOMES: Final = (TRUE, FALSE, UNRECORDED, UNDECIDED)

_SELECTION: Final = frozenset(
    {"warning.unbegun", "warning.late", "warning.stuck", "warning.schedule", "warning.failed"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    notice: Notice
    outcome: str
    came: date | None = None  # the day it had come true
    what: str = ""  # failed | late | open | contract | ...

    @property
    def lead(self) -> int | None:
        """Days from the warning to the day it came true; None when it did not."""
        return None if self.came is None else (self.came - self.notice.day).days


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that went wrong without a warning before it."""

    key: str
    agency: str
    title: str
    money: int
    what: str  # failed | late
    day: date


@dataclass(frozen=True, slots=True)
class Verdict:
    replay: Replay
    until: date  # the end of the files
    judged: tuple[Judged, ...]
    misses: tuple[Miss, ...]
    bad: int  # what went wrong in all, warned or not

    def counts(self) -> dict[str, Counter[str]]:
        """Rule -> outcome -> warnings."""
        made: dict[str, Counter[str]] = defaultdict(Counter)
        for j in self.judged:
            made[j.notice.rule][j.outcome] += 1
        return dict(sorted(made.items()))

    def precision(self, rule: str | None = None) -> tuple[int, int]:
        """True warnings and decided ones, of one rule or of all."""
        mine = [j for j in self.judged if rule in (None, j.notice.rule)]
        good = sum(j.outcome == TRUE for j in mine)
        return good, good + sum(j.outcome == FALSE for j in mine)

    def leads(self, rule: str | None = None) -> list[int]:
        return sorted(
            j.lead for j in self.judged if j.lead is not None and rule in (None, j.notice.rule)
        )


def middle(days: Iterable[int]) -> float | None:
    known = list(days)
    return median(known) if known else None


@dataclass(frozen=True, slots=True)
class _End:
    """How an attempt ended, by the whole of the files."""

    contract: date | None
    failed: date | None
    dated: bool  # the day of failing is known: it was announced again
    closed: bool  # closed by its own status, or won


def judge(replay: Replay, events: pl.DataFrame, until: date, closed: frozenset[str]) -> Verdict:
    """Judge a replay.

    Args:
        events: the whole year's, later ones included.
        until: the day the files were made.
        closed: keys of attempts that are closed by their own status (`closed_attempts`).
    """
    mine = events.filter((pl.col("year") == replay.year) | pl.col("year").is_null())
    ends = _ends(mine, closed)
    final = states.on(mine, until)
    attempts = _attempts(mine)
    judged = tuple(
        _selection(n, attempts, ends, until) if n.rule in _SELECTION else _other(n, mine, until)
        for n in replay.notices
    )
    misses, bad = _misses(replay, final, ends, mine, until)
    return Verdict(replay, until, judged, misses, bad)


def closed_attempts(tables: Mapping[str, pl.DataFrame | None]) -> frozenset[str]:
    """Attempts whose announcement says `Selesai`, by source ("tender", "nontender")."""
    found: set[str] = set()
    for source, table in tables.items():
        if table is not None and "status" in table.columns:
            done = table.filter(pl.col("status").str.to_lowercase().str.contains("selesai"))
            found.update(f"{source}:{key}" for key in done["id"].to_list())
    return frozenset(found)


def _ends(events: pl.DataFrame, closed: frozenset[str]) -> dict[str, _End]:
    what = pl.col("what")
    rows = events.group_by("attempt").agg(
        contract=pl.col("day").filter(what == "contracted").min(),
        failed=pl.col("day").filter(what.is_in(["failed", "repeated"])).min(),
        won=(what == "won").any(),
        dated=(what == "repeated").any(),
    )
    return {
        r["attempt"]: _End(
            r["contract"], r["failed"], r["dated"], r["won"] or r["attempt"] in closed
        )
        for r in rows.iter_rows(named=True)
    }


def _attempts(events: pl.DataFrame) -> dict[str, list[tuple[date, str]]]:
    """key -> the days of its announcements and their attempts, in order."""
    made: dict[str, list[tuple[date, str]]] = defaultdict(list)
    rows = events.filter(pl.col("what") == "announced").sort("day", "attempt")
    for key, day, attempt in rows.select("key", "day", "attempt").iter_rows():
        made[key].append((day, attempt))
    return made


def _selection(
    notice: Notice, attempts: Mapping[str, list[tuple[date, str]]], ends: Mapping[str, _End],
    until: date,
) -> Judged:  # fmt: skip
    own = attempts.get(notice.key, [])
    deadline = notice.by
    if notice.rule in ("warning.unbegun", "warning.failed"):
        begun = next((d for d, _ in own if d > notice.day), None)
        if begun is not None and begun <= deadline:
            return Judged(notice, FALSE, what="announced")
        if begun is not None or until > deadline:
            return Judged(notice, TRUE, max(deadline, notice.day), "late")
        return Judged(notice, UNDECIDED)
    before = [a for d, a in own if d <= notice.day]
    end = ends.get(before[-1] if before else notice.key, _End(None, None, False, False))
    if notice.rule == "warning.late" and not before:  # judged by the plan alone
        later = [ends[a] for _, a in own if a in ends]
        contracts = [e.contract for e in later if e.contract]
        end = _End(min(contracts, default=None), None, False, False)
        deadline = notice.last or deadline
    if notice.rule == "warning.late":
        deadline = notice.last or deadline
    if end.failed is not None and (end.contract is None or end.failed <= end.contract):
        came = max(end.failed, notice.day) if end.dated else None
        return Judged(notice, TRUE, came, "failed")
    if end.contract is not None:
        if end.contract <= deadline:
            return Judged(notice, FALSE, what="contract")
        return Judged(notice, TRUE, max(deadline, notice.day), "late")
    if until <= deadline:
        return Judged(notice, UNDECIDED)
    if end.closed:
        return Judged(notice, UNRECORDED)
    return Judged(notice, TRUE, max(deadline, notice.day), "open")


def _other(notice: Notice, events: pl.DataFrame, until: date) -> Judged:
    mine = events.filter(pl.col("key").is_in(list(notice.keys)))
    if notice.rule == "warning.spending":
        if until < notice.by:
            return Judged(notice, UNDECIDED)
        paid = mine.filter((pl.col("what") == "paid") & (pl.col("day") <= notice.by))["money"].sum()
        needed = notice.basis["plan"]
        if paid >= needed:  # not even what the plan had asked on the day of the warning
            return Judged(notice, FALSE, what="paid")
        return Judged(notice, TRUE, notice.by, "behind")
    if notice.rule == "warning.overdue":
        over = mine.filter(pl.col("what").is_in(["done", "cancelled"]))["day"].min()
        if isinstance(over, date) and over <= notice.by:
            return Judged(notice, FALSE, what="done")
        if until <= notice.by:
            return Judged(notice, UNDECIDED)
        return Judged(notice, TRUE, notice.by, "open")
    if notice.rule == "warning.beyond_year":
        return (
            Judged(notice, TRUE, notice.by, "late")
            if until > notice.by
            else Judged(notice, UNDECIDED)
        )
    return Judged(notice, UNDECIDED)  # a place or a person: no later row of a file can tell


def _misses(
    replay: Replay, final: pl.DataFrame, ends: Mapping[str, _End], events: pl.DataFrame, until: date
) -> tuple[tuple[Miss, ...], int]:
    """What went wrong: an announced selection of weight that failed, or whose contract came after
    the last day from which it could be finished, by the durations known at the end."""
    warned: dict[str, date] = {}
    for n in replay.notices:
        if n.rule in _SELECTION and n.rule != "warning.failed":
            warned.setdefault(n.key, n.day)
    known = states.learnt(final, events, table=False)
    rows = (
        events.filter(pl.col("what") == "announced")
        .unique("attempt", keep="first", maintain_order=True)
        .filter(pl.col("money").fill_null(0) >= LEAST)
    )
    plan = {
        r["key"]: r for r in final.select("key", "start", "end", "year").iter_rows(named=True)
    }  # fmt: skip
    found: list[Miss] = []
    bad = 0
    for row in rows.iter_rows(named=True):
        end = ends[row["attempt"]]
        own: dict[str, Any] = {**row, "start": None, "end": None, "announced": row["day"]}
        own.update({k: v for k, v in plan.get(row["key"], {}).items() if k != "key"})
        last, _, _ = last_day(own, row["day"], known)
        wrong: tuple[str, date] | None = None
        if end.failed is not None and end.contract is None:
            wrong = ("failed", end.failed)
        elif (end.contract or until) > last and (end.contract is not None or not end.closed):
            wrong = ("late", max(last, row["day"]))
        if wrong is None:
            continue
        bad += 1
        first = warned.get(row["key"])
        if first is None or first > wrong[1] or (first == wrong[1] and wrong[0] == "failed"):
            found.append(Miss(row["key"], row["agency"], row["title"], row["money"], *wrong))
    return tuple(sorted(found, key=lambda m: (-m.money, m.key))), bad


__all__ = ["GRACE", "Judged", "Miss", "Verdict", "closed_attempts", "judge", "middle"]
