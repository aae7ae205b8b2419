"""`rakorsus check`: what each file is, what was read, what was set aside and why."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rakorsus.cli.installation import Subparsers
from rakorsus.engine.intake import TITLES, FileReport, Reading, read_paths

_SHOWN = 5  # problems of one kind that are shown for a file; --json gives all


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser(
        "check", help="what each file is, what was read, what was set aside and why"
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    parser.add_argument("--strict", action="store_true", help="end with 1 when rows were set aside")


def run(options: argparse.Namespace) -> int:
    """0 done; 1 rows set aside under --strict; 2 a named file is unusable, or nothing is usable."""
    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        print(f"Tidak ditemukan / not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    reading = read_paths(options.paths, progress=_teller())
    if options.json:
        json.dump(as_json(reading), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _print(reading)
    sys.stdout.flush()
    named = {str(path) for path in options.paths if path.is_file()}
    usable = [f for f in reading.files if f.kind != "unreadable"]
    if not usable or any(f.kind == "unreadable" and f.path in named for f in reading.files):
        return 2
    return int(bool(options.strict and reading.set_aside))


def as_json(reading: Reading) -> dict[str, Any]:
    """The report in the shape that ARCHITECTURE.md fixes, with more beside it."""
    return {
        "files": [_file(f) for f in reading.files],
        "read": reading.read,
        "accepted": reading.accepted,
        "set_aside": reading.set_aside,
    }


def _file(file: FileReport) -> dict[str, Any]:
    content = {(r.problem.sheet, r.problem.row): dict(r.content) for r in file.set_aside}
    return {
        "path": file.path,
        "kind": file.kind,
        "kind_name": TITLES[file.kind].as_dict(),
        "read": file.read,
        "accepted": file.accepted,
        "set_aside": len(file.set_aside),
        "structure": file.structure,
        "sha256": file.sha256,
        "sheets": [
            {
                "sheet": s.sheet, "kind": s.kind, "read": s.read, "accepted": s.accepted,
                "set_aside": s.set_aside, "structure": s.structure,
                **({"signature": s.signature, "header": list(s.header)} if s.signature else {}),
            }
            for s in file.sheets
        ],
        "problems": [
            {
                "sheet": p.sheet, "row": p.row, "column": p.column, "reason": p.reason.as_dict(),
                "content": content.get((p.sheet, p.row), {}),
            }
            for p in file.problems
        ],
        "repaired": [
            {"sheet": p.sheet, "row": p.row, "column": p.column, "note": p.reason.as_dict()}
            for p in file.repaired
        ],
        "dropped_personal_columns": list(file.dropped),
        **({"same_as": file.same_as} if file.same_as else {}),
    }  # fmt: skip


def _print(reading: Reading) -> None:
    base = os.path.commonpath([os.path.dirname(f.path) or "." for f in reading.files] or ["."])
    for file in reading.files:
        path = os.path.relpath(file.path, base) if base != "." else file.path
        print(f"{path}\n  {TITLES[file.kind].id}")
        if file.read or not file.reason:
            print(
                f"  {_count(file.read)} baris dibaca = {_count(file.accepted)} diterima + "
                f"{_count(len(file.set_aside))} disisihkan"
                + (f"; {_count(file.structure)} baris judul, kosong, atau jumlah dilewati"
                   if file.structure > len(file.sheets) else "")
            )  # fmt: skip
        if len(file.sheets) > 1:
            for s in file.sheets:
                title = TITLES[s.kind].id
                print(f"    lembar {s.sheet}: {title}, {_count(s.read)} dibaca = "
                      f"{_count(s.accepted)} + {_count(s.set_aside)}")  # fmt: skip
        if file.reason:
            print(f"  ! {file.reason.id}")
        if file.dropped:
            print(f"  Kolom data pribadi tidak diambil: {', '.join(file.dropped)}")
        if file.repaired:
            _notes(file)
        if file.kind != "unknown":
            _problems(file)
        print()
    aside = reading.set_aside
    print(
        f"{_count(len(reading.files))} berkas, {_count(reading.read)} baris dibaca = "
        f"{_count(reading.accepted)} diterima + {_count(aside)} disisihkan."
    )
    if aside:
        print("Rincian setiap baris yang disisihkan: tambahkan --json.")


def _notes(file: FileReport) -> None:
    print(f"  {_count(len(file.repaired))} isian diperbaiki saat dibaca, misalnya:")
    shown: Counter[str] = Counter()
    for note in file.repaired:
        family = note.column or ""
        shown[family] += 1
        if shown[family] <= 2:
            print(f"    {_place(note.sheet, note.row, note.column)}: {note.reason.id}")


def _problems(file: FileReport) -> None:
    causes: Counter[str] = Counter()
    for row in file.set_aside:
        cause = row.problem.column or row.problem.reason.id
        causes[cause] += 1
        if causes[cause] <= _SHOWN:
            problem = row.problem
            print(f"  - {_place(problem.sheet, problem.row, problem.column)}: {problem.reason.id}")
    for cause, count in causes.items():
        if count > _SHOWN:
            print(f"  - … dan {_count(count - _SHOWN)} baris lagi ({cause[:60]})")


def _place(sheet: str, row: int, column: str | None) -> str:
    parts = [f"lembar {sheet}" if sheet else "", f"baris {row}" if row else "",
             f"kolom {column}" if column else ""]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _teller() -> Callable[[str, float], None] | None:
    """Progress on stderr when it is a terminal."""
    if not sys.stderr.isatty():
        return None

    def tell(name: str, share: float) -> None:
        end = "" if name else "\r\x1b[K"
        print(f"\r\x1b[K{share:4.0%} {name}"[:100] if name else end, end="", file=sys.stderr,
              flush=True)  # fmt: skip

    return tell
