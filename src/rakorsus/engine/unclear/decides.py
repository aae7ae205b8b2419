"""How many comparisons one missing answer holds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from rakorsus.engine.context import Context
from rakorsus.engine.pairs.anchors import meet
from rakorsus.engine.pairs.lines import Line, lines, one_area, same_time
from rakorsus.engine.thesaurus import CONTAINERS

_CLOSE: Final = 0.9  # strength of a meeting: one street, facility, hamlet or RW
_WIDE: Final = frozenset({"generic"}) | CONTAINERS


def decides(context: Context, line: Line, missing: str) -> int:
    """Other lines (targets for a volume) that could be judged with this one once it is answered.

    A place lets the line be compared with the works on the same kind of object that do not run
    at another time; dates with whatever works at the same spot; a volume with the targets that
    it serves.
    """
    if missing == "volume":
        return len(served(context, line))
    known = lines(context)
    if missing == "place":
        keys = {key for thing in line.objects - _WIDE for key in _by_object(context)[thing]}
        others = (known[key] for key in keys)
        return sum(
            other.work != line.work
            and one_area(line, other)
            and same_time(line, other) is not False
            for other in others
        )
    villages = {anchor.village for anchor in line.anchors if anchor.village}
    keys = {key for village in villages for key in _by_village(context)[village]}
    return sum(
        known[key].work != line.work
        and (met := meet(line.anchors, known[key].anchors)) is not None
        and met.strength >= _CLOSE
        for key in keys
    )


def served(context: Context, line: Line) -> list[str]:
    """Targets with an amount, by id, whose code stands above the line's."""
    code = line.code or ""
    wanted = context.targets.select("id", "code", "target").iter_rows()
    return [name for name, above, amount in wanted if above and amount and code.startswith(above)]


def _by_object(context: Context) -> Mapping[str, list[str]]:
    """Works with a place inside the regency, by each object that they name."""
    if "decides.objects" not in context.memo:
        found: dict[str, list[str]] = defaultdict(list)
        for key, line in lines(context).items():
            if line.physical and line.anchors:
                for thing in line.objects - _WIDE:
                    found[thing].append(key)
        context.memo["decides.objects"] = found
    by_object: Mapping[str, list[str]] = context.memo["decides.objects"]
    return by_object


def _by_village(context: Context) -> Mapping[str, list[str]]:
    if "decides.villages" not in context.memo:
        found: dict[str, list[str]] = defaultdict(list)
        for key, line in lines(context).items():
            if line.physical:
                for village in {a.village for a in line.anchors if a.village}:
                    found[village].append(key)
        context.memo["decides.villages"] = found
    by_village: Mapping[str, list[str]] = context.memo["decides.villages"]
    return by_village
