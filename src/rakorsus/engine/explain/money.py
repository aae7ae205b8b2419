"""Who pays how much, and from which source of funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rakorsus.engine.context import Context
from rakorsus.engine.explain.records import Answer, Question, Verdict
from rakorsus.engine.explain.words import whose
from rakorsus.engine.records import Text
from rakorsus.engine.sentences import listing, rupiah

_EACH = 4  # lines named one by one; more are summed by agency
_FUNDS = 3


def money(context: Context, rows: Sequence[Mapping[str, Any]], stake: int) -> Answer:
    """The answer for the lines of a finding; `stake` is what it puts at stake."""
    if not rows:
        said = rupiah(stake)
        text = Text(f"Nilai yang dipertaruhkan {said.id}.", f"{said.en} is at stake.")
        return Answer(Question.MONEY, Verdict.NONE, text)
    parts = _each(context, rows) if len(rows) <= _EACH else _by_agency(context, rows)
    total = rupiah(sum(r["money"] for r in rows))
    silent = not any(r["fund"] for r in rows)
    text = Text(
        f"{'; '.join(p.id for p in parts)}. Seluruhnya {total.id}"
        f"{'; sumber dana tidak disebut' if silent else ''}.",
        f"{'; '.join(p.en for p in parts)}. {total.en} in all"
        f"{'; source of funds not given' if silent else ''}.",
    )
    priced = sum(r["money"] > 0 for r in rows)
    verdict = Verdict.YES if priced == len(rows) else Verdict.PARTLY if priced else Verdict.UNKNOWN
    return Answer(Question.MONEY, verdict, text, _grade(rows))


def _each(context: Context, rows: Sequence[Mapping[str, Any]]) -> list[Text]:
    found = []
    for row in sorted(rows, key=lambda r: (-r["money"], r["key"])):
        name, said, fund = context.agency(row["agency"]), rupiah(row["money"]), _fund([row])
        found.append(
            Text(f"{name} {said.id} untuk {whose(row)}{fund.id}",
                 f"{name} {said.en} for {whose(row)}{fund.en}")
        )  # fmt: skip
    return found


def _by_agency(context: Context, rows: Sequence[Mapping[str, Any]]) -> list[Text]:
    sides: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        sides.setdefault(row["agency"], []).append(row)
    found = []
    for agency in sorted(sides, key=lambda a: (-sum(r["money"] for r in sides[a]), a)):
        own = sides[agency]
        said, name, fund = rupiah(sum(r["money"] for r in own)), context.agency(agency), _fund(own)
        found.append(
            Text(f"{name} {said.id} pada {len(own)} baris{fund.id}",
                 f"{name} {said.en} on {len(own)} lines{fund.en}")
        )  # fmt: skip
    return found


def _fund(rows: Sequence[Mapping[str, Any]]) -> Text:
    funds = sorted({" ".join(r["fund"].split()) for r in rows if r["fund"]})
    if not funds:
        return Text("", "")
    names = listing(funds, most=_FUNDS)
    return Text(f" ({names.id})", f" ({names.en})")


def _grade(rows: Sequence[Mapping[str, Any]]) -> Text:
    signed = sum(r["contract_value"] is not None for r in rows)
    if not signed:
        return Text("menurut pagu", "by the budget")
    if signed == len(rows):
        return Text("menurut kontrak", "by the contracts")
    return Text(f"{signed} menurut kontrak, lainnya menurut pagu",
                f"{signed} by contract, the others by the budget")  # fmt: skip
