"""Do the dates overlap: which days, and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from rakorsus.engine.explain.records import Answer, Question, Verdict
from rakorsus.engine.explain.words import DATE_GRADES, lowered, whose
from rakorsus.engine.records import DateGrade, Text
from rakorsus.engine.sentences import day, period

Row = dict[str, Any]
_MOST = 40  # lines compared pair by pair


def dates(rows: Sequence[Row]) -> Answer:
    """The answer for the lines of a finding, rows as `Context.row` gives them."""
    if len(rows) < 2:
        return _alone(rows)
    firm = [r for r in rows if _firm(r)]
    weak = min((DateGrade(r["date_grade"]) for r in rows), default=DateGrade.NONE)
    if len(firm) < 2 and (guess := _estimated(rows)) is not None:
        return guess
    if len(firm) < 2:
        return Answer(
            Question.DATES, Verdict.UNKNOWN,
            Text(f"{'Hanya satu' if firm else 'Tidak satu pun'} dari {len(rows)} baris menyebut "
                 "kapan; yang lain sepanjang tahun, diperkirakan, atau kosong.",
                 f"{'Only one' if firm else 'None'} of {len(rows)} lines says when; the others are "
                 "whole-year, estimated or empty."),
            _grade(rows, weak),
        )  # fmt: skip
    begin, finish = max(r["begin"] for r in firm), min(r["finish"] for r in firm)
    if begin <= finish:
        days = (finish - begin).days + 1
        some = Text("", "") if len(firm) == len(rows) else Text(
            f" ({len(firm)} dari {len(rows)} baris yang waktunya jelas)",
            f" ({len(firm)} of {len(rows)} lines whose dates are clear)",
        )  # fmt: skip
        said = Text(f"{days} hari bersama, {period(begin, finish).id}{some.id}.",
                    f"{days} days together, {period(begin, finish).en}{some.en}.")  # fmt: skip
        verdict = Verdict.YES if len(firm) == len(rows) else Verdict.PARTLY
        return Answer(Question.DATES, verdict, said, _grade(rows, weak))
    return _pairwise(rows, firm, weak)


def _estimated(rows: Sequence[Row]) -> Answer | None:
    """Whether the periods meet when those that are only estimated count too: never a firm yes."""
    known = [{**r, "estimated": False} for r in rows]
    if not all(_firm(r) for r in known):
        return None
    said = dates(known)
    verdict = Verdict.UNKNOWN if said.verdict is Verdict.NO else Verdict.PARTLY
    text = Text(
        f"Diperkirakan dari tanggal pengumuman atau kontrak: {lowered(said.text.id)}",
        f"Estimated from the days of announcement or contract: {lowered(said.text.en)}",
    )
    weak = min(DateGrade(r["date_grade"]) for r in rows)
    return Answer(Question.DATES, verdict, text, _grade(rows, weak))


def _pairwise(rows: Sequence[Row], firm: Sequence[Row], weak: DateGrade) -> Answer:
    """Not all at once: the two that run together longest, else the nearest two."""
    pairs = [
        ((min(a["finish"], b["finish"]) - max(a["begin"], b["begin"])).days + 1, a, b)
        for a, b in combinations(firm[:_MOST], 2)
    ]
    days, a, b = max(pairs, key=lambda p: p[0])
    if days > 0:
        begin, finish = max(a["begin"], b["begin"]), min(a["finish"], b["finish"])
        together = sum(p[0] > 0 for p in pairs)
        said = Text(
            f"{together} dari {len(pairs)} pasangan bertemu; terlama {whose(a)} dan {whose(b)}, "
            f"{days} hari ({period(begin, finish).id}).",
            f"{together} of {len(pairs)} pairs meet; longest {whose(a)} and {whose(b)}, "
            f"{days} days ({period(begin, finish).en}).",
        )
        return Answer(Question.DATES, Verdict.PARTLY, said, _grade(rows, weak))
    first, later = sorted((a, b), key=lambda r: r["begin"])
    said = Text(
        f"{whose(first)} selesai {day(first['finish']).id}, {whose(later)} mulai "
        f"{day(later['begin']).id}: selang {1 - days} hari.",
        f"{whose(first)} ends on {day(first['finish']).en}, {whose(later)} begins on "
        f"{day(later['begin']).en}: {1 - days} days apart.",
    )
    return Answer(Question.DATES, Verdict.NO, said, _grade(rows, weak))


def _alone(rows: Sequence[Row]) -> Answer:
    if not rows:
        none = Text("Temuan ini tentang sasaran atau jumlah, bukan jadwal.",
                    "This finding is about a target or a total, not about dates.")  # fmt: skip
        return Answer(Question.DATES, Verdict.NONE, none)
    row = rows[0]
    span = period(row["begin"], row["finish"])
    said = Text(f"Satu baris: {span.id}.", f"One line: {span.en}.")
    return Answer(Question.DATES, Verdict.NONE, said, _grade(rows, DateGrade(row["date_grade"])))


def _firm(row: Row) -> bool:
    known = row["begin"] is not None and row["finish"] is not None
    return known and row["date_grade"] >= DateGrade.HALF and not row["estimated"]


def _grade(rows: Sequence[Row], weak: DateGrade) -> Text:
    """The weakest grade among the lines, in words."""
    name = DATE_GRADES[weak]
    if any(r["estimated"] for r in rows):
        return Text(f"{name.id}; sebagian hanya perkiraan", f"{name.en}; partly an estimate")
    return Text(f"paling lemah: {name.id}", f"weakest: {name.en}") if len(rows) > 1 else name
