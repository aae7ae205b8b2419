"""Do the places overlap: where exactly, and how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from rakorsus.engine.context import Context
from rakorsus.engine.explain.records import Answer, Question, Verdict
from rakorsus.engine.explain.words import PLACE_GRADES, whose
from rakorsus.engine.pairs.duplicates import meeting
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.records import PlaceGrade, Text
from rakorsus.engine.sentences import listing

_CLOSE = 0.9  # strength of a meeting: one street, facility, hamlet or RW
_MOST = 6  # lines compared pair by pair
_GRADES_SHOWN = 3


def places(
    context: Context, rows: Sequence[Mapping[str, Any]], evidence: Mapping[str, Any]
) -> Answer:
    """The answer for the lines of a finding; the rule's own meeting counts before any other."""
    grade = _grade(context, rows)
    if len(rows) < 2:
        return _alone(context, rows, grade)
    if met := evidence.get("meeting"):
        what = Text(met["what"]["id"], met["what"]["en"])
        return _met(context, met["strength"], met["region"], what, grade)
    if villages := evidence.get("villages"):
        names = listing([context.region(v["region"]) for v in villages], most=5)
        said = Text(f"Di {len(villages)} desa/kelurahan: {names.id}.",
                    f"In {len(villages)} villages: {names.en}.")  # fmt: skip
        return Answer(Question.PLACES, Verdict.PARTLY, said, grade)
    known = lines(context)
    found = [known[r["key"]] for r in rows[:_MOST] if r["key"] in known]
    return _compared(context, found, rows, grade)


def _compared(
    context: Context, found: Sequence[Line], rows: Sequence[Mapping[str, Any]], grade: Text
) -> Answer:
    """The closest meeting of two of the lines."""
    best = max(
        (m for a, b in combinations(found, 2) if (m := meeting(a, b))),
        key=lambda m: m.strength, default=None,
    )  # fmt: skip
    if best is not None:
        return _met(context, best.strength, best.region, best.what, grade)
    vague = [r for r in rows if _best(context, r["key"]) <= PlaceGrade.REGENCY]
    if vague:
        said = Text(
            f"{len(vague)} dari {len(rows)} baris tidak menyebut tempat di dalam kabupaten/kota, "
            f"misalnya {whose(vague[0])}.",
            f"{len(vague)} of {len(rows)} lines name no place inside the regency or city, for "
            f"example {whose(vague[0])}.",
        )
        return Answer(Question.PLACES, Verdict.UNKNOWN, said, grade)
    said = Text("Tempat yang disebut berbeda-beda.", "The places that are named differ.")
    return Answer(Question.PLACES, Verdict.NO, said, grade)


def _met(context: Context, strength: float, region: str, what: Text, grade: Text) -> Answer:
    area = context.area(region)
    where = Text(
        ", ".join(t for t in (what.id, area) if t), ", ".join(t for t in (what.en, area) if t)
    )
    if strength >= _CLOSE:
        return Answer(Question.PLACES, Verdict.YES, Text(f"{where.id}.", f"{where.en}."), grade)
    said = Text(
        f"{where.id}; RW, kampung, atau ruasnya berbeda atau tidak disebut.",
        f"{where.en}; RW, hamlet or street differ or are not named.",
    )
    return Answer(Question.PLACES, Verdict.PARTLY, said, grade)


def _alone(context: Context, rows: Sequence[Mapping[str, Any]], grade: Text) -> Answer:
    if not rows:
        none = Text("Temuan ini tentang sasaran atau jumlah, bukan tempat.",
                    "This finding is about a target or a total, not about a place.")  # fmt: skip
        return Answer(Question.PLACES, Verdict.NONE, none)
    first = next(iter(context.places_of.get(rows[0]["key"], ())), None)
    area = context.area(first["region"]) if first else ""
    said = Text(f"Satu baris: {area or 'tempat tidak disebut'}.",
                f"One line: {area or 'no place given'}.")  # fmt: skip
    return Answer(Question.PLACES, Verdict.NONE, said, grade)


def _best(context: Context, key: str) -> PlaceGrade:
    return PlaceGrade(max((p["grade"] for p in context.places_of.get(key, ())), default=0))


def _grade(context: Context, rows: Sequence[Mapping[str, Any]]) -> Text:
    """The grades of the lines in words, the weakest first."""
    grades = sorted({_best(context, r["key"]) for r in rows})[:_GRADES_SHOWN]
    names = [PLACE_GRADES[g] for g in grades]
    return Text(", ".join(n.id for n in names), ", ".join(n.en for n in names))
