"""What other settings would change: findings that appear, disappear, or move in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rakorsus.engine.records import Finding, FindingKind


@dataclass(frozen=True, slots=True)
class Moved:
    """A finding of both lists with its place among those of both, from 1."""

    finding: Finding
    before: int
    after: int

    @property
    def by(self) -> int:
        """How many places it goes up (positive) or down."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class KindEffect:
    """Numbers and rupiah at stake of one kind, before and after."""

    kind: FindingKind
    before: int
    after: int
    money_before: int
    money_after: int
    appear: int
    disappear: int
    moved: int


@dataclass(frozen=True, slots=True)
class Effect:
    """`appear` and `disappear` in the order of their own lists, `moved` the farthest first."""

    appear: tuple[Finding, ...]
    disappear: tuple[Finding, ...]
    moved: tuple[Moved, ...]
    kinds: tuple[KindEffect, ...]


def effect(before: Sequence[Finding], after: Sequence[Finding]) -> Effect:
    """What lies between two ranked lists of findings over the same lines."""
    was, now = {f.id: f for f in before}, {f.id: f for f in after}
    appear = tuple(f for f in after if f.id not in was)
    disappear = tuple(f for f in before if f.id not in now)
    place = {f.id: n for n, f in enumerate((f for f in before if f.id in now), 1)}
    common = enumerate((f for f in after if f.id in was), 1)
    moved = [Moved(f, place[f.id], n) for n, f in common if place[f.id] != n]
    moved.sort(key=lambda m: (-abs(m.by), m.after))
    kinds = sorted({f.kind for f in (*before, *after)}, key=list(FindingKind).index)
    return Effect(
        appear,
        disappear,
        tuple(moved),
        tuple(_of_kind(k, before, after, appear, disappear, moved) for k in kinds),
    )


def _of_kind(
    kind: FindingKind,
    before: Sequence[Finding],
    after: Sequence[Finding],
    appear: Sequence[Finding],
    disappear: Sequence[Finding],
    moved: Sequence[Moved],
) -> KindEffect:
    return KindEffect(
        kind,
        before=sum(f.kind is kind for f in before),
        after=sum(f.kind is kind for f in after),
        money_before=sum(f.money for f in before if f.kind is kind),
        money_after=sum(f.money for f in after if f.kind is kind),
        appear=sum(f.kind is kind for f in appear),
        disappear=sum(f.kind is kind for f in disappear),
        moved=sum(m.finding.kind is kind for m in moved),
    )
