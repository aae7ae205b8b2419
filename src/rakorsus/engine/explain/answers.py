"""The five answers of one finding."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rakorsus.engine.context import Context
from rakorsus.engine.explain.dates import dates
from rakorsus.engine.explain.entries import entries
from rakorsus.engine.explain.money import money
from rakorsus.engine.explain.places import places
from rakorsus.engine.explain.records import Answer, Explanation, Question, Verdict
from rakorsus.engine.explain.rulebook import RULEBOOK
from rakorsus.engine.explain.thing import thing
from rakorsus.engine.records import Finding, FindingKind, Text

_ASKED_OF_PAIRS: Final = (Question.DATES, Question.PLACES, Question.THING)
_APART: Final = Text(
    "Baris-baris ini dinilai satu per satu, tidak saling diperbandingkan.",
    "These lines are judged one by one and not compared with each other.",
)
#: Kinds whose lines stand together only because one cause or one agency joins them.
_ONE_BY_ONE: Final = {
    FindingKind.MISMATCH: _APART,
    FindingKind.WARNING: _APART,
    FindingKind.UNCLEAR: _APART,
    FindingKind.GAP: _APART,
}


def explain(context: Context, finding: Finding) -> Explanation:
    """Dates, places, object, money and rule of a finding of this run, each with its grade."""
    rows = [context.brief(entry["key"]) for entry in finding.evidence["money"]]
    if said := _ONE_BY_ONE.get(finding.kind) if len(rows) > 1 else None:
        compared = tuple(Answer(q, Verdict.NONE, said) for q in _ASKED_OF_PAIRS)
    elif groups := finding.evidence.get("entries"):
        compared = entries(context, rows, groups, coded=finding.rule == "duplicate.entry")
    else:
        compared = (
            dates(rows), places(context, rows, finding.evidence), thing(rows, finding.evidence)
        )  # fmt: skip
    return Explanation((*compared, money(context, rows, finding.money), rule(finding.rule)))


def explained(context: Context, finding: Finding) -> Finding:
    """The finding with its answers in the evidence, under `answers`."""
    answers = explain(context, finding).as_list()
    return replace(finding, evidence={"answers": answers, **finding.evidence})


def rule(name: str) -> Answer:
    """What a rule says and where it comes from.

    Raises:
        KeyError: the engine has no rule of this name.
    """
    known = RULEBOOK[name]
    return Answer(Question.RULE, Verdict.YES, known.text, known.source)
