"""The warnings of one day over what is known on it: for a register today, or for a replay.

Every warning says by when something must happen. `by` is never before the day of the warning: what
is already too late says so (`past`) and asks for a decision now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from rakorsus.engine.records import Text
from rakorsus.engine.reportcard.figures import planned_by
from rakorsus.engine.sentences import day as said
from rakorsus.engine.sentences import quoted, rupiah
from rakorsus.engine.warnings.durations import Duration, Durations

GRACE: Final = 7  # days after a planned day before it counts as missed
PATIENCE: Final = 21  # days after an announcement that nobody need explain
AWARDING: Final = 2  # days after the schedule named a winner, and none is named
ANSWER: Final = 14  # days within which a stuck selection should move
LEAST: Final = 50_000_000  # rupiah below which a line is not worth a warning of its own
LONGEST: Final = 240  # days of work that are believed
_CLOSE: Final = (12, 20)  # the last day on which work can be handed over and still be paid
_LAG: Final = 0.5  # spending below this share of the plan is behind
_FEW: Final = 5  # lines with recorded spending below which nothing is said


@dataclass(frozen=True, slots=True)
class Notice:
    """One warning. `key` names the line, or `agency:CODE` for one about an agency.

    `by`: the day until which it can still be helped (never before `day`); `last`: the last day to
    sign the contract so that the work is finished this year; `basis`: the days it counts with.
    """

    rule: str
    key: str
    agency: str
    day: date
    by: date
    money: int
    title: str
    words: Text
    past: bool = False
    last: date | None = None
    basis: Mapping[str, Any] = field(default_factory=dict)
    keys: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.rule}|{self.key}"


_Row = dict[str, Any]


def watch(
    state: pl.DataFrame,
    day: date,
    known: Durations,
    *,
    least: int = LEAST,
    patience: int = PATIENCE,
    told: Collection[tuple[str, str, str]] = (),
) -> list[Notice]:
    """Every warning that holds on a day, by rule and key.

    Args:
        state: `state.STATE` as known on the day.
        least: money below which a line gets no warning.
        told: rule, key and attempt of warnings that need not be made again.
    """
    heavy = (pl.col("money").fill_null(0) >= least) | pl.col("strategic").fill_null(False)
    alive = state.filter(pl.col("gone").fill_null(False).not_() & heavy)
    found: list[Notice] = []
    for row in alive.iter_rows(named=True):
        if row["method"] != "Swakelola":
            found += (n for n in _selection(row, day, known, patience, told) if n is not None)
        if (end := row["contract_end"]) is not None:
            found += _contract(row, end, day)
        if row["note"] and row["contract_date"] is None and not row["failed"]:
            found.append(_place(row, day))
        if row["strategic"] and not row["owner"]:
            found.append(_nobody(row, day))
    found += _spending(state, day)
    return sorted(found, key=lambda w: (w.rule, w.key))


def last_day(row: _Row, day: date, known: Durations) -> tuple[date, int, Duration]:
    """The last day to sign so that the work ends in its budget year; days of work; their basis."""
    work = known.to_finish(row["kind"] or "")
    length = work.median
    if row["start"] and row["end"] and row["end"] > row["start"]:
        length = (row["end"] - row["start"]).days
        if length > LONGEST:  # January to December says nothing
            length = work.median
        else:
            work = Duration(length, length, 0, length, "plan")
    year = row["year"] or (row["announced"] or day).year
    return date(year, *_CLOSE) - timedelta(days=length), length, work


def _selection(
    row: _Row, day: date, known: Durations, patience: int, told: Collection[tuple[str, str, str]]
) -> Iterator[Notice | None]:
    if row["contract_date"] is not None:
        return
    takes = known.to_contract(row["method"], row["kind"] or "")
    last, length, work = last_day(row, day, known)
    basis = {
        "selection": takes.as_dict(), "work": work.as_dict(), "work_days": length,
        "last": last.isoformat(),
    }  # fmt: skip
    announce = last - timedelta(days=takes.median)
    if row["failed"]:
        yield _made(told, "warning.failed", row, day, announce, last, basis, _FAILED,
                    takes, length)  # fmt: skip
    elif row["announced"] is None:
        begun = row["tender_start"]
        if begun is None:
            return
        if (day - begun).days >= GRACE:
            yield _made(told, "warning.unbegun", row, day, announce, last, basis, _UNBEGUN,
                        takes, length)  # fmt: skip
        elif begun > announce:
            yield _made(told, "warning.late", row, day, announce, last, basis, _LATE_PLAN,
                        takes, length)  # fmt: skip
    else:
        waited = (day - row["announced"]).days
        expected = max(day, row["announced"] + timedelta(days=takes.median))
        if expected > last:
            yield _made(told, "warning.late", row, day, last, last, basis, _LATE, takes, length)
        if waited > max(takes.ninth, patience):
            soon = day + timedelta(days=ANSWER)
            yield _made(told, "warning.stuck", row, day, soon, last, basis, _STUCK, takes, length)
        elif row["awarding"] and not row["won"] and (day - row["awarding"]).days >= AWARDING:
            soon = day + timedelta(days=ANSWER)
            yield _made(
                told, "warning.schedule", row, day, soon, last, basis, _AWARDING, takes, length
            )
        elif row["signing"] and (day - row["signing"]).days >= GRACE:
            soon = day + timedelta(days=ANSWER)
            yield _made(
                told, "warning.schedule", row, day, soon, last, basis, _SCHEDULE, takes, length
            )


def _made(
    seen: Collection[tuple[str, str, str]], rule: str, row: _Row, day: date, by: date,
    last: date, basis: Mapping[str, Any], words: tuple[str, str], takes: Duration, length: int,
) -> Notice | None:  # fmt: skip
    if (rule, row["key"], row["attempt"] or "") in seen:
        return None
    past, until = min(by, last) < day, max(by, day)
    since = row["announced"] or row["tender_start"] or day
    plain = {
        "title": quoted(row["title"]), "days": (day - since).days, "median": takes.median,
        "ninth": takes.ninth, "work": length,
    }  # fmt: skip
    told = {
        "money": _amount(row), "why": takes.said(), "since": said(since),
        "by": said(until), "last": said(last), "signing": said(row["signing"] or day),
        "awarding": said(row["awarding"] or day),
    }  # fmt: skip
    indonesian, english = (f"{a} {b}" for a, b in zip(words, _TAILS[past], strict=True))
    return Notice(
        rule, row["key"], row["agency"], day, until, row["money"] or 0, row["title"],
        Text(
            indonesian.format(**plain, **{k: t.id for k, t in told.items()}),
            english.format(**plain, **{k: t.en for k, t in told.items()}),
        ),
        past, last, basis, (row["key"],),
    )  # fmt: skip


def _amount(row: _Row) -> Text:
    if row["money"] is None:
        return Text("nilai tidak disebut", "no amount given")
    return rupiah(row["money"])


_TAILS: Final = {
    False: (
        "Agar selesai tahun ini kontraknya harus ditandatangani paling lambat {last}; tindakan "
        "paling lambat {by} ({median} hari proses, {why}, dan {work} hari pelaksanaan).",
        "To be finished this year its contract must be signed by {last}; something must happen by "
        "{by} ({median} days of selection, {why}, and {work} days of work).",
    ),
    True: (
        "Batas untuk selesai tahun ini sudah lewat (kontrak paling lambat {last}: {median} hari "
        "proses, {why}, dan {work} hari pelaksanaan): putuskan sekarang, persempit, atau alihkan.",
        "The last day to be finished this year has passed (contract by {last}: {median} days of "
        "selection, {why}, and {work} days of work): decide now, cut it down, or move the money.",
    ),
}
_FAILED: Final = (
    "Pemilihan {title} ({money}) gagal dan belum diulang.",
    "The selection for {title} ({money}) failed and was not repeated.",
)
_UNBEGUN: Final = (
    "Pemilihan penyedia {title} ({money}) direncanakan {since}, lewat {days} hari, dan belum "
    "diumumkan.",
    "The selection for {title} ({money}) was planned for {since}, {days} days ago, and is not "
    "announced.",
)
_LATE_PLAN: Final = (
    "Pemilihan {title} ({money}) baru direncanakan {since}: menurut lama proses yang lazim "
    "terlalu lambat.",
    "The selection for {title} ({money}) is planned for {since} only: too late by the usual "
    "durations.",
)
_LATE: Final = (
    "{title} ({money}) diumumkan {since} dan belum berkontrak: menurut lama proses yang lazim "
    "tidak selesai tahun ini.",
    "{title} ({money}) was announced on {since} and has no contract: by the usual durations it "
    "will not be finished this year.",
)
_STUCK: Final = (
    "{title} ({money}) diumumkan {since} dan setelah {days} hari belum berkontrak; sembilan dari "
    "sepuluh paket berkontrak dalam {ninth} hari.",
    "{title} ({money}) was announced on {since} and has no contract after {days} days; nine in ten "
    "packages have one within {ninth} days.",
)
_AWARDING: Final = (
    "Jadwal {title} ({money}) menyebut pemenang ditetapkan {awarding}; pemenangnya belum ada.",
    "The schedule of {title} ({money}) names the winner on {awarding}; there is none.",
)
_SCHEDULE: Final = (
    "Jadwal {title} ({money}) menyebut kontrak ditandatangani sampai {signing}; kontraknya belum "
    "ada.",
    "The schedule of {title} ({money}) has the contract signed by {signing}; there is none.",
)


def _contract(row: _Row, end: date, day: date) -> Iterator[Notice]:
    title, money = quoted(row["title"]), _amount(row)
    year = row["year"] or (row["contract_date"].year if row["contract_date"] else None)
    if year and end.year > year:
        by = date(year, 12, 31)
        words = Text(
            f"Kontrak {title} ({money.id}) berakhir {said(end).id}, sesudah tahun anggaran "
            f"{year}. Tetapkan tahun jamak atau potong lingkupnya paling lambat "
            f"{said(max(by, day)).id}.",
            f"The contract for {title} ({money.en}) ends on {said(end).en}, after the budget "
            f"year {year}. Decide on several years or cut its scope by {said(max(by, day)).en}.",
        )
        yield Notice("warning.beyond_year", row["key"], row["agency"], day, max(by, day),
                     row["money"] or 0, row["title"], words, by < day,
                     keys=(row["key"],))  # fmt: skip
    elif (day - end).days >= GRACE:
        by = day + timedelta(days=7)
        words = Text(
            f"Kontrak {title} ({money.id}) berakhir {said(end).id}, {(day - end).days} hari "
            f"lalu, dan belum tercatat selesai. Periksa lapangan paling lambat {said(by).id}.",
            f"The contract for {title} ({money.en}) ended on {said(end).en}, "
            f"{(day - end).days} days ago, and is not recorded as done. Inspect by {said(by).en}.",
        )
        yield Notice("warning.overdue", row["key"], row["agency"], day, by, row["money"] or 0,
                       row["title"], words, keys=(row["key"],))  # fmt: skip


def _place(row: _Row, day: date) -> Notice:
    there, _, here = row["note"].partition(" | ")
    by = max(day + timedelta(days=7), day)
    title, money = quoted(row["title"]), _amount(row)
    words = Text(
        f"{title} ({money.id}) diumumkan untuk {there}, sedang rencananya {here}. Pastikan "
        f"lokasinya sebelum kontrak ditandatangani, paling lambat {said(by).id}.",
        f"{title} ({money.en}) is announced for {there}, while its plan says {here}. Settle "
        f"the place before the contract is signed, by {said(by).en}.",
    )
    return Notice("warning.place", row["key"], row["agency"], day, by, row["money"] or 0,
                    row["title"], words, keys=(row["key"],),
                    basis={"announced": there, "planned": here})  # fmt: skip


def _nobody(row: _Row, day: date) -> Notice:
    by = day + timedelta(days=7)
    title, money = quoted(row["title"]), _amount(row)
    words = Text(
        f"Program strategis {title} ({money.id}) belum punya penanggung jawab. Tunjuk satu "
        f"jabatan paling lambat {said(by).id}.",
        f"The strategic program {title} ({money.en}) has nobody in charge. Name one post by "
        f"{said(by).en}.",
    )
    return Notice("warning.owner", row["key"], row["agency"], day, by, row["money"] or 0,
                    row["title"], words, keys=(row["key"],))  # fmt: skip


def _spending(state: pl.DataFrame, day: date) -> Iterator[Notice]:
    """Agencies whose recorded spending is below half of their plan on the day. Lines without any
    record of spending are not taken as zero."""
    told = state.filter(
        pl.col("paid").is_not_null() & pl.col("start").is_not_null() & pl.col("end").is_not_null()
        & (pl.col("start") <= day) & (pl.col("end") >= pl.col("start"))
        & (pl.col("budget").fill_null(0) > 0)
    )  # fmt: skip
    for (agency,), rows in told.group_by("agency", maintain_order=True):
        if rows.height < _FEW:
            continue
        lines = rows.sort("key").to_dicts()
        plan = sum(planned_by(r["budget"], r["start"], r["end"], day) for r in lines)
        paid = sum(r["paid"] for r in lines)
        whole = sum(r["budget"] for r in lines)
        if plan < LEAST or paid >= _LAG * plan:
            continue
        by = _quarter_end(day)
        a, b, c = rupiah(paid), rupiah(plan), rupiah(whole)
        words = Text(
            f"Realisasi {a.id} dari rencana {b.id} sampai {said(day).id} (pagu {c.id}, "
            f"{rows.height} baris yang melaporkan). Susun percepatan paling lambat {said(by).id}.",
            f"Spent {a.en} of {b.en} planned until {said(day).en} (budget {c.en}, {rows.height} "
            f"lines that report). Plan how to speed up by {said(by).en}.",
        )
        yield Notice(
            "warning.spending", f"agency:{agency}", str(agency), day, by, plan - paid, "", words,
            basis={"paid": paid, "plan": plan, "budget": whole, "n": rows.height},
            keys=tuple(r["key"] for r in lines),
        )  # fmt: skip


def _quarter_end(day: date) -> date:
    month = 3 * ((day.month + 2) // 3)
    first = date(day.year + month // 12, month % 12 + 1, 1)
    return first - timedelta(days=1)
