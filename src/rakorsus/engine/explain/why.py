"""Why two lines are a finding, expected repetition, or neither: the rules asked one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from rakorsus.engine import expected
from rakorsus.engine.analysis import RULES
from rakorsus.engine.context import Context
from rakorsus.engine.explain.records import Condition, Why
from rakorsus.engine.explain.refused import said
from rakorsus.engine.explain.words import whose
from rakorsus.engine.ground.find import judge as disturb
from rakorsus.engine.ground.find import meetings, timed_works
from rakorsus.engine.learning import found as learnt
from rakorsus.engine.order.find import judge as misplaced
from rakorsus.engine.order.find import spots, timed_step
from rakorsus.engine.pairs import duplicates, entries, overlap, subjects, twins
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.records import Text
from rakorsus.engine.refusal import Refusal

_CLASH: Final = ("clash.same_time", "clash.dig_after_pave", "opportunity.joint")
_ORDER: Final = ("order.land", "order.design", "order.build", "order.pave")
_MANY: Final = ("fragmentation.theme", "fragmentation.place")
#: Rules whose conditions `conditions` gives.
OF_PAIRS: Final = (
    "duplicate.place", "duplicate.entry", "duplicate.twin", "overlap.spot", "overlap.village",
    "overlap.subject", "overlap.learnt", *_CLASH, *_ORDER, *_MANY,
)  # fmt: skip


def why(context: Context, left: str, right: str) -> Why:
    """What the run says of two of its lines, by key: the findings and the expected repetition
    that name both, and the condition that failed in each rule that compares lines.

    Raises:
        KeyError: a key that is not in the run.
    """
    keys = {left, right}
    if missing := sorted(keys - set(context.index)):
        raise KeyError(missing[0])
    asked = replace(context, only=frozenset(keys))
    found = tuple(f for find in RULES for f in find(asked) if keys <= set(f.keys))
    normal = tuple(f for f in expected.find(asked) if keys <= set(f.keys))
    return Why(left, right, found, normal, conditions(context, left, right))


def conditions(context: Context, left: str, right: str) -> tuple[Condition, ...]:
    """One entry for each rule that compares lines; rules that fail alike stand together."""
    known = lines(context)
    if dead := [key for key in (left, right) if key not in known]:
        name = whose(context.row(dead[0]))
        words = Text(
            f"{name} gagal, batal, atau tanpa pagu; tidak dibandingkan.",
            f"{name} failed, was cancelled or has no money; it is not compared.",
        )
        return (Condition(OF_PAIRS, Refusal.NOT_LIVE, words),)
    a, b = (known[key] for key in sorted((left, right)))
    return tuple(
        Condition(rules, refusal, said(context, refusal, a, b))
        for rules, refusal in _asked(context, a, b)
    )


def _asked(context: Context, a: Line, b: Line) -> Iterator[tuple[tuple[str, ...], Refusal | None]]:
    """Rules with what each says of the two; one that holds stands alone."""
    told = _told(context, a, b)
    yield ("duplicate.place",), _place(a, b)
    yield ("duplicate.entry",), _entry(context, a, b)
    yield ("duplicate.twin",), _twin(a, b, told)
    spot, village = _overlap(a, b)
    yield ("overlap.spot",), spot
    yield ("overlap.village",), village
    yield ("overlap.subject",), subjects.judge(context, a, b)
    yield ("overlap.learnt",), _learnt(context, a, b)
    yield from _ground(context, a, b)
    yield from _order(a, b)
    yield _MANY, Refusal.THREE


def _learnt(context: Context, a: Line, b: Line) -> Refusal | None:
    if a.family == b.family:
        return Refusal.ONE_HOUSE
    asked = replace(context, only=frozenset((a.key, b.key)))
    taught = any({a.key, b.key} <= set(f.keys) for f in learnt.find(asked))
    return None if taught else Refusal.NOT_TAUGHT


def _told(context: Context, a: Line, b: Line) -> Mapping[str, str | None]:
    return {line.key: context.row(line.key)["description"] for line in (a, b)}


def _place(a: Line, b: Line) -> Refusal | None:
    if not a.physical or not b.physical:
        return Refusal.NOT_BUILT
    said = duplicates.judge(a, b)
    if isinstance(said, Refusal):
        return said
    return None if duplicates.homes(a) & duplicates.homes(b) else Refusal.APART


def _entry(context: Context, a: Line, b: Line) -> Refusal | None:
    if a.agency != b.agency:
        return Refusal.TWO_HOUSES
    one, other = (entries.entry(x, context.row(x.key)["document"]) for x in (a, b))
    return None if one is not None and one == other else Refusal.OTHER_ENTRY


def _twin(a: Line, b: Line, told: Mapping[str, str | None]) -> Refusal | None:
    if a.agency != b.agency:
        return Refusal.TWO_HOUSES
    if a.work == b.work:
        return Refusal.SAME_WORK
    same = twins.twin(a, told[a.key]) == twins.twin(b, told[b.key])
    return None if same and twins.telling(a) and twins.telling(b) else Refusal.OTHER_TWIN


def _overlap(a: Line, b: Line) -> tuple[Refusal | None, Refusal | None]:
    """What `overlap.spot` and `overlap.village` say."""
    if not a.physical or not b.physical:
        return Refusal.NOT_BUILT, Refusal.NOT_BUILT
    edge = overlap.judge(a, b)
    if isinstance(edge, Refusal):
        return edge, edge
    if not {x.village for x in a.anchors} & {x.village for x in b.anchors} - {None}:
        return Refusal.APART, Refusal.APART
    if not edge.objects:
        return None, Refusal.OTHER_OBJECT
    if not edge.objects & overlap.SHARED:
        return Refusal.OTHER_OBJECT, Refusal.OTHER_OBJECT
    return Refusal.SAID, Refusal.SAID if edge.spot else None


def _ground(context: Context, a: Line, b: Line) -> Iterator[tuple[tuple[str, ...], Refusal | None]]:
    one, other = timed_works(a), timed_works(b)
    if isinstance(one, Refusal):
        yield _CLASH, one
        return
    if isinstance(other, Refusal):
        yield _CLASH, other
        return
    works = {a.key: (a, one), b.key: (b, other)}
    met = meetings(context, works).get((a.key, b.key))
    if met is None:
        yield _CLASH, Refusal.APART
        return
    edge = disturb(context, works[a.key], works[b.key], met)
    yield (_CLASH, edge) if isinstance(edge, Refusal) else ((edge.rule,), None)


def _order(a: Line, b: Line) -> Iterator[tuple[tuple[str, ...], Refusal | None]]:
    one, other = timed_step(a), timed_step(b)
    if isinstance(one, Refusal):
        yield _ORDER, one
    elif isinstance(other, Refusal):
        yield _ORDER, other
    elif a.work == b.work:
        yield _ORDER, Refusal.SAME_WORK
    elif not set(spots(a)) & set(spots(b)):
        yield _ORDER, Refusal.APART
    else:
        wrong = misplaced(a, one, b, other)
        yield (_ORDER, wrong) if isinstance(wrong, Refusal) else ((wrong.rule,), None)
