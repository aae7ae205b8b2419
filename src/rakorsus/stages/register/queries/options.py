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
    """Choices of every filter of the list, kept until the next version."""
    return kept("options", "", _all)


def _all() -> dict[str, Any]:
    standing = Program.objects.filter(removed=False).order_by()
    regions, values = _regions(), _values()
    return {
        "agencies": _agencies(),
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


def _agencies() -> Options:
    """Agencies that have lines, or units with lines; units follow their agency."""
    counts = dict(
        Program.objects.filter(removed=False).order_by()
        .values_list("agency").annotate(count=Count("pk"))
    )  # fmt: skip
    agencies = {a.pk: a for a in Agency.objects.all()}
    below: dict[int | None, list[Agency]] = {}
    for agency in agencies.values():
        below.setdefault(agency.parent_id, []).append(agency)
    found: Options = []

    def visit(agency: Agency, depth: int) -> int:
        at = len(found)
        row = {"code": agency.code, "name": agency.name, "depth": depth, "kind": agency.kind}
        found.append(row)
        row["own"] = counts.get(agency.pk, 0)
        row["count"] = row["own"] + sum(
            visit(unit, depth + 1) for unit in sorted(below.get(agency.pk, []), key=_by_name)
        )
        if not row["count"]:
            del found[at:]
        return int(row["count"])

    for root in sorted(below.get(None, []), key=_by_name):
        visit(root, 0)
    return found


def _by_name(agency: Agency) -> str:
    return agency.name


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
