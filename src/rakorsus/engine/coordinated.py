"""What a decision has put under one lead is no finding any more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from rakorsus.engine.context import Context
from rakorsus.engine.records import Finding, FindingKind

#: A tag that begins so says who leads; lines that share one are led by one agency.
LED_BY: Final = "Dikoordinasi "
_KINDS: Final = (FindingKind.OVERLAP, FindingKind.FRAGMENTATION, FindingKind.OPPORTUNITY)


def led(context: Context, found: Sequence[Finding]) -> list[Finding]:
    """The findings without those whose lines are all under one lead already.

    Only kinds that ask for coordination go; a duplicate or a clash stays whoever leads.
    """
    asked = {key for f in found if f.kind in _KINDS for key in f.keys}
    if not asked:
        return list(found)
    tagged = context.programs.filter(pl.col("key").is_in(sorted(asked))).select("key", "tags")
    leads = {
        key: {tag for tag in tags or () if tag.startswith(LED_BY)}
        for key, tags in tagged.iter_rows()
    }
    return [
        f for f in found
        if f.kind not in _KINDS or not set.intersection(*(leads.get(k, set()) for k in f.keys))
    ]  # fmt: skip
