"""Reading a large workbook: our whole intake beside reading the bare cells with openpyxl.

Ours recognises the file, cleans and checks every row and says what it sets aside; the others only
give the cells. What a peer would need for the same on top is not counted against it.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import polars as pl

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.engine.intake import read_paths
from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.workbooks import read_workbook
from rakorsus.synth import bulk

_ROWS: Final = 50_000
_FIELDS: Final = {
    "tahun_anggaran": lambda p: 2025,
    "nama_klpd": lambda p: "Kota Makassar",
    "kd_satker_str": lambda p: p["agency"],
    "nama_satker": lambda p: p["agency"],
    "kd_rup": lambda p: int("".join(c for c in p["key"] if c.isdigit())),
    "nama_paket": lambda p: p["title"],
    "pagu": lambda p: p["budget"],
    "tipe_swakelola": lambda p: 1,
    "volume_pekerjaan": lambda p: "1 Paket",
    "uraian_pekerjaan": lambda p: f"{p['title']}, {(p['places'] or ['Kota Makassar'])[0]}.",
    "tgl_awal_pelaksanaan_kontrak": lambda p: "2025-02-01",
    "tgl_akhir_pelaksanaan_kontrak": lambda p: "2025-11-30",
    "status_aktif_rup": lambda p: "true",
    "status_delete_rup": lambda p: "false",
    "status_umumkan_rup": lambda p: "Terumumkan",
}


def run(repeats: int = 3, lines: int | None = None) -> Report:
    """A sheet of `lines` packages (50,000) in the columns of the procurement plan."""
    rows = lines or _ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "paket_swakelola.xlsx", rows)
        given, name = partial(_path, path), "openpyxl, read-only, bare cells"
        timings = compete(
            [
                Contender("our intake, checked rows", _intake, given, needs=("python-calamine",)),
                Contender("our reader, bare cells", _calamine, given, needs=("python-calamine",)),
                Contender(name, partial(_openpyxl, read_only=True), given, needs=("openpyxl",)),
                Contender(
                    "openpyxl, bare cells", partial(_openpyxl, read_only=False), given,
                    needs=("openpyxl",),
                ),
            ],
            repeats,
        )  # fmt: skip
        megabytes = path.stat().st_size / 1e6
    figures = [t.result | {"rows_per_s": round(rows / t.wall)} if t.wall else {} for t in timings]
    timings = tuple(replace(t, result=f) for t, f in zip(timings, figures, strict=True))
    ours = timings[0].result
    return Report(
        "import",
        {"rows": rows, "columns": len(_FIELDS), "file_mb": round(megabytes, 1)},
        timings,
        quality={"rows_per_s": "more"},
        targets=(
            Target("every row accepted or set aside with its reason",
                   f"{ours['accepted']} accepted, {ours['set_aside']} set aside of {rows}",
                   ours["accepted"] + ours["set_aside"] == rows),
        ),
    )  # fmt: skip


def workbook(path: Path, rows: int) -> Path:
    """A workbook with one sheet of packages, the same for the same number of rows."""
    import xlsxwriter

    packages = bulk.programs(rows * 2).filter(pl.col("level") == "paket").head(rows)
    if len(packages) < rows:
        packages = bulk.programs(rows * 4).filter(pl.col("level") == "paket").head(rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("paket_swakelola")
        sheet.write_row(0, 0, list(_FIELDS))
        for n, program in enumerate(packages.iter_rows(named=True), 1):
            sheet.write_row(n, 0, [make(program) for make in _FIELDS.values()])
    return path


def _path(path: Path) -> Path:
    return path


def _intake(path: Path) -> dict[str, Any]:
    reading = read_paths([path])
    return {
        "rows": reading.read,
        "accepted": reading.accepted,
        "set_aside": reading.set_aside,
    }


def _calamine(path: Path) -> dict[str, Any]:
    return {"rows": sum(len(g.rows) - 1 for g in read_workbook(path.read_bytes(), Limits()))}


def _openpyxl(path: Path, read_only: bool) -> dict[str, Any]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=read_only, data_only=True)
    return {"rows": sum(1 for _ in book.active.iter_rows(values_only=True)) - 1}
