"""How the places of two lines fail to meet, as finely as their texts allow."""

from __future__ import annotations

from collections.abc import Iterable

from rakorsus.engine.context import Context
from rakorsus.engine.explain.words import whose_line
from rakorsus.engine.pairs.duplicates import meeting
from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.records import Text
from rakorsus.engine.sentences import listing


def apart(context: Context, a: Line, b: Line) -> Text:
    """Which place is missing, which differ, or what is the same and too wide to say more."""
    for line in (a, b):
        if not line.anchors and not line.names:
            name, agency = whose_line(line), context.agency(line.agency)
            return Text(
                f"Lokasi {name} hanya menyebut kabupaten/kota atau kosong: tanyakan {agency}.",
                f"The place of {name} is only the regency or empty: ask {agency}.",
            )
    met = meeting(a, b)
    if met is None:
        ours, theirs = _areas(context, a), _areas(context, b)
        return Text(f"Tempatnya berbeda: {ours}; {theirs}.",
                    f"The places differ: {ours}; {theirs}.")  # fmt: skip
    where = context.area(met.region)
    for detail, one, other in (
        (Text("RW", "RW"), _wards(a), _wards(b)),
        (Text("Kampung", "Hamlets"), _hamlets(a), _hamlets(b)),
        (Text("Ruas atau bangunan", "Streets or facilities"), _spots(a), _spots(b)),
    ):
        if one and other and not one & other:
            said, told = _few(one), _few(other)
            return Text(f"{detail.id} berbeda di {where}: {said}; {told}.",
                        f"{detail.en} differ in {where}: {said}; {told}.")  # fmt: skip
    return Text(
        f"Hanya {met.what.id} ({where}); RW, kampung, atau ruas yang sama tidak disebut keduanya.",
        f"Only {met.what.en} ({where}); no RW, hamlet or street that both name.",
    )


def _areas(context: Context, line: Line) -> str:
    named = sorted({context.area(x.region) for x in line.anchors} - {""}) or sorted(line.names)
    return listing(named, most=3).id


def _few(names: Iterable[str]) -> str:
    return listing(sorted(n.lstrip("0") or "0" for n in names), most=4).id


def _wards(line: Line) -> frozenset[str]:
    return frozenset(n for x in line.anchors for n in x.rw)


def _hamlets(line: Line) -> frozenset[str]:
    return frozenset(x.hamlet.title() for x in line.anchors if x.hamlet) | frozenset(
        h.title() for h in line.hamlets
    )


def _spots(line: Line) -> frozenset[str]:
    return frozenset(n.title() for x in line.anchors for n in (x.street, x.facility) if n)
