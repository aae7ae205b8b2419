"""Early warning: by when something must happen for the work still to be finished this year.

Lines of one agency under one rule stand in one finding, the most urgent first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Status, Text
from rakorsus.engine.sentences import day, join, quoted, rupiah
from rakorsus.engine.warnings.durations import Duration, durations, of

_GRACE: Final = 7  # days after a planned start before it counts as missed
_LEAST: Final = 50_000_000
_MOST: Final = 30
_TOGETHER: Final = 200_000_000  # an agency's lines under one rule, below this not worth a warning
_PATIENCE: Final = 30  # days after an announcement that nobody need explain
_WORKS: Final = 90  # days that works take when the plan does not say


@dataclass(frozen=True, slots=True)
class _Late:
    key: str
    agency: str
    money: int
    by: date
    words: Text


def find(context: Context) -> list[Finding]:
    """Warnings of a run."""
    known = durations(context.programs)
    found = []
    for rule, (judge, score, option) in _RULES.items():
        if not context.enabled(rule):
            continue
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
        reasons=join(worst.words, more) if rest else worst.words,
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


def _live(context: Context) -> Iterator[dict[str, Any]]:
    rows = context.lines.filter(
        pl.col("live") & (pl.col("level") == Level.PAKET) & (pl.col("money") >= _LEAST)
    )
    return rows.iter_rows(named=True)


def _unbegun(context: Context, known: Mapping[str, Duration]) -> Iterator[_Late]:
    """The selection of the provider should have begun, and no announcement is known."""
    for row in _live(context):
        planned = row["tender_start"]
        if planned is None or row["announced"] or row["status"] not in (None, Status.PLANNED):
            continue
        missed = (context.today - planned).days
        if missed < _GRACE:
            continue
        lasting = of(known, row["method"])
        length = (row["end"] - row["start"]).days if row["start"] and row["end"] else _WORKS
        year = row["year"] or planned.year
        by = date(year, 12, 20) - timedelta(days=lasting.median + min(length, 240))
        yield _Late(
            row["key"],
            row["agency"],
            row["money"],
            by,
            join(
                Text(
                    f"Pemilihan penyedia {quoted(row['title'])} ({rupiah(row['money']).id}) "
                    f"direncanakan {day(planned).id}, lewat {missed} hari, dan belum diumumkan.",
                    f"The selection for {quoted(row['title'])} ({rupiah(row['money']).en}) was "
                    f"planned for {day(planned).en}, {missed} days ago, and is not announced.",
                ),
                _until(context.today, by, lasting, min(length, 240)),
            ),
        )


def _until(today: date, by: date, lasting: Duration, works: int) -> Text:
    """By when it must be announced, and from what durations that is known."""
    learnt = (
        Text(f"dari {lasting.count} kontrak pada berkas", f"from {lasting.count} contracts on file")
        if lasting.count
        else Text("perkiraan umum", "a general estimate")
    )
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


def _stuck(context: Context, known: Mapping[str, Duration]) -> Iterator[_Late]:
    """Announced longer ago than nine in ten contracts needed, and no contract is known."""
    for row in _live(context):
        if row["announced"] is None or row["contract_date"] or row["contract_value"]:
            continue
        if row["status"] != Status.ANNOUNCED or row["source"] == "paket_swakelola":
            continue
        lasting = of(known, row["method"])
        waited = (context.today - row["announced"]).days
        if waited <= max(lasting.ninth, _PATIENCE):
            continue
        yield _Late(
            row["key"],
            row["agency"],
            row["money"],
            context.today + timedelta(days=7),
            Text(
                f"{quoted(row['title'])} ({rupiah(row['money']).id}) diumumkan "
                f"{day(row['announced']).id} dan setelah {waited} hari belum berkontrak; sembilan "
                f"dari sepuluh paket berkontrak dalam {lasting.ninth} hari.",
                f"{quoted(row['title'])} ({rupiah(row['money']).en}) was announced on "
                f"{day(row['announced']).en} and has no contract after {waited} days; nine in ten "
                f"packages have one within {lasting.ninth} days.",
            ),
        )


def _beyond(context: Context, known: Mapping[str, Duration]) -> Iterator[_Late]:
    """A contract that ends after the budget year."""
    for row in _live(context):
        end, year = row["contract_end"], row["year"]
        if end is None or year is None or end.year <= year or row["status"] == Status.DONE:
            continue
        yield _Late(
            row["key"],
            row["agency"],
            row["money"],
            date(year, 12, 31),
            Text(
                f"Kontrak {quoted(row['title'])} ({rupiah(row['money']).id}) berakhir "
                f"{day(end).id}, sesudah tahun anggaran {year}.",
                f"The contract for {quoted(row['title'])} ({rupiah(row['money']).en}) ends on "
                f"{day(end).en}, after the budget year {year}.",
            ),
        )


def _failed(context: Context, known: Mapping[str, Duration]) -> Iterator[_Late]:
    """A failed selection that nothing has taken up again."""
    alive = set(context.lines.filter("live")["work"].to_list())
    rows = context.lines.filter((pl.col("status") == Status.FAILED) & (pl.col("budget") >= _LEAST))
    for row in rows.iter_rows(named=True):
        if row["work"] in alive:
            continue
        lasting = of(known, row["method"])
        year = row["year"] or context.today.year
        by = date(year, 12, 20) - timedelta(days=lasting.median + _WORKS)
        yield _Late(
            row["key"],
            row["agency"],
            row["budget"],
            by,
            join(
                Text(
                    f"Pemilihan {quoted(row['title'])} ({rupiah(row['budget']).id}) gagal "
                    "dan belum diulang.",
                    f"The selection for {quoted(row['title'])} ({rupiah(row['budget']).en}) failed "
                    "and was not repeated.",
                ),
                _until(context.today, by, lasting, _WORKS),
            ),
        )


def _overdue(context: Context, known: Mapping[str, Duration]) -> Iterator[_Late]:
    """A contract whose time is over without a word that it is done."""
    for row in _live(context):
        end = row["contract_end"]
        if end is None or row["status"] != Status.CONTRACTED:
            continue
        over = (context.today - end).days
        if over < _GRACE or end.year < context.today.year:
            continue
        yield _Late(
            row["key"],
            row["agency"],
            row["money"],
            context.today + timedelta(days=7),
            Text(
                f"Kontrak {quoted(row['title'])} ({rupiah(row['money']).id}) berakhir "
                f"{day(end).id}, {over} hari lalu, dan belum tercatat selesai.",
                f"The contract for {quoted(row['title'])} ({rupiah(row['money']).en}) ended on "
                f"{day(end).en}, {over} days ago, and is not recorded as done.",
            ),
        )


def _nobody(context: Context, known: Mapping[str, Duration]) -> Iterator[_Late]:
    """A strategic program without a person in charge."""
    rows = context.lines.filter(
        pl.col("live") & pl.col("strategic").fill_null(False) & pl.col("owner").is_null()
    )
    for row in rows.iter_rows(named=True):
        yield _Late(
            row["key"],
            row["agency"],
            row["money"],
            context.today + timedelta(days=7),
            Text(
                f"Program strategis {quoted(row['title'])} ({rupiah(row['money']).id}) belum punya "
                "penanggung jawab.",
                f"The strategic program {quoted(row['title'])} ({rupiah(row['money']).en}) has "
                "nobody in charge.",
            ),
        )


_Judge = Callable[[Context, Mapping[str, Duration]], Iterator[_Late]]
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
