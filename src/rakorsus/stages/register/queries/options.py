"""What the filters offer: values that occur in the register, with how many lines have them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q

from rakorsus.people.models import Agency
from rakorsus.stages.register.models import (
    Nomenclature,
    Program,
    ProgramPlace,
    ProgramTag,
    Region,
)
from rakorsus.stages.register.queries.counts import kept

Options = list[dict[str, Any]]
_COLUMNS = ("fund", "document", "affair")


def all_options() -> dict[str, Any]:
    """Choices of every filter of the list, with counts kept until the next version.

    The names of agencies are read each time: people change them between versions.
    """
    found: dict[str, Any] = kept("options", "", _all)
    return found | {"agencies": _agencies(found["per_agency"])}


def _all() -> dict[str, Any]:
    standing = Program.objects.filter(removed=False).order_by()
    regions, values = _regions(), _values()
    return {
        "per_agency": dict(standing.values_list("agency").annotate(count=Count("pk"))),
        "affairs": _affairs(values["affair"]),
        "regions": regions,
        "region_codes": {r["code"] for r in regions},
        "funds": values["fund"],
        "documents": values["document"],
        "tags": list(
            ProgramTag.objects.filter(program__in=standing.values("pk"))
            .values("tag").annotate(count=Count("pk")).order_by("-count", "tag")[:300]
        ),
    }  # fmt: skip


def _values() -> dict[str, Options]:
    """The values of each of _COLUMNS, the most frequent first, by one pass over the lines."""
    rows = (
        Program.objects.filter(removed=False).order_by().values_list(*_COLUMNS)
        .annotate(count=Count("pk"))
    )  # fmt: skip
    counts: dict[str, Counter[str]] = {name: Counter() for name in _COLUMNS}
    for *values, count in rows:
        for name, value in zip(_COLUMNS, values, strict=True):
            counts[name][value] += count
    return {
        name: [
            {"value": value, "count": count}
            for value, count in sorted(found.items(), key=lambda v: (-v[1], v[0]))[:200]
            if value
        ]
        for name, found in counts.items()
    }


def _agencies(counts: dict[int, int]) -> Options:
    """Agencies that have lines, or units with lines; units follow their agency."""
    rows = tree()
    for row in reversed(rows):
        row["count"] = counts.get(row["pk"], 0) + row.get("below", 0)
        if row["above"] is not None:
            row["above"]["below"] = row["above"].get("below", 0) + row["count"]
    return [row for row in rows if row["count"]]


def tree() -> Options:
    """Every agency in the order of names, units right below their agency; `above` is the row of
    the agency that a unit belongs to, `depth` how far below the top it stands. One query."""
    rows = Agency.objects.order_by("name", "pk").values(
        "pk", "code", "name", "short", "kind", "parent_id", "active", "budget"
    )
    below: dict[int | None, Options] = {}
    for row in rows:
        below.setdefault(row["parent_id"], []).append(row)
    found: Options = []

    def visit(row: dict[str, Any], above: dict[str, Any] | None, depth: int) -> None:
        row |= {"above": above, "depth": depth}
        found.append(row)
        for unit in below.pop(row["pk"], []):
            visit(unit, row, depth + 1)

    for root in below.pop(None, []):
        visit(root, None, 0)
    while below:  # units of each other: a mistake in the agencies' data must not hide them
        for row in below.pop(next(iter(below))):
            visit(row, None, 0)
    return found


def _affairs(counts: Options) -> Options:
    """Affairs by code, with their names."""
    codes = [row["value"] for row in counts]
    names = dict(Nomenclature.objects.filter(code__in=codes).values_list("code", "title"))
    return sorted(
        ({"code": r["value"], "name": names.get(r["value"], ""), "count": r["count"]}
         for r in counts),
        key=lambda r: r["code"],
    )  # fmt: skip


def _regions() -> Options:
    """Regions down to the kecamatan that hold a located line; villages are reached from there."""
    used = set(
        ProgramPlace.objects.order_by().exclude(region=None).values_list(
            "region__code", flat=True
        ).distinct()
    )  # fmt: skip
    shown = {".".join(code.split(".")[:n]) for code in used for n in (1, 2, 3)}
    shown = {c for c in shown if c.count(".") >= 1}
    rows = Region.objects.filter(Q(code__in=shown)).values("code", "name", "level", "kind")
    return list(rows.order_by("code"))
