"""Findings that gather pairs entered twice: each pair is compared in itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rakorsus.engine.context import Context
from rakorsus.engine.explain.dates import dates
from rakorsus.engine.explain.places import places
from rakorsus.engine.explain.records import Answer, Question, Verdict
from rakorsus.engine.explain.words import lowered, whose
from rakorsus.engine.records import Text

Row = dict[str, Any]
_MOST = 12  # groups whose places are compared


def entries(
    context: Context, rows: Sequence[Row], groups: Sequence[Sequence[str]], *, coded: bool
) -> tuple[Answer, Answer, Answer]:
    """Dates, places and object of lines that stand in `groups` of one entry each (keys); `coded`
    when they share a nomenclature code, otherwise an amount."""
    known = {row["key"]: row for row in rows}
    inside = [[known[key] for key in group] for group in groups]
    spans = [dates(group) for group in inside]
    spots = [places(context, group, {}) for group in inside[:_MOST]]
    return _joined(spans, len(inside)), _joined(spots, len(spots)), _named(inside, coded)


def _joined(answers: Sequence[Answer], count: int) -> Answer:
    """One answer for all groups: that of a single one, else how many agree, and the first."""
    if count == 1:
        return answers[0]
    met = [a for a in answers if a.verdict is Verdict.YES]
    first = (met or answers)[0]
    if not met:
        return replace(
            first,
            text=Text(
                f"Pada pasangan pertama: {lowered(first.text.id)}",
                f"In the first pair: {lowered(first.text.en)}",
            ),
        )
    verdict = Verdict.YES if len(met) == count else Verdict.PARTLY
    return Answer(
        first.question,
        verdict,
        Text(
            f"Pada {len(met)} dari {count} pasangan; misalnya {lowered(first.text.id)}",
            f"In {len(met)} of {count} pairs; for example {lowered(first.text.en)}",
        ),
        first.grade,
    )


def _named(groups: Sequence[Sequence[Mapping[str, Any]]], coded: bool) -> Answer:
    """The names are equal in every pair: that is why they stand here."""
    same = Text("Nama dan kodenya sama", "Name and code are equal") if coded else Text(
        "Nama dan nilainya sama", "Name and amount are equal"
    )  # fmt: skip
    example = whose(groups[0][0])
    grade = Text(f"{len(groups)} pasangan", f"{len(groups)} pairs") if len(groups) > 1 else None
    text = Text(f"{same.id}, misalnya {example}.", f"{same.en}, for example {example}.")
    return Answer(Question.THING, Verdict.YES, text, grade)
