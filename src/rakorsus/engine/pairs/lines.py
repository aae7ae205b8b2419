"""The lines that may be one side of a pair, with all that the pair rules ask of them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import polars as pl

from rakorsus.engine.context import Context
from rakorsus.engine.pairs.anchors import Anchor, anchors
from rakorsus.engine.pairs.names import hamlets_of, names_of
from rakorsus.engine.records import DateGrade, Level, PlaceGrade
from rakorsus.engine.words import plain

OFFICE = 12  # lines of one agency with one text as their place
_PHYSICAL = ("build", "maintain", "goods", "aid", "")


class Line(NamedTuple):
    """One live program line as the pair rules see it (see facts.FACTS for the columns)."""

    key: str
    level: str
    government: str
    agency: str
    family: str
    series: str | None
    code: str | None
    account: str | None
    title: str
    plain: str
    text: str
    work: str
    stage: str
    overhead: str
    support: bool
    money: int
    begin: date | None
    finish: date | None
    date_grade: int
    estimated: bool
    geometry: str | None
    physical: bool  # makes or mends something on the ground (not its design or supervision)
    objects: frozenset[str]
    themes: frozenset[str]
    anchors: tuple[Anchor, ...]
    names: frozenset[str]
    hamlets: frozenset[str]


_TOLD: Final = Line._fields[1 : Line._fields.index("objects")]
_AGENCY: Final = _TOLD.index("agency")
_PLAIN: Final = _TOLD.index("plain")
_NOTHING: Final[frozenset[str]] = frozenset()


def lines(context: Context) -> Mapping[str, Line]:
    """Every live line of the run by key, in the order of keys; read once for each run."""
    if "lines" not in context.memo:
        context.memo["lines"] = _read(context)
    known: Mapping[str, Line] = context.memo["lines"]
    return known


def _read(context: Context) -> dict[str, Line]:
    return read(context, context.lines, _offices(context))


def read(
    context: Context, rows: pl.DataFrame, office: Container[tuple[str, str]]
) -> dict[str, Line]:
    """The live ones of some rows of `context.lines` by key; `office` are the addresses (agency,
    text) that stand for an office and are no place of work."""
    found = {}
    for key, objects, themes, named, *told in _told(rows).iter_rows():
        agency, flat = told[_AGENCY], told[_PLAIN]
        places = anchors(
            _without_own_name(context, p)
            for p in context.places_of.get(key, ())
            if (agency, p["text"]) not in office
        )
        names = names_of(flat) if named else _NOTHING
        hamlets = hamlets_of(flat)
        if hamlets:
            own = {plain(context.region(anchor.region)) for anchor in places}
            hamlets = frozenset(h for h in hamlets if f"kampung {h}" not in own)
        sets = (frozenset(objects), frozenset(themes), places, names, hamlets)
        found[key] = Line._make((key, *told, *sets))
    return found


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """key, objects, themes, whether it may bear names, and what a line takes as it stands, of the
    live rows."""
    named = (pl.col("level") == Level.PAKET) & (pl.col("objects").list.len() > 0)
    physical = (
        named & (pl.col("overhead") == "") & ~pl.col("support") & pl.col("stage").is_in(_PHYSICAL)
    )
    table = (
        rows.lazy()
        .filter("live")
        .with_columns(pl.col("government").fill_null(""), physical=physical.fill_null(False))
    )
    told = table.select("key", "objects", "themes", named.fill_null(False).alias("named"), *_TOLD)
    return told.collect()


def _without_own_name(context: Context, place: Mapping[str, Any]) -> Mapping[str, Any]:
    """A place whose hamlet is only the name of its village ("Kelurahan Kampung Buyang")."""
    hamlet = plain(place["hamlet"])
    if hamlet and hamlet in plain(context.region(place["region"])):
        return {**place, "hamlet": None}
    return place


def _offices(context: Context) -> frozenset[tuple[str, str]]:
    """Addresses that many lines of one agency give as their place: its own, not the work's."""
    many = (
        addresses(context).group_by("agency", "text").agg(pl.col("key").n_unique().alias("lines"))
    )
    return frozenset(many.filter(pl.col("lines") >= OFFICE).select("agency", "text").iter_rows())


def addresses(context: Context) -> pl.DataFrame:
    """Every place that names a street or more: `key`, `agency`, `text`."""
    firm = context.places.filter(pl.col("grade") >= PlaceGrade.STREET).select("key", "text")
    return firm.join(context.programs.select("key", "agency"), on="key")


def one_area(a: Line, b: Line) -> bool:
    """Whether two lines belong to one government, or to a province and a city in it."""
    low, high = sorted((a.government, b.government), key=len)
    return high == low or high.startswith(f"{low}.")


def at_stake(money: Sequence[int]) -> int:
    """What may be paid for nothing: everything but the largest amount."""
    return sum(money) - max(money, default=0)


def same_time(a: Line, b: Line) -> bool | None:
    """Whether two lines run at the same time; None when a period is unknown or says nothing."""
    if a.estimated or b.estimated:
        return None
    if a.date_grade < DateGrade.HALF or b.date_grade < DateGrade.HALF:
        return None
    if a.begin is None or a.finish is None or b.begin is None or b.finish is None:
        return None
    return a.begin <= b.finish and b.begin <= a.finish
