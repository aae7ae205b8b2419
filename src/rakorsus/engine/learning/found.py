"""Overlaps that no rule of ours names, but that desks have taught: other words, one service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.learning.candidates import Candidate, candidates
from rakorsus.engine.learning.corpus import corpus, words_of
from rakorsus.engine.learning.features import LEARNT, features
from rakorsus.engine.learning.model import Model
from rakorsus.engine.learning.table import Table
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import at_stake, same_time
from rakorsus.engine.records import Finding, FindingKind, Option, Text
from rakorsus.engine.sentences import join, listing, quoted, rupiah

_LEAST: Final = 0.6  # probability from which a pair is shown
_TAUGHT: Final = 0.8  # mean log odds of its words: the table itself must speak for the pair


def find(context: Context) -> list[Finding]:
    """One finding for each pair of two agencies' lines whose words verdicts have made one.

    Nothing without verdicts: the engine's own rules are the default.
    """
    model = context.rules.learnt
    if model is None or not model.table or not context.enabled("overlap.learnt"):
        return []
    pairs = [
        pair
        for pair in candidates(context, model.table.aliases(), context.only)
        if pair.left.family != pair.right.family and same_time(pair.left, pair.right) is not False
    ]
    measured = features(pairs, corpus(context), model.table)
    likely = model.judge(measured)
    return [
        _finding(context, model, pair, float(chance))
        for pair, signs, chance in zip(pairs, measured, likely, strict=True)
        if chance >= _LEAST and signs[LEARNT[1]] >= _TAUGHT
    ]


def taught_by(table: Table, pair: Candidate) -> list[dict[str, Any]]:
    """The word pairs that speak for it, strongest first, with the verdicts behind each."""
    ours, theirs = words_of(pair.left.text), words_of(pair.right.text)
    said = [(table.odds(a, b), a, b) for a in sorted(ours - theirs) for b in sorted(theirs - ours)]
    return [
        {"left": a, "right": b, "accepted": yes, "rejected": no}
        for odds, a, b in sorted(said, key=lambda s: (-s[0], s[1], s[2]))
        if odds > 0
        for yes, no in [table.counts[(a, b) if a <= b else (b, a)]]
    ][:5]


def _finding(context: Context, model: Model, pair: Candidate, chance: float) -> Finding:
    a, b = pair.left, pair.right
    words = taught_by(model.table, pair)
    names = listing([context.agency(code) for code in sorted({a.agency, b.agency})])
    both = listing([quoted(a.title, 70), quoted(b.title, 70)])
    where = Text("", "")
    if pair.meeting:
        area = context.area(pair.meeting.region)
        what = pair.meeting.what
        where = Text(f" di {what.id}, {area}", f" at {what.en}, {area}")
    taught = listing([f"{w['left']} = {w['right']}" for w in words], most=3)
    total = rupiah(a.money + b.money)
    return draft(
        context,
        FindingKind.OVERLAP,
        [a.key, b.key],
        rule="overlap.learnt",
        reasons=join(
            Text(
                f"{names.id} merencanakan hal yang sama dengan kata yang berbeda{where.id}: "
                f"{both.id} ({total.id}).",
                f"{names.en} plan the same thing in other words{where.en}: {both.en} ({total.en}).",
            ),
            _because(taught),
        ),
        score=0.35 + 0.4 * chance,
        sure=0.4 + 0.4 * chance,
        money=at_stake([a.money, b.money]),
        options=_OPTIONS,
        evidence={
            "words": shared_words([(a.key, a.title), (b.key, b.title)]),
            "taught": words,
            "likely": round(chance, 3),
        },
    )


def _because(words: Text) -> Text:
    return Text(
        f"Tanggapan atas temuan terdahulu menyamakan {words.id}.",
        f"Answers to earlier findings took {words.en} for one.",
    )


_OPTIONS: Final[Sequence[Option]] = (
    Option(
        "lead_support",
        Text(
            "Tetapkan satu perangkat daerah utama dan pembagian sasaran",
            "Name a lead agency and divide the beneficiaries",
        ),
    ),
    Option("merge", Text("Gabungkan dalam satu kegiatan", "Merge into one activity")),
)
