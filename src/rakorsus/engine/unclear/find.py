"""Unclear: a work on the ground, of large money, without place, dates or volume.

One question for each agency and missing thing, about the largest lines first, so that nobody is
flooded: what is answered makes room for the next. Evidence `questions` says of each line how many
comparisons its answer would make possible. A volume is asked only where a target waits for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rakorsus.engine.blocks import blocks, together
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.ground.works import works_of
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.records import DateGrade, Finding, FindingKind, Level, Option, PlaceGrade, Text
from rakorsus.engine.sentences import join, quoted, rupiah
from rakorsus.engine.unclear.decides import decides, prepare, served

_LEAST: Final = 500_000_000
_MOST: Final = 8
_VAGUE: Final = re.compile(r"^\s*(1|satu)?\s*(paket|kegiatan|tahun|ls|unit)?\s*$", re.IGNORECASE)

_ASK: Final = {
    "place": Text("Di kelurahan dan jalan atau RW mana pekerjaan ini?",
                  "In which village and street or RW is this work?"),
    "dates": Text("Kapan pekerjaan ini dimulai dan selesai?", "When does this work begin and end?"),
    "volume": Text("Berapa volumenya (meter, unit, titik)?",
                   "What is its volume (metres, units, points)?"),
}  # fmt: skip
_LACKS: Final = {
    "place": Text("hanya menyebut wilayah kabupaten/kota", "names only the regency or city"),
    "dates": Text("hanya menyebut Januari sampai Desember", "says only January to December"),
    "volume": Text("hanya menyebut satu paket", "says only one package"),
}

#: What cannot be known without a place or dates, and without a volume.
_UNKNOWN: Final = (
    Text("bentrok dan duplikasinya tidak dapat diperiksa",
         "clash and duplication cannot be checked"),
    Text("sumbangannya pada sasaran tidak dapat dihitung",
         "what it adds to its target cannot be counted"),
)  # fmt: skip


def find(context: Context) -> list[Finding]:
    """Questions of a run: for each agency the first thing that is missing."""
    works, known = blocks(context, "unclear", _agency), lines(context)
    asked = [known[key] for key in works.standing(context.only)]
    prepare(context)
    if not any(_missing(context, line) for line in asked):
        return []
    by_agency: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in together(context, "unclear", _agency):
        missing = _missing(context, line)
        if missing and context.enabled(f"unclear.{missing}"):
            by_agency[line.agency, missing].append(line)
    found = []
    for agency, missing in sorted(by_agency):
        mine = sorted(by_agency[agency, missing], key=lambda x: (-x.money, x.key))
        keys = [line.key for line in mine[:_MOST]]
        if context.wanted(keys):
            found.append(_finding(context, missing, mine, keys))
    return found


def _agency(line: Line) -> Iterator[str]:
    """The agency of a work on the ground that weighs enough to ask about."""
    large = line.level == Level.PAKET and not line.support and line.money >= _LEAST
    if large and (works_of(line) is not None or (line.stage == "build" and line.objects)):
        yield line.agency


def _missing(context: Context, line: Line) -> str:
    """The first thing that keeps the line from being judged; empty when nothing does."""
    places = context.places_of.get(line.key, ())
    best = max((p["grade"] for p in places), default=0)
    if best <= PlaceGrade.REGENCY and not line.names:
        return "place"
    if line.date_grade <= DateGrade.YEAR:
        return "dates"
    if served(context, line) and _VAGUE.match(context.row(line.key)["volume"] or ""):
        return "volume"
    return ""


def _finding(context: Context, missing: str, mine: Sequence[Line], keys: Sequence[str]) -> Finding:
    first, total = mine[0], sum(line.money for line in mine)
    rest = len(mine) - 1
    name, lacks = context.agency(first.agency), _LACKS[missing]
    volume = context.row(first.key)["volume"] or ""
    also = _LACKS["volume"] if _VAGUE.match(volume) and missing == "place" else None
    unknown = _UNKNOWN[missing == "volume"]
    and_id = f" dan {also.id}" if also else ""
    and_en = f" and {also.en}" if also else ""
    reasons = Text(
        f"{quoted(first.title)} {name} ({rupiah(first.money).id}) {lacks.id}{and_id}, sehingga "
        f"{unknown.id}.",
        f"{quoted(first.title)} of {name} ({rupiah(first.money).en}) {lacks.en}{and_en}, so that "
        f"{unknown.en}.",
    )
    if rest:
        reasons = join(
            reasons,
            Text(f"Demikian pula {rest} paket lain, seluruhnya {rupiah(total).id}.",
                 f"So do {rest} other packages, {rupiah(total).en} in all."),
        )  # fmt: skip
    return draft(
        context,
        FindingKind.UNCLEAR,
        keys,
        rule=f"unclear.{missing}",
        reasons=reasons,
        score=0.42 + 0.1 * min(total / 20_000_000_000, 1.0),
        sure=0.9,
        money=total,
        options=(Option("ask", _ASK[missing]),),
        evidence={
            "question": _ASK[missing].as_dict(),
            "missing": missing,
            "questions": [
                {"key": x.key, "money": x.money, "decides": decides(context, x, missing)}
                for x in mine[: len(keys)]
            ],
        },
    )
