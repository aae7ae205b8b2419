"""Early warning: by when something must happen for the work still to be finished this year.

Lines of one agency under one rule stand in one finding, the most urgent first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import polars as pl

from rakorsus.engine.blocks import blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Status, Text
from rakorsus.engine.sentences import day, join, quoted, rupiah
from rakorsus.engine.warnings.durations import Duration, Durations, durations
from rakorsus.engine.warnings.kinds import kind_of

_GRACE: Final = 7  # days after a planned start before it counts as missed
_LEAST: Final = 50_000_000
_MOST: Final = 30
_TOGETHER: Final = 200_000_000  # an agency's lines under one rule, below this not worth a warning
_PATIENCE: Final = 30  # days after an announcement that nobody need explain
_WORKS: Final = 90  # days that works take when the plan does not say


_Row = dict[str, Any]
_COLUMNS: Final = (
    "key", "source", "agency", "year", "title", "method", "account", "status", "budget",
    "money", "work", "start", "end", "tender_start", "announced", "contract_date", "contract_end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Late:
    key: str
    agency: str
    money: int
    by: date
    words: Callable[[], Text]  # only the worst line of an agency is put into words


def find(context: Context) -> list[Finding]:
    """Warnings of a run."""
    known, alone = durations(context.programs), context.alone()
    found = []
    for rule, (judge, score, option) in _RULES.items():
        if not context.enabled(rule):
            continue
        if context.only is not None and not any(judge(alone, known)):
            continue  # a warning names late lines only, and none of those asked about is late
        by_agency: dict[str, list[_Late]] = defaultdict(list)
        for late in judge(context, known):
            by_agency[late.agency].append(late)
        for agency in sorted(by_agency):
            mine = sorted(by_agency[agency], key=lambda x: (x.by, -x.money, x.key))
            keys = [late.key for late in mine[:_MOST]]
            if sum(x.money for x in mine) >= _TOGETHER and context.wanted(keys):
                found.append(_finding(context, rule, mine, keys, score, option))
    return found


def _finding(
    context: Context,
    rule: str,
    late: Sequence[_Late],
    keys: Sequence[str],
    score: float,
    option: Text,
) -> Finding:
    total = sum(x.money for x in late)
    worst = max(late, key=lambda x: (x.money, x.key))
    rest = len(late) - 1
    name = context.agency(late[0].agency)
    more = Text(
        f"Bersama {rest} paket lain {name} seluruhnya {rupiah(total).id}.",
        f"With {rest} more packages of {name}, {rupiah(total).en} in all.",
    )
    weight = min(total / 5_000_000_000, 1.0)
    return draft(
        context,
        FindingKind.WARNING,
        keys,
        rule=rule,
        reasons=join(worst.words(), more) if rest else worst.words(),
        score=min(score + 0.12 * weight, 0.95),
        sure=0.85,
        money=total,
        options=(Option("escalate", option),),
        evidence={
            "by": min(x.by for x in late).isoformat(),
            "late": [
                {"key": x.key, "by": x.by.isoformat(), "money": x.money} for x in late[:_MOST]
            ],
            "source": "Perpres 16/2018; lama proses dari berkas yang sama",
        },
    )


def _live(context: Context, which: pl.Expr) -> Iterator[_Row]:
    """The live packages of weight for which `which` holds."""
    return _rows(
        context,
        pl.col("live") & (pl.col("level") == Level.PAKET) & (pl.col("money") >= _LEAST) & which,
    )


def _takes(known: Durations, row: _Row) -> Duration:
    return known.to_contract(row["method"], kind_of(None, row["title"], row["account"]))


def _rows(context: Context, which: pl.Expr) -> Iterator[_Row]:
    return context.mine.lazy().filter(which).select(_COLUMNS).collect().iter_rows(named=True)


def _unbegun(context: Context, known: Durations) -> Iterator[_Late]:
    """The selection of the provider should have begun, and no announcement is known."""
    late = pl.lit(context.today) - pl.col("tender_start") >= timedelta(days=_GRACE)
    unknown = pl.col("announced").is_null()
    planned = pl.col("status").is_null() | (pl.col("status") == Status.PLANNED)
    for row in _live(context, late & unknown & planned):
        lasting = _takes(known, row)
        length = (row["end"] - row["start"]).days if row["start"] and row["end"] else _WORKS
        works = min(length, 240)
        year = row["year"] or row["tender_start"].year
        by = date(year, 12, 20) - timedelta(days=lasting.median + works)
        words = partial(_unbegun_words, context.today, row, by, lasting, works)
        yield _Late(row["key"], row["agency"], row["money"], by, words)


def _unbegun_words(today: date, row: _Row, by: date, lasting: Duration, works: int) -> Text:
    planned, title, money = day(row["tender_start"]), quoted(row["title"]), rupiah(row["money"])
    missed = (today - row["tender_start"]).days
    return join(
        Text(
            f"Pemilihan penyedia {title} ({money.id}) direncanakan {planned.id}, lewat {missed} "
            "hari, dan belum diumumkan.",
            f"The selection for {title} ({money.en}) was planned for {planned.en}, {missed} days "
            "ago, and is not announced.",
        ),
        _until(today, by, lasting, works),
    )


def _until(today: date, by: date, lasting: Duration, works: int) -> Text:
    """By when it must be announced, and from what durations that is known."""
    learnt = lasting.said()
    if by < today:
        return Text(
            f"Dengan {lasting.median} hari proses ({learnt.id}) dan {works} hari pelaksanaan, "
            "pekerjaan tidak akan selesai tahun ini kecuali dipersingkat.",
            f"With {lasting.median} days of selection ({learnt.en}) and {works} days of work it "
            "cannot be finished this year unless shortened.",
        )
    return Text(
        f"Agar selesai tahun ini harus diumumkan paling lambat {day(by).id} ({lasting.median} hari "
        f"proses, {learnt.id}, dan {works} hari pelaksanaan).",
        f"To be finished this year it must be announced by {day(by).en} ({lasting.median} days of "
        f"selection, {learnt.en}, and {works} days of work).",
    )


def _stuck(context: Context, known: Durations) -> Iterator[_Late]:
    """Announced longer ago than nine in ten contracts needed, and no contract is known."""
    bare = pl.col("contract_date").is_null() & (pl.col("contract_value").fill_null(0) == 0)
    waits = (pl.col("status") == Status.ANNOUNCED) & (pl.col("source") != "paket_swakelola")
    for row in _live(context, pl.col("announced").is_not_null() & bare & waits):
        lasting = _takes(known, row)
        waited = (context.today - row["announced"]).days
        if waited > max(lasting.ninth, _PATIENCE):
            words = partial(_stuck_words, row, waited, lasting)
            yield _soon(context, row, words)


def _stuck_words(row: _Row, waited: int, lasting: Duration) -> Text:
    title, money, when = quoted(row["title"]), rupiah(row["money"]), day(row["announced"])
    return Text(
        f"{title} ({money.id}) diumumkan {when.id} dan setelah {waited} hari belum berkontrak; "
        f"sembilan dari sepuluh paket berkontrak dalam {lasting.ninth} hari.",
        f"{title} ({money.en}) was announced on {when.en} and has no contract after {waited} days; "
        f"nine in ten packages have one within {lasting.ninth} days.",
    )


def _soon(context: Context, row: _Row, words: Callable[[], Text]) -> _Late:
    """Something to do within the week."""
    by = context.today + timedelta(days=7)
    return _Late(row["key"], row["agency"], row["money"], by, words)


def _beyond(context: Context, known: Durations) -> Iterator[_Late]:
    """A contract that ends after the budget year."""
    later = pl.col("contract_end").dt.year() > pl.col("year")
    done = (pl.col("status") == Status.DONE).fill_null(False)
    for row in _live(context, later & ~done):
        by = date(row["year"], 12, 31)
        words = partial(_beyond_words, row)
        yield _Late(row["key"], row["agency"], row["money"], by, words)


def _beyond_words(row: _Row) -> Text:
    title, money, end = quoted(row["title"]), rupiah(row["money"]), day(row["contract_end"])
    return Text(
        f"Kontrak {title} ({money.id}) berakhir {end.id}, sesudah tahun anggaran {row['year']}.",
        f"The contract for {title} ({money.en}) ends on {end.en}, after the budget year "
        f"{row['year']}.",
    )


def _failed(context: Context, known: Durations) -> Iterator[_Late]:
    """A failed selection that nothing has taken up again."""
    alive = blocks(context, "works", lambda line: (line.work,))
    failed = (pl.col("status") == Status.FAILED) & (pl.col("budget") >= _LEAST)
    for row in _rows(context, failed):
        if alive[row["work"]]:
            continue
        lasting = _takes(known, row)
        year = row["year"] or context.today.year
        by = date(year, 12, 20) - timedelta(days=lasting.median + _WORKS)
        words = partial(_failed_words, context.today, row, by, lasting)
        yield _Late(row["key"], row["agency"], row["budget"], by, words)


def _failed_words(today: date, row: _Row, by: date, lasting: Duration) -> Text:
    title, money = quoted(row["title"]), rupiah(row["budget"])
    return join(
        Text(
            f"Pemilihan {title} ({money.id}) gagal dan belum diulang.",
            f"The selection for {title} ({money.en}) failed and was not repeated.",
        ),
        _until(today, by, lasting, _WORKS),
    )


def _overdue(context: Context, known: Durations) -> Iterator[_Late]:
    """A contract whose time is over without a word that it is done."""
    over = pl.lit(context.today) - pl.col("contract_end") >= timedelta(days=_GRACE)
    recent = pl.col("contract_end").dt.year() >= context.today.year
    signed = pl.col("status") == Status.CONTRACTED
    for row in _live(context, over & recent & signed):
        yield _soon(context, row, partial(_overdue_words, context.today, row))


def _overdue_words(today: date, row: _Row) -> Text:
    title, money, end = quoted(row["title"]), rupiah(row["money"]), day(row["contract_end"])
    over = (today - row["contract_end"]).days
    return Text(
        f"Kontrak {title} ({money.id}) berakhir {end.id}, {over} hari lalu, dan belum tercatat "
        "selesai.",
        f"The contract for {title} ({money.en}) ended on {end.en}, {over} days ago, and is not "
        "recorded as done.",
    )


def _nobody(context: Context, known: Durations) -> Iterator[_Late]:
    """A strategic program without a person in charge."""
    strategic = pl.col("strategic").fill_null(False) & pl.col("owner").is_null()
    for row in _rows(context, pl.col("live") & strategic):
        yield _soon(context, row, partial(_nobody_words, row))


def _nobody_words(row: _Row) -> Text:
    title, money = quoted(row["title"]), rupiah(row["money"])
    return Text(
        f"Program strategis {title} ({money.id}) belum punya penanggung jawab.",
        f"The strategic program {title} ({money.en}) has nobody in charge.",
    )


_Judge = Callable[[Context, Durations], Iterator[_Late]]
_RULES: Final[dict[str, tuple[_Judge, float, Text]]] = {
    "warning.unbegun": (_unbegun, 0.72, Text(
        "Umumkan minggu ini, atau alihkan anggarannya pada perubahan.",
        "Announce this week, or move the money at the revision.")),
    "warning.stuck": (_stuck, 0.6, Text(
        "Minta laporan pokja: apa yang menahan kontraknya.",
        "Ask the committee what holds the contract up.")),
    "warning.beyond_year": (_beyond, 0.8, Text(
        "Tetapkan tahun jamak atau potong lingkupnya sebelum kontrak berjalan lebih jauh.",
        "Decide on a multi-year contract or cut its scope before it goes on.")),
    "warning.failed": (_failed, 0.7, Text(
        "Ulangi pemilihan dengan syarat yang diperbaiki, atau tunjuk cara lain.",
        "Repeat the selection with mended terms, or choose another way.")),
    "warning.overdue": (_overdue, 0.55, Text(
        "Periksa lapangan; catat selesai, perpanjang, atau kenakan denda.",
        "Inspect; record it as done, extend, or fine.")),
    "warning.owner": (_nobody, 0.65, Text(
        "Tunjuk satu nama jabatan.", "Name one post.")),
}  # fmt: skip
