"""`rakorsus analyse`: files in, findings out, without server or database."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from rakorsus.cli import nation
from rakorsus.cli.installation import Subparsers
from rakorsus.engine import Findings, analyse
from rakorsus.engine.contract import to_line
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.records import Finding, Severity
from rakorsus.engine.report import Source, render
from rakorsus.engine.rules import Rules
from rakorsus.engine.sentences import proper

_LEVELS = (Severity.LOW, Severity.MEDIUM, Severity.HIGH)


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("analyse", help="findings from files, without server or database")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("--year", type=int, help="only lines of this budget year")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day against which lateness is judged (default: the newest day in the data)",
    )
    parser.add_argument("--boundaries", type=Path, metavar="GEOJSON", help="areas of the regions")
    parser.add_argument("--json", action="store_true", help="print a summary as JSON")
    parser.add_argument(
        "--severity",
        choices=[level.value for level in _LEVELS],
        help="end with 1 when there is a finding of this severity or above",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes for a folder of governments (default: one for each core)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler for a folder of governments, instead of processes of this machine",
    )


def run(options: argparse.Namespace) -> int:
    """Read, analyse, write four files; returns the exit code.

    A folder with a nation in it (`engine.backends.folder`) is analysed government by government.
    """
    if folder := nation.folder_of(options.paths):
        return nation.run(folder, options)
    began = time.monotonic()
    tell = _teller(began)
    paths: list[Path] = [*options.paths, *([options.boundaries] if options.boundaries else [])]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        print(f"Tidak ditemukan / not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    tell("membaca berkas / reading files")
    reading = read_paths(paths)
    picture = join(reading)
    sources = [
        Source(Path(f.path).name, f.kind, f.accepted, len(f.set_aside)) for f in reading.files
    ]
    programs = picture.programs
    if options.year:
        programs = programs.filter(pl.col("year") == options.year)
    if programs.is_empty():
        print("Tidak ada baris program yang terbaca / no program lines read", file=sys.stderr)
        return 2
    today = options.today or newest_day(programs)
    tell(f"memeriksa {programs.height} baris / checking {programs.height} lines")
    result = analyse(
        programs,
        picture.agencies,
        picture.regions,
        picture.targets,
        Rules(nomenclature=picture.nomenclature),
        today=today,
    )
    tell("menulis hasil / writing results")
    _write(options.out, result, programs, today, sources)
    _summarise(result, options, today, programs.height, time.monotonic() - began)
    asked = options.severity
    loud = asked and any(
        _LEVELS.index(f.severity) >= _LEVELS.index(Severity(asked)) for f in result.findings
    )
    return 1 if loud else 0


def newest_day(programs: pl.DataFrame) -> date:
    """The newest day on which something happened by these files; the clock when none is given."""
    happened = ("announced", "contract_date")
    days = [d for d in (programs[c].max() for c in happened) if isinstance(d, date)]
    return max(days) if days else datetime.now(UTC).astimezone().date()


def _write(
    out: Path,
    result: Findings,
    programs: pl.DataFrame,
    today: date,
    sources: list[Source],
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    lines = {"findings.jsonl": result.findings, "expected.jsonl": result.expected}
    for name, findings in lines.items():
        _replace(out / name, _jsonl(findings, result).encode())
    programs.sort("key").write_parquet(out / "programs.parquet")
    report = render(result, programs, title=_title(result, programs), today=today, sources=sources)
    _replace(out / "report.html", report.encode())


def _title(result: Findings, programs: pl.DataFrame) -> str:
    """ "Temuan program Kabupaten Bandung 2025": what the files are about, as far as they say."""
    names = dict(result.regions.select("code", "name").iter_rows())
    governments = programs["government"].drop_nulls().unique().to_list()
    whose = proper(names.get(governments[0], "")) if len(governments) == 1 else ""
    year = programs["year"].max()
    return " ".join(str(part) for part in ("Temuan program", whose, year) if part)


def _jsonl(findings: Iterable[Finding], result: Findings) -> str:
    return "".join(f"{to_line(f, result.agency_names)}\n" for f in findings)


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename, so that no reader meets half a file."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    os.replace(beside, path)


def _summarise(
    result: Findings, options: argparse.Namespace, today: date, lines: int, seconds: float
) -> None:
    if options.json:
        summary: dict[str, Any] = {
            "out": str(options.out),
            "today": today.isoformat(),
            "programs": lines,
            "findings": len(result.findings),
            "kinds": dict(result.counts),
            "high": sum(f.severity is Severity.HIGH for f in result.findings),
            "expected": len(result.expected),
            "money": sum(f.money for f in result.findings),
            "seconds": round(seconds, 1),
        }
        print(json.dumps(summary, ensure_ascii=False))
        return
    kinds = ", ".join(f"{kind} {count}" for kind, count in result.counts.items())
    print(
        f"{len(result.findings)} temuan / findings ({kinds}); "
        f"{len(result.expected)} wajar / expected; {seconds:.0f} s; {options.out}"
    )


def _teller(began: float) -> Callable[[str], None]:
    """Progress on stderr when it is a terminal, else silence."""

    def tell(words: str) -> None:
        if sys.stderr.isatty():
            print(f"{time.monotonic() - began:5.1f} s  {words}", file=sys.stderr, flush=True)

    return tell
