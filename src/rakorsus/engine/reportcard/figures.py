"""The measures of a card: each with its records, so that every figure can be opened and checked.

A record counts in the quarter in which its term ended, and what happened after the quarter does
not change it: a closed quarter stays as it was. The method is fixed by `METHOD`; a changed rule
gets a new number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any, Final

import polars as pl

from rakorsus.engine.records import Text
from rakorsus.engine.reportcard.quarters import Quarter
from rakorsus.engine.reportcard.tables import Tables

METHOD: Final = 1
#: Fewer records than this: the counts are shown, no percentage, and no rank.
LEAST: Final = 5
#: Days within which a side should answer a finding.
TERM: Final = 14
#: Days after the planned day within which a selection counts as begun on time.
GRACE: Final = 7


@dataclass(frozen=True, slots=True)
class Measure:
    """`kind`: share (part of whole records), money (part of whole rupiah), days (part is the
    median times two, whole is 2), count (part, whole 1). `ranked`: it enters the comparison."""

    name: str
    kind: str
    ranked: bool
    title: Text
    rule: Text


MEASURES: Final[Mapping[str, Measure]] = {
    m.name: m
    for m in (
        Measure(
            "answered", "share", True,
            Text("Temuan dijawab tepat waktu", "Findings answered in time"),
            Text(
                f"Dari temuan yang batas jawabnya ({TERM} hari sejak muncul) jatuh pada triwulan "
                "ini: berapa yang dijawab pihak ini sampai hari batas itu. Temuan yang ditutup "
                "sebelum batas tanpa dijawab tidak dihitung.",
                f"Of the findings whose term ({TERM} days since they appeared) ended in this "
                "quarter: how many this side answered by that day. Findings that were closed "
                "before the term without an answer do not count.",
            ),
        ),
        Measure(
            "answer_days", "days", False,
            Text("Lama menjawab (median hari)", "Days to answer (median)"),
            Text(
                "Hari dari temuan muncul sampai jawaban pertama, dari jawaban yang diberikan pada "
                "triwulan ini.",
                "Days from appearance to the first answer, of the answers given in this quarter.",
            ),
        ),
        Measure(
            "kept", "share", True,
            Text("Keputusan ditepati", "Decisions kept"),
            Text(
                "Dari tindak lanjut yang tenggatnya jatuh pada triwulan ini dan tidak dibatalkan: "
                "berapa yang selesai sampai tenggatnya.",
                "Of the action items due in this quarter and not cancelled: how many were done by "
                "their due day.",
            ),
        ),
        Measure(
            "tenders", "share", True,
            Text("Pemilihan penyedia tepat waktu", "Selections begun on time"),
            Text(
                f"Dari paket yang rencana mulai pemilihannya ditambah {GRACE} hari jatuh pada "
                "triwulan ini: berapa yang sudah diumumkan sampai hari itu.",
                f"Of the packages whose planned start of selection plus {GRACE} days fell in this "
                "quarter: how many were announced by that day.",
            ),
        ),
        Measure(
            "spending", "money", True,
            Text("Realisasi terhadap rencana", "Spending against plan"),
            Text(
                "Jumlah realisasi dibagi jumlah rencana, keduanya sampai hari laporan terakhir "
                "tiap baris pada triwulan ini. Rencana satu baris adalah pagunya kali bagian "
                "waktunya yang sudah berjalan, dibulatkan ke bawah sampai rupiah. Baris tanpa "
                "laporan realisasi pada triwulan ini tidak dihitung nol; jumlahnya disebut.",
                "Spending divided by plan, both up to the day of each line's newest report in this "
                "quarter. The plan of a line is its budget times the share of its period that has "
                "passed, rounded down to a rupiah. Lines without a report of spending in this "
                "quarter are not taken as zero; their number is given.",
            ),
        ),
        Measure(
            "quality", "share", True,
            Text("Mutu data", "Quality of data"),
            Text(
                "Dari baris pekerjaan menurut pemuatan terakhir sampai akhir triwulan: berapa yang "
                "menyebut lokasi sampai kelurahan, waktu yang lebih sempit daripada setahun, dan "
                "volume.",
                "Of the lines of work by the newest loading until the quarter's end: how many give "
                "a place down to the village, a period narrower than the year, and a volume.",
            ),
        ),
        Measure(
            "coordination", "count", False,
            Text("Koordinasi untuk unit lain", "Coordination given to others"),
            Text(
                "Yang diberikan kepada unit lain pada triwulan ini: usulan penyelesaian dan "
                "persetujuannya, memimpin atau mendukung pekerjaan bersama menurut hasil meja atau "
                f"keputusan, dan jawaban dalam {TERM} hari atas temuan bersama unit lain. Jumlah "
                "saja, tidak diperingkat: unit besar lebih sering bertemu.",
                "Given to other units in this quarter: proposals to settle and agreeing to them, "
                "leading or supporting common work by a desk's outcome or a decision, and answers "
                f"within {TERM} days to findings shared with other units. A count only, not "
                "ranked: larger units meet more often.",
            ),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one unit in one quarter.

    `records` are the keys counted, `hits` those of them that fulfil it, `missing` those known
    without data. `part` and `whole` are None when there is nothing to count: no data is no zero.
    """

    measure: str
    records: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    part: int | None = None
    whole: int | None = None

    @property
    def n(self) -> int:
        return len(self.records)

    @property
    def value(self) -> Fraction | None:
        if self.part is None or not self.whole:
            return None
        return Fraction(self.part, self.whole)

    @property
    def firm(self) -> bool:
        """Enough records for a percentage."""
        return self.n >= LEAST and self.value is not None


def figures(tables: Tables, quarter: Quarter) -> dict[str, dict[str, Figure]]:
    """Agency -> measure -> figure, for every unit of the table of units."""
    made = {
        code: {name: Figure(name) for name in MEASURES}
        for code in tables["units"]["code"].sort().to_list()
    }
    for maker in (_answered, _answer_days, _kept, _tenders, _spending, _quality, _coordination):
        for agency, figure in maker(tables, quarter):
            if agency in made:
                made[agency][figure.measure] = figure
    return made


def _by_agency(frame: pl.DataFrame) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for (agency,), rows in frame.group_by("agency", maintain_order=True):
        yield str(agency), rows.to_dicts()


def _share(measure: str, keys: Iterable[str], hits: Iterable[str]) -> Figure:
    records, good = tuple(keys), tuple(hits)
    return Figure(measure, records, good, part=len(good), whole=len(records))


def _within(column: pl.Expr, quarter: Quarter) -> pl.Expr:
    return column.is_between(quarter.begins, quarter.ends)


def _answered(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    term = pl.col("opened") + timedelta(days=TERM)
    gone = (pl.col("closed") < term).fill_null(False) & (
        pl.col("answered").is_null() | (pl.col("answered") > pl.col("closed"))
    )
    rows = (
        tables["answers"].filter(_within(term, quarter) & ~gone)
        .with_columns(hit=(pl.col("answered") <= term).fill_null(False)).sort("finding")
    )  # fmt: skip
    for agency, mine in _by_agency(rows):
        yield (
            agency,
            _share(
                "answered", (r["finding"] for r in mine), (r["finding"] for r in mine if r["hit"])
            ),
        )


def _answer_days(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    rows = tables["answers"].filter(
        _within(pl.col("answered"), quarter) & (pl.col("answered") >= pl.col("opened"))
    )
    for agency, mine in _by_agency(rows.sort("finding")):
        days = [(r["answered"] - r["opened"]).days for r in mine]
        keys = tuple(r["finding"] for r in mine)
        yield agency, Figure("answer_days", keys, keys, part=round(2 * median(days)), whole=2)


def _kept(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    dropped = (pl.col("cancelled") <= quarter.ends).fill_null(False)
    rows = (
        tables["actions"].filter(_within(pl.col("due"), quarter) & ~dropped)
        .with_columns(hit=(pl.col("done") <= pl.col("due")).fill_null(False)).sort("id")
    )  # fmt: skip
    for agency, mine in _by_agency(rows):
        yield agency, _share("kept", (r["id"] for r in mine), (r["id"] for r in mine if r["hit"]))


def _tenders(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    term = pl.col("planned") + timedelta(days=GRACE)
    rows = (
        tables["tenders"].filter(_within(term, quarter))
        .with_columns(hit=(pl.col("announced") <= term).fill_null(False)).sort("key")
    )  # fmt: skip
    for agency, mine in _by_agency(rows):
        yield (
            agency,
            _share("tenders", (r["key"] for r in mine), (r["key"] for r in mine if r["hit"])),
        )


def planned_by(budget: int, start: date, end: date, day: date) -> int:
    """How much of a budget the plan has spent by the end of a day: even over its days, whole
    rupiah rounded down; the whole budget from its last day on."""
    if day < start:
        return 0
    if day >= end:
        return budget
    return budget * ((day - start).days + 1) // ((end - start).days + 1)


def _spending(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    told = (
        tables["spending"].filter(pl.col("as_of") <= quarter.ends)
        .sort("key", "as_of").unique("key", keep="last", maintain_order=True)
        .filter(
            pl.col("budget").is_not_null() & (pl.col("budget") >= 0)
            & pl.col("start").is_not_null() & (pl.col("start") <= quarter.ends)
            & (pl.col("end") >= pl.col("start"))
        )
    )  # fmt: skip
    for agency, mine in _by_agency(told):
        known = [
            r for r in mine if r["realised"] is not None and r["as_of"] >= quarter.begins
        ]  # fmt: skip
        records = tuple(r["key"] for r in known)
        plan = sum(planned_by(r["budget"], r["start"], r["end"], r["as_of"]) for r in known)
        missing = tuple(sorted({r["key"] for r in mine} - set(records)))
        if not known or plan <= 0:
            yield agency, Figure("spending", missing=tuple(sorted({*missing, *records})))
            continue
        yield agency, Figure(
            "spending", records, tuple(r["key"] for r in known if r["realised"]),
            missing, sum(r["realised"] for r in known), plan,
        )  # fmt: skip


def standing() -> pl.Expr:
    """Whether a row of the table of quality is of a line that stood: one that was removed says
    nothing of place, time and volume."""
    return pl.any_horizontal(pl.col("placed", "dated", "measured").is_not_null())


def _quality(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    rows = (
        tables["quality"].filter(pl.col("as_of") <= quarter.ends)
        .sort("key", "as_of").unique("key", keep="last", maintain_order=True)
        .filter(standing())
        .with_columns(hit=pl.all_horizontal("placed", "dated", "measured").fill_null(False))
    )  # fmt: skip
    for agency, mine in _by_agency(rows):
        yield (
            agency,
            _share("quality", (r["key"] for r in mine), (r["key"] for r in mine if r["hit"])),
        )


def _coordination(tables: Tables, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    rows = tables["coordination"].filter(
        _within(pl.col("day"), quarter) & (pl.col("other") != pl.col("agency"))
    )
    for agency, mine in _by_agency(rows.sort("id")):
        keys = tuple(r["id"] for r in mine)
        yield agency, Figure("coordination", keys, keys, part=len(keys), whole=1)
