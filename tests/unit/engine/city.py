"""Small hand-written frames for tests of the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from rakorsus.engine import Findings, analyse, schema
from rakorsus.engine.context import Context, context
from rakorsus.engine.rules import Rules

TODAY = date(2025, 3, 1)
WORKS = "1.03.0.00.0.00.01.0000"
HOUSING = "1.04.0.00.0.00.02.0000"
HEALTH = "1.02.0.00.0.00.03.0000"
CLINIC = "1.02.0.00.0.00.03.0007"
WASTE = "2.11.0.00.0.00.04.0000"

AGENCIES = schema.conform(
    pl.DataFrame(
        {
            "code": [WORKS, HOUSING, HEALTH, CLINIC, WASTE, "7.01.01", "7.01.02"],
            "name": [
                "DINAS PEKERJAAN UMUM",
                "DINAS PERUMAHAN",
                "DINAS KESEHATAN",
                "PUSKESMAS SUKAJADI",
                "DINAS LINGKUNGAN HIDUP",
                "KECAMATAN MAJU",
                "KECAMATAN MAKMUR",
            ],
        }
    ),
    schema.AGENCIES,
)
REGIONS = schema.conform(
    pl.DataFrame(
        {
            "code": ["99.01", "99.01.01", "99.01.01.2001", "99.01.01.2002"],
            "name": ["Contoh", "Maju", "Sukajadi", "Sukarasa"],
            "level": [2, 3, 4, 4],
            "kind": ["kabupaten", "kecamatan", "desa", "desa"],
        }
    ),
    schema.REGIONS,
)


def line(number: int, title: str, **more: Any) -> dict[str, Any]:
    """One package; keywords are columns of schema.PROGRAMS, `source` included."""
    source = more.pop("source", "nontender")
    row = {
        "key": f"{source}:{number}",
        "source": source,
        "id": str(number),
        "level": "paket",
        "government": "99.01",
        "year": 2025,
        "agency": WORKS,
        "package": str(9000 + number) if source in ("nontender", "tender") else None,
        "title": title,
        "budget": 150_000_000,
        "status": "announced",
        "document": source,
    }
    return row | more


def activity(number: int, code: str, title: str, **more: Any) -> dict[str, Any]:
    """One sub kegiatan."""
    return line(
        number, title, source="subkegiatan", level="sub_kegiatan", code=code, status=None, **more
    )


def programs(*rows: dict[str, Any]) -> pl.DataFrame:
    return schema.conform(pl.DataFrame(list(rows), infer_schema_length=None), schema.PROGRAMS)


def place(key: str, region: str = "99.01.01.2001", **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(schema.PLACES)
    return row | {"key": key, "text": "tempat", "grade": 3, "region": region} | more


def places(*rows: dict[str, Any]) -> pl.DataFrame:
    return schema.conform(pl.DataFrame(list(rows), infer_schema_length=None), schema.PLACES)


def made(
    lines: pl.DataFrame, where: pl.DataFrame | None = None, only: list[str] | None = None
) -> Context:
    return context(
        lines,
        where if where is not None else schema.empty(schema.PLACES),
        AGENCIES,
        REGIONS,
        schema.empty(schema.TARGETS),
        Rules(),
        TODAY,
        only,
    )


def analysed(lines: pl.DataFrame, where: pl.DataFrame | None = None, **more: Any) -> Findings:
    return analyse(
        lines,
        AGENCIES,
        REGIONS,
        today=TODAY,
        places=where if where is not None else schema.empty(schema.PLACES),
        **more,
    )
