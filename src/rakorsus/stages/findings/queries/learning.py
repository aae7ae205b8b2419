"""What the page of what was learnt shows: pairs of words, signs, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rakorsus.engine.learning.features import LABELS
from rakorsus.engine.learning.model import Model, default
from rakorsus.people.actor import Actor
from rakorsus.stages.findings.models import Finding, Learnt, WordRule
from rakorsus.stages.findings.queries.visible import visible

_SURE: Final = 0.5  # log odds from which the page says "same" or "different"
_MOVED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Words:
    """Two stems (or one that both sides have) with what verdicts and coordinators say of them."""

    left: str
    right: str
    accepted: float
    rejected: float
    odds: float
    said: str  # WordRule.Says, or empty

    @property
    def name(self) -> str:
        """The pair as `Learnt.examples` has it."""
        return f"{self.left} {self.right}"

    @property
    def shared(self) -> bool:
        return self.left == self.right

    @property
    def meaning(self) -> str:
        """same | other | open"""
        if abs(self.odds) < _SURE:
            return "open"
        return "same" if self.odds > 0 else "other"


def words(model: Model, kind: str = "", asked: str = "") -> list[Words]:
    """Pairs of words, the strongest opinion first; `kind` "bersama" for words that both sides have,
    `asked` a part of a word."""
    rules = said()
    table = model.table
    pairs = {*table.counts, *rules}
    found = [
        Words(a, b, *table.counts.get((a, b), (0.0, 0.0)), table.odds(a, b), rules.get((a, b), ""))
        for a, b in pairs
        if (a == b) == (kind == "bersama") and (not asked or asked in a or asked in b)
    ]
    return sorted(found, key=lambda w: (not w.said, -abs(w.odds), -w.accepted, w.left, w.right))


def said() -> dict[tuple[str, str], str]:
    """What coordinators say of pairs of words, when they say something."""
    newest = {(r.left, r.right): r.says for r in WordRule.objects.order_by("id")}
    return {pair: says for pair, says in newest.items() if says != WordRule.Says.LEARN}


def examples(
    actor: Actor, learnt: Learnt | None, shown: Sequence[Words]
) -> dict[str, list[Finding]]:
    """ "left right" -> findings whose answers spoke of the two words; one query."""
    if learnt is None:
        return {}
    wanted = [w.name for w in shown]
    held = {name: learnt.examples.get(name, []) for name in wanted}
    seen = visible(actor).filter(pk__in={pk for pks in held.values() for pk in pks})
    known = {finding.pk: finding for finding in seen}
    return {name: [known[pk] for pk in pks if pk in known] for name, pks in held.items()}


def signs(model: Model) -> list[dict[str, Any]]:
    """The signs whose weight verdicts have moved, the farthest first."""
    before = default()
    rows = [
        {"label": LABELS[name].as_dict(), "before": was, "after": model.weights.get(name, 0.0)}
        for name, was in before.weights.items()
    ]
    moved = [{**r, "by": r["after"] - r["before"]} for r in rows]
    kept = [r for r in moved if abs(r["by"]) >= _MOVED]
    return sorted(kept, key=lambda r: -abs(r["by"]))
