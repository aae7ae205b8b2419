"""Repetition that is normal: recognised, set aside with its reason, and open to be looked at.

Each group of lines that repeat for a known reason becomes one finding of kind `expected`. The
reasons, in the order in which they are tried (a line stands in the first group that takes it):

1. zero: a line without money beside the same line with money (shadow of a budget shift);
2. life cycle: announcements and contracts of one package, a failed one and its repeat;
3. support: the support program X.XX.01, which every agency has;
4. unit: an agency and its own units (hospital, puskesmas, UPTD);
5. reorganised: an agency and the one that took over its tasks;
6. series: the same standard task in every kecamatan, kelurahan, puskesmas or school;
7. lots: numbered lots, rounds of one training, posts hired at one rate;
8. common: a standard task that five or more agencies have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import polars as pl

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.records import Finding, FindingKind, Level, Text
from rakorsus.engine.sentences import quoted, rupiah

_LOT: Final = r"\b(paket|lot|tahap|lokasi|gelombang|angkatan|wilayah|zona)? ?(\d+|[ivx]+)\b"
_COLUMNS: Final = (
    "key", "government", "agency", "level", "code", "title", "plain", "work", "live", "overhead",
    "family", "series", "support", "money",
)  # fmt: skip
_COMMON: Final = 5
_SERIES: Final = {
    "kecamatan": "kecamatan",
    "kelurahan": "kelurahan",
    "puskesmas": "puskesmas",
    "school": "sekolah",
    "hospital": "rumah sakit",
}

_Row = dict[str, Any]
_Group = tuple[str, Text, list[_Row]]


def find(context: Context) -> list[Finding]:
    """Every group of expected repetition, each line in one group at most, in order of id."""
    rows = _read(context)
    taken: set[str] = set()
    found = []
    for collect in _REASONS:
        free = [r for r in rows if r["key"] not in taken]
        for rule, reason, group in collect(context, free):
            keys = [r["key"] for r in group]
            taken.update(keys)
            if context.wanted(keys):
                found.append(_finding(context, rule, reason, group))
    return sorted(found, key=lambda f: (f.rule, f.id))


def _read(context: Context) -> list[_Row]:
    """What the reasons ask of each line; `same` is the title without spaces, `lotless` without
    the numbers of lots as well."""
    same = pl.col("plain").str.replace_all(" ", "", literal=True)
    lotless = pl.col("plain").str.replace_all(_LOT, "").str.replace_all(" ", "", literal=True)
    return context.lines.select(*_COLUMNS, same=same, lotless=lotless).to_dicts()


def _finding(context: Context, rule: str, reason: Text, group: Sequence[_Row]) -> Finding:
    return draft(
        context,
        FindingKind.EXPECTED,
        [r["key"] for r in group],
        rule=f"expected.{rule}",
        reasons=reason,
        score=0.0,
        sure=0.9,
        money=sum(r["money"] for r in group),
        places=(),
    )


def _by(rows: Iterable[_Row], name: Callable[[_Row], Any]) -> Mapping[Any, list[_Row]]:
    groups: dict[Any, list[_Row]] = defaultdict(list)
    for row in rows:
        key = name(row)
        if key:
            groups[key].append(row)
    return {k: g for k, g in groups.items() if len(g) > 1}


def _zero(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    for group in _by(
        rows, lambda r: (r["agency"], r["level"], r["code"], r["same"]) if r["code"] else None
    ).values():
        empty = [r for r in group if not r["money"]]
        if empty and len(empty) < len(group):
            yield (
                "zero",
                Text(
                    f"{quoted(group[0]['title'])} tercatat {len(group)} kali, hanya "
                    f"{len(group) - len(empty)} yang berpagu; sisanya bayangan pergeseran.",
                    f"{quoted(group[0]['title'])} is entered {len(group)} times but only "
                    f"{len(group) - len(empty)} carry money: the rest are shadows of a shift.",
                ),
                [*empty, next(r for r in group if r["money"])],
            )


def _cycle(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    for group in _by(rows, lambda r: r["work"] if r["level"] == Level.PAKET else None).values():
        dead = sum(not r["live"] for r in group)
        again = f"; {dead} di antaranya gagal atau batal dan diulang" if dead else ""
        again_en = f"; {dead} of them failed or were cancelled and repeated" if dead else ""
        yield (
            "cycle",
            Text(
                f"{len(group)} catatan dari satu paket, {quoted(group[0]['title'])}{again}.",
                f"{len(group)} records of one package, {quoted(group[0]['title'])}{again_en}.",
            ),
            group,
        )


def _support(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    lines = [r for r in rows if r["support"] and r["level"] == Level.SUB_KEGIATAN]
    for group in _by(lines, lambda r: (r["government"], r["code"][4:])).values():
        houses = {r["family"] for r in group}
        if len(houses) > 1:
            yield (
                "support",
                Text(
                    f"{quoted(group[0]['title'])} termasuk program penunjang yang ada di setiap "
                    f"perangkat daerah ({len(houses)} perangkat daerah).",
                    f"{quoted(group[0]['title'])} belongs to the support program that every "
                    f"agency has ({len(houses)} agencies).",
                ),
                group,
            )


def _unit(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    yield from _house(context, rows, "unit", lambda a, b: not context.families.successor(a, b))


def _reorganised(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    yield from _house(context, rows, "reorganised", context.families.successor)


def _house(
    context: Context, rows: Sequence[_Row], rule: str, fits: Callable[[str, str], bool]
) -> Iterable[_Group]:
    lines = [r for r in rows if r["level"] == Level.SUB_KEGIATAN and r["live"]]
    for group in _by(lines, lambda r: (r["family"], r["code"], r["same"])).values():
        agencies = sorted({r["agency"] for r in group})
        if len(agencies) < 2 or not any(fits(a, b) for a, b in combinations(agencies, 2)):
            continue
        names = " dan ".join(context.agency(a) for a in agencies[:2])
        names_en = " and ".join(context.agency(a) for a in agencies[:2])
        total = rupiah(sum(r["money"] for r in group))
        if rule == "unit":
            why = Text("perangkat daerah dan unitnya", "an agency and its own unit")
        else:
            why = Text(
                "perangkat daerah lama dan penggantinya setelah penataan organisasi",
                "the old agency and its successor after a reorganisation",
            )
        yield (
            rule,
            Text(
                f"{quoted(group[0]['title'])} ada di {names}: {why.id} ({total.id}).",
                f"{quoted(group[0]['title'])} stands with {names_en}: {why.en} ({total.en}).",
            ),
            group,
        )


def _series(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    lines = [r for r in rows if r["series"] and r["live"]]
    for (series, _, _, _), group in _by(
        lines, lambda r: (r["series"], r["government"], r["level"], r["same"])
    ).items():
        offices = {r["agency"] for r in group}
        if len(offices) > 1:
            name = _SERIES.get(series, series)
            yield (
                "series",
                Text(
                    f"{quoted(group[0]['title'])} adalah tugas baku di {len(offices)} {name}.",
                    f"{quoted(group[0]['title'])} is a standard task of {len(offices)} {name} "
                    "offices.",
                ),
                group,
            )


def _lots(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    lines = [r for r in rows if r["level"] == Level.PAKET and r["live"]]
    for group in _by(lines, lambda r: (r["agency"], r["lotless"])).values():
        if len({r["plain"] for r in group}) == len(group):
            posts = group[0]["overhead"] == "post"
            yield (
                "lots",
                Text(
                    f"{len(group)} {'tenaga' if posts else 'paket bernomor'} dari satu pengadaan: "
                    f"{quoted(group[0]['title'])}.",
                    f"{len(group)} {'posts' if posts else 'numbered lots'} of one purchase: "
                    f"{quoted(group[0]['title'])}.",
                ),
                group,
            )


def _common(context: Context, rows: Sequence[_Row]) -> Iterable[_Group]:
    lines = [r for r in rows if r["live"] and r["level"] in (Level.SUB_KEGIATAN, Level.PAKET)]
    for group in _by(lines, lambda r: (r["government"], r["level"], r["same"])).values():
        houses = {r["family"] for r in group}
        if len(houses) >= _COMMON:
            yield (
                "common",
                Text(
                    f"{quoted(group[0]['title'])} adalah belanja atau tugas umum di "
                    f"{len(houses)} perangkat daerah.",
                    f"{quoted(group[0]['title'])} is an everyday task of {len(houses)} agencies.",
                ),
                group,
            )


_REASONS: Final = (_zero, _cycle, _support, _unit, _reorganised, _series, _lots, _common)
