"""Mismatch: levels whose sums differ, contracts above the budget, codes with another title.

One cause is one finding: disagreements of one agency and one rule stand together, the largest
first. Small differences are rounding and stay silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.records import Finding, FindingKind, Level, Option, PlaceGrade, Text
from rakorsus.engine.sentences import join, quoted, rupiah
from rakorsus.engine.words import stems

_SHARE: Final = 0.01
_LEAST: Final = 25_000_000
_SUM_LEAST: Final = 100_000_000  # sums of a level: smaller differences are left to the agency
_ALIKE: Final = 0.5
_MOST: Final = 12

_SUPPORT: Final = re.compile(r"[0-9X]\.[0-9X]{2}\.01\b")
_LEVELS: Final = {
    Level.KEGIATAN: Text("sub kegiatan", "sub kegiatan"),
    Level.PROGRAM: Text("kegiatan", "kegiatan"),
}


@dataclass(frozen=True, slots=True)
class _Gap:
    """One line that disagrees: by how much, and in words."""

    key: str
    agency: str
    money: int
    words: Text


def find(context: Context) -> list[Finding]:
    """Mismatches of a run."""
    found: list[Finding] = []
    alone = context.alone()
    for rule, judge in _RULES.items():
        if context.enabled(rule):
            if context.only is not None and not any(judge(alone)):
                continue  # a mismatch names lines that disagree, and none asked about does
            found += _grouped(context, rule, list(judge(context)))
    if context.enabled("mismatch.agency_total") and context.only is None:
        found += _totals(context)
    return found


def _grouped(context: Context, rule: str, gaps: Sequence[_Gap]) -> list[Finding]:
    by_agency: dict[str, list[_Gap]] = defaultdict(list)
    for gap in gaps:
        by_agency[gap.agency].append(gap)
    found = []
    for agency in sorted(by_agency):
        mine = sorted(by_agency[agency], key=lambda g: (-g.money, g.key))
        keys = [gap.key for gap in mine[:_MOST]]
        if context.wanted(keys):
            found.append(_finding(context, rule, agency, mine, keys))
    return found


def _finding(
    context: Context, rule: str, agency: str, gaps: Sequence[_Gap], keys: Sequence[str]
) -> Finding:
    rest = len(gaps) - 1
    more = Text(
        f"Masih ada {rest} lagi pada {context.agency(agency)}.",
        f"{context.agency(agency)} has {rest} more of these.",
    )
    score = {"mismatch.contract": 0.8, "mismatch.place": 0.82, "mismatch.sum": 0.6,
             "mismatch.title": 0.45}[rule]  # fmt: skip
    return draft(
        context,
        FindingKind.MISMATCH,
        keys,
        rule=rule,
        reasons=join(gaps[0].words, more) if rest else gaps[0].words,
        score=score,
        sure=0.9 if rule != "mismatch.title" else 0.6,
        money=sum(gap.money for gap in gaps),
        options=(
            Option("correct", Text("Betulkan berkas yang keliru lalu muat ulang.",
                                   "Correct the wrong file and load it again.")),
            Option("explain", Text("Jelaskan selisihnya di percakapan.",
                                   "Explain the difference in the talk.")),
        ),
        evidence={
            "differences": [
                {"key": g.key, "money": g.money, "words": g.words.as_dict()} for g in gaps[:_MOST]
            ]
        },
    )  # fmt: skip


def _sums(context: Context) -> Iterator[_Gap]:
    """A kegiatan or program whose money is not the sum of what stands below it."""
    above = context.mine.filter(
        pl.col("level").is_in([Level.KEGIATAN.value, Level.PROGRAM.value])
        & pl.col("budget").is_not_null()
    )
    if above.is_empty():
        return
    below = (
        context.programs.select("parent", "level", "budget")
        .filter(pl.col("parent").is_not_null() & (pl.col("level") != Level.PAKET))
        .group_by("parent")
        .agg(pl.col("budget").sum().alias("sum"), pl.len().alias("count"))
    )
    rows = above.join(below, left_on="key", right_on="parent")
    for row in rows.sort("key").iter_rows(named=True):
        difference = row["budget"] - row["sum"]
        size = abs(difference)
        if not row["sum"] or size < _SUM_LEAST or size < _SHARE * max(row["budget"], row["sum"]):
            continue  # a level without any amounts is not filled in yet, not in disagreement
        if difference > 0 and _SUPPORT.match(row["code"] or "") and _is_plan(row["document"]):
            continue  # a procurement plan leaves payroll out, which only the upper level has
        name = _LEVELS[Level(row["level"])]
        way = Text("lebih besar", "more") if difference > 0 else Text("lebih kecil", "less")
        yield _Gap(
            row["key"],
            row["agency"],
            size,
            Text(
                f"Pagu {row['level']} {quoted(row['title'])} {context.agency(row['agency'])} "
                f"{rupiah(row['budget']).id}, {way.id} {rupiah(size).id} daripada jumlah "
                f"{row['count']} {name.id} di bawahnya ({rupiah(row['sum']).id}).",
                f"The {row['level']} {quoted(row['title'])} of {context.agency(row['agency'])} has "
                f"{rupiah(row['budget']).en}, {rupiah(size).en} {way.en} than the sum of its "
                f"{row['count']} {name.en} ({rupiah(row['sum']).en}).",
            ),
        )


def _is_plan(document: str | None) -> bool:
    return (document or "").startswith("RUP")


def _contracts(context: Context) -> Iterator[_Gap]:
    """A contract above the package's budget."""
    over = pl.col("contract_value") - pl.col("budget")
    rows = context.mine.filter((over >= _LEAST) & (over >= _SHARE * pl.col("budget")))
    for row in rows.iter_rows(named=True):
        excess = row["contract_value"] - row["budget"]
        yield _Gap(
            row["key"],
            row["agency"],
            excess,
            Text(
                f"Nilai kontrak {quoted(row['title'])} {rupiah(row['contract_value']).id}, "
                f"melebihi pagunya {rupiah(row['budget']).id} sebesar {rupiah(excess).id}.",
                f"The contract for {quoted(row['title'])} is {rupiah(row['contract_value']).en}, "
                f"{rupiah(excess).en} above its budget of {rupiah(row['budget']).en}.",
            ),
        )


def _spots(context: Context) -> Iterator[_Gap]:
    """A work announced on another street, in another kecamatan, than the plan says."""
    for row in context.mine.filter(
        pl.col("live") & (pl.col("level") == Level.PAKET) & pl.col("announced").is_not_null()
    ).iter_rows(named=True):
        streets = {
            p["street"]: p
            for p in context.places_of.get(row["key"], ())
            if p["grade"] >= PlaceGrade.STREET and p["street"] and p["region"]
        }
        areas = {p["region"][:8] for p in streets.values()}
        if len(streets) != 2 or len(areas) != 2:
            continue
        first, second = sorted(streets.values(), key=lambda p: p["text"])
        yield _Gap(
            row["key"],
            row["agency"],
            row["money"],
            Text(
                f"{quoted(row['title'])} ({context.agency(row['agency'])}, "
                f"{rupiah(row['money']).id}) memiliki dua lokasi yang berbeda pada dokumennya: "
                f"“{first['text']}” dan “{second['text']}”. Pastikan ruas yang benar sebelum "
                "kontrak.",
                f"{quoted(row['title'])} ({context.agency(row['agency'])}, "
                f"{rupiah(row['money']).en}) has two different places in its documents: "
                f"“{first['text']}” and “{second['text']}”. Settle the right street before the "
                "contract.",
            ),
        )


def _titles(context: Context) -> Iterator[_Gap]:
    """A sub kegiatan whose title is not what the nomenclature has under its code."""
    known = {
        row["code"]: row
        for row in context.rules.nomenclature.filter(
            (pl.col("government_kind") == context.rules.government_kind)
            & (pl.col("level") == Level.SUB_KEGIATAN)
        ).iter_rows(named=True)
    }
    if not known:
        return
    lines = context.mine.filter(
        (pl.col("level") == Level.SUB_KEGIATAN) & pl.col("code").is_not_null()
    )
    for row in lines.iter_rows(named=True):
        entry = known.get(row["code"]) or known.get("X.XX" + row["code"][4:])
        if entry is None or not row["budget"]:
            continue
        if _alike(row["title"], entry["title"]) or _alike(row["title"], entry["predecessor"] or ""):
            continue
        yield _Gap(
            row["key"],
            row["agency"],
            row["budget"],
            Text(
                f"Kode {row['code']} pada {context.agency(row['agency'])} berjudul "
                f"{quoted(row['title'])}, sedangkan menurut nomenklatur {quoted(entry['title'])}.",
                f"Code {row['code']} of {context.agency(row['agency'])} is titled "
                f"{quoted(row['title'])}, but the nomenclature has {quoted(entry['title'])}.",
            ),
        )


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(stems(one)), set(stems(other))
    return bool(ours and theirs) and len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))


_RULES: Final[dict[str, Callable[[Context], Iterator[_Gap]]]] = {
    "mismatch.sum": _sums,
    "mismatch.contract": _contracts,
    "mismatch.place": _spots,
    "mismatch.title": _titles,
}


def _totals(context: Context) -> list[Finding]:
    """An agency whose own budget structure does not agree with its sub kegiatan."""
    sums = (
        context.programs.filter(pl.col("level") == Level.SUB_KEGIATAN)
        .group_by("agency")
        .agg(pl.col("budget").sum().alias("sum"))
    )
    rows = context.agencies.filter(pl.col("budget") > 0).join(
        sums, left_on="code", right_on="agency"
    )
    found = []
    for row in rows.sort("code").iter_rows(named=True):
        size = abs(row["budget"] - row["sum"])
        if size < _SUM_LEAST or size < 0.05 * max(row["budget"], row["sum"]):
            continue
        found.append(_total(context, row, size))
    return found


def _total(context: Context, row: dict[str, Any], size: int) -> Finding:
    name = context.agency(row["code"])
    reasons = Text(
        f"Menurut struktur anggaran {name} memiliki {rupiah(row['budget']).id}, sedangkan jumlah "
        f"sub kegiatannya {rupiah(row['sum']).id}: selisih {rupiah(size).id}.",
        f"By its budget structure {name} has {rupiah(row['budget']).en}, but its sub kegiatan add "
        f"up to {rupiah(row['sum']).en}: a difference of {rupiah(size).en}.",
    )
    made = draft(
        context, FindingKind.MISMATCH, [], rule="mismatch.agency_total", reasons=reasons,
        score=0.5, sure=0.8, money=size, about=f"agency:{row['code']}",
        options=(Option("correct", Text("Samakan kedua dokumen.", "Make the documents agree.")),),
    )  # fmt: skip
    return replace(made, agencies=(row["code"],))
