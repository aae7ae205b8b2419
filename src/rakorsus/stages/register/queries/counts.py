"""Numbers over the whole register, kept until the next version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from rakorsus.stages.register import panels
from rakorsus.stages.register.models import PlanVersion, Program
from rakorsus.stages.register.queries.filters import Filters, narrow

_DAY = 24 * 60 * 60


def newest() -> int:
    """Number of the newest version; 0 before the first."""
    return PlanVersion.objects.aggregate(top=Max("number"))["top"] or 0


def kept(name: str, stamp: str | None, make: Callable[[], Any]) -> Any:
    """What `make` gives, kept until the register changes; not kept when `stamp` is None.

    The newest version's random id is part of the key, so that a register restored from a backup
    never meets numbers of another.
    """
    if stamp is None:
        return make()
    veil = panels.veil_stamp()
    versions = PlanVersion.objects.order_by("-number").annotate(**veil)
    state = versions.values_list("number", "uuid", *veil).first()
    digest = hashlib.sha256(f"{name}\n{state}\n{stamp}".encode()).hexdigest()
    found = cache.get(digest)
    if found is None:
        found = make()
        cache.set(digest, found, _DAY)
    return found


@dataclass(frozen=True)
class Tally:
    """How many lines, and how much money on them."""

    count: int
    money: int


def by_level(asked: Filters) -> dict[str, Tally]:
    """Count and money of the filtered lines for each level; the level's own filter is left out.

    Money of different levels must not be added: a kegiatan holds its packages.
    """

    every = replace(asked, level="")

    def make() -> dict[str, Tally]:
        rows = (
            narrow(Program.objects.order_by(), every)
            .values("level")
            .annotate(count=Count("pk"), total=Sum("money"))
        )
        return {r["level"]: Tally(r["count"], r["total"] or 0) for r in rows}

    return kept("levels", every.stamp, make)
