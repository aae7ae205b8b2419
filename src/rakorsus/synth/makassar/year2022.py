"""The year 2022 of the demonstration city as events: a reconstruction.

Facts, by press: the days and figures of `PRESS`. Made up: every package, its amount and the days of
its papers, chosen so that they add up to the reported figures (Rp897 billion and 1.8 percent spent
by 28 May, 47 drainage packages of Rp54.5 billion, twenty strategic programs of which eighteen
slipped).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import polars as pl

from rakorsus.engine.warnings.events import EVENTS

YEAR = 2022


class Report(NamedTuple):
    """What was reported on a day, and the lines of this year that retell it."""

    name: str
    day: date
    told_id: str
    told_en: str
    #: words in the titles of the demonstration's own records about the same thing
    record: str


PRESS = (
    Report("belanja", date(2022, 5, 28), "Pekerjaan Umum (Rp897 miliar) baru membelanjakan 1,8 persen, terakhir dari 51 perangkat daerah.",
           "Public Works (Rp897 billion) has spent 1.8 percent, last of 51 agencies.", "Jalan"),
    Report("simpang", date(2022, 6, 11), "Proyek simpang prioritas (Rp15 miliar, 3 titik) ternyata dianggarkan pada ruas jalan yang salah.",
           "A priority junction project (Rp15 billion, 3 points) turns out to be budgeted at the wrong street.", "Penataan Simpang"),
    Report("drainase", date(2022, 8, 15), "47 paket drainase (Rp54,5 miliar) masih dalam tender; mungkin tidak selesai.",
           "47 drainage packages (Rp54.5 billion) are still in tender and may not be finished.", "Drainase Primer"),
    Report("strategis", date(2022, 10, 4), "Tidak satu pun program strategis berjalan, kata wali kota; 16 perangkat daerah di bawah 40 persen.",
           "None of the strategic programs is running, says the mayor; 16 agencies below 40 percent.", "Drainase Primer"),
    Report("luncur", date(2022, 11, 29), "18 proyek strategis bergeser ke 2023.",
           "18 strategic projects slip to 2023.", "Drainase Primer"),
)  # fmt: skip

_PU = "1.03.0.00.0.00.01.0000"


def _event(key: str, what: str, day: date, **more: Any) -> dict[str, Any]:
    return {"key": key, "attempt": key, "what": what, "day": day, "agency": _PU, "year": YEAR,
            **more}  # fmt: skip


def events() -> pl.DataFrame:
    """The reconstruction in engine.warnings.events.EVENTS; keys name the story: `belanja:3`."""
    made = [*_spending(), *_junction(), *_drainage(), *_strategic()]
    return pl.DataFrame(made, schema=dict(EVENTS), orient="row").sort("day", "key", "what")


def _spending() -> list[dict[str, Any]]:
    """Ten lines of Rp897 billion, of which 1.8 percent is paid by 28 May."""
    made = []
    whole, paid = 897_000_000_000, 16_146_000_000
    for n in range(10):
        budget = whole // 10 + (whole % 10 if n == 0 else 0)
        spent = paid // 10 + (paid % 10 if n == 0 else 0)
        line = {"title": f"Belanja Pekerjaan Umum {n + 1} (rekonstruksi)", "kind": "jasa",
                "method": "Swakelola"}  # fmt: skip
        key = f"belanja:{n + 1}"
        made.append(_event(key, "planned", date(YEAR, 1, 3), money=budget,
                           start=date(YEAR, 1, 3), end=date(YEAR, 12, 20), **line))  # fmt: skip
        parts = [spent // 4] * 3 + [spent - 3 * (spent // 4)]
        for month, part in zip((2, 3, 4, 5), parts, strict=True):
            day = date(YEAR, month, 27)
            made.append(_event(key, "paid", day, money=part, **line))
    return made


def _junction() -> list[dict[str, Any]]:
    line = {"title": "Penataan simpang prioritas (rekonstruksi)", "kind": "konstruksi",
            "method": "Tender"}  # fmt: skip
    budget = 15_000_000_000
    return [
        _event("simpang:1", "planned", date(YEAR, 1, 20), money=budget, start=date(YEAR, 5, 2),
               end=date(YEAR, 11, 30), tender_start=date(YEAR, 3, 1), **line),
        _event("simpang:1", "announced", date(YEAR, 3, 1), money=budget, **line),
        _event("simpang:1", "misplaced", date(YEAR, 3, 1),
               note="Jl. Perintis Kemerdekaan | Jl. Andi Pangeran Pettarani", **line),
    ]  # fmt: skip


def _drainage() -> list[dict[str, Any]]:
    """47 packages, Rp54.5 billion in all, planned for March and announced in July."""
    made = []
    whole = 54_500_000_000
    for n in range(47):
        budget = whole // 47 + (1 if n < whole % 47 else 0)
        line = {"title": f"Pembangunan drainase paket {n + 1} (rekonstruksi)",
                "kind": "konstruksi", "method": "Tender"}  # fmt: skip
        planned, key = date(YEAR, 3, 1) + timedelta(days=n % 20), f"drainase:{n + 1}"
        made += [
            _event(key, "planned", date(YEAR, 1, 20), money=budget, start=date(YEAR, 6, 1),
                   end=date(YEAR, 9, 28), tender_start=planned, **line),
            _event(key, "announced", date(YEAR, 7, 11) + timedelta(days=n % 14), money=budget,
                   **line),
        ]  # fmt: skip
    return made


def _strategic() -> list[dict[str, Any]]:
    """Twenty strategic programs planned for April to June; two are announced in time."""
    made = []
    for n in range(20):
        line = {"title": f"Program strategis {n + 1} (rekonstruksi)", "kind": "konstruksi",
                "method": "Tender"}  # fmt: skip
        key, planned = f"strategis:{n + 1}", date(YEAR, 4, 4) + timedelta(days=4 * n)
        made.append(_event(key, "planned", date(YEAR, 3, 15), money=10_000_000_000 + n * 10**9,
                           start=date(YEAR, 7, 4), end=date(YEAR, 12, 9), tender_start=planned,
                           **line))  # fmt: skip
        if n < 2:
            made.append(_event(key, "announced", planned, money=10_000_000_000 + n * 10**9, **line))
            made.append(_event(key, "contracted", planned + timedelta(days=40), **line,
                               money=9_500_000_000 + n * 10**9, end=date(YEAR, 12, 9)))  # fmt: skip
    return made
