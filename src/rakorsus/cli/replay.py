"""`rakorsus replay`: a year's files by date: what would have been warned when, and was it so."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from rakorsus.cli.installation import Subparsers
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.sentences import proper
from rakorsus.engine.warnings import report, watch
from rakorsus.engine.warnings.durations import as_table
from rakorsus.engine.warnings.events import events, made_on
from rakorsus.engine.warnings.judge import Verdict, closed_attempts, judge
from rakorsus.engine.warnings.replay import replay
from rakorsus.engine.warnings.state import learnt, on

_TRIALS = (14, 21, 28)


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser(
        "replay", help="a year's files by date: what would have been warned"
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    parser.add_argument("--year", type=int, help="budget year (default: that of most events)")
    parser.add_argument(
        "--until",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day the files were made (default: by their own rows)",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write replay.json, .md and .html")
    parser.add_argument(
        "--least",
        type=int,
        default=watch.LEAST,
        metavar="RP",
        help="no warning about a line of less money",
    )
    parser.add_argument(
        "--table",
        action="store_true",
        help="let the committed durations help where the files know too few",
    )
    parser.add_argument("--trials", action="store_true", help="also replay with other patience")
    parser.add_argument(
        "--durations",
        action="store_true",
        help="only print the durations that the whole files teach, as JSON",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(options: argparse.Namespace) -> int:
    """0 done; 2 nothing to replay."""
    if missing := [str(p) for p in options.paths if not p.exists()]:
        print(f"Tidak ditemukan / not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    tell = _teller(time.monotonic())
    tell("membaca berkas / reading files")
    reading = read_paths(options.paths)
    happened = events(reading)
    until = options.until or made_on(reading)
    if happened.is_empty() or until is None:
        print("Tidak ada tanggal pengadaan yang terbaca / no dates of procurement", file=sys.stderr)
        return 2
    year = options.year or happened["year"].drop_nulls().mode().sort()[-1]
    if options.durations:
        known = learnt(on(happened, until), happened.filter(pl.col("day") <= until), table=False)
        print(json.dumps(as_table(known.selection, known.work), indent=1))
        return 0
    closed = closed_attempts({n: reading.table(f"{n}_pengumuman") for n in ("tender", "nontender")})
    picture = join(reading)
    names = dict(picture.agencies.select("code", "name").iter_rows())

    def one(patience: int | None = None) -> Verdict:
        done = replay(
            happened,
            year,
            until=until,
            least=options.least,
            table=options.table,
            patience=patience,
            progress=lambda day: tell(f"{day}") if day.day == 1 else None,
        )
        return judge(done, happened, until, closed)

    verdict = one()
    trials = [(days, one(days)) for days in _TRIALS] if options.trials else []
    if options.out:
        _write(options, verdict, names, trials, _whose(picture.programs, picture.regions))
    if options.json:
        print(json.dumps(report.summary(verdict), ensure_ascii=False))
    else:
        _print(verdict)
    return 0


def _whose(programs: pl.DataFrame, regions: pl.DataFrame) -> str:
    codes = programs["government"].drop_nulls().unique().to_list()
    names = dict(regions.select("code", "name").iter_rows())
    return proper(names.get(codes[0], "")) if len(codes) == 1 else ""


def _write(
    options: argparse.Namespace, verdict: Verdict, names: dict[str, str],
    trials: Sequence[tuple[int, Verdict]], whose: str,
) -> None:  # fmt: skip
    options.out.mkdir(parents=True, exist_ok=True)
    year = verdict.replay.year
    paths = " ".join(p.name for p in options.paths)
    extra = " --trials" if options.trials else ""
    command = f"rakorsus replay {paths} --year {year}{extra} --out OUT"
    pages = {
        "replay.json": report.as_json(verdict, names),
        "replay.md": report.markdown(
            verdict, names, title=f"Early warning, {whose} {year}, replayed".replace(" ,", ","),
            command=command, trials=trials,
        ),
        "replay.html": report.html(
            verdict, names, title=f"Peringatan dini {whose} {year}".replace("  ", " ")
        ),
    }  # fmt: skip
    for name, text in pages.items():
        beside = options.out / f".{name}.part"
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, options.out / name)


def _print(verdict: Verdict) -> None:
    for rule, row in report.summary(verdict)["rules"].items():
        lead = row["lead_days"]
        days = f"; {lead['median']:g} hari di muka (n={lead['n']})" if lead["n"] else ""
        print(
            f"{report.RULES[rule].id}: {sum(row[o] for o in report.OUTCOMES)} peringatan; "
            f"{row['true_of_decided']} dari {row['decided']} yang dapat dinilai terbukti{days}"
        )
    good, decided = verdict.precision()
    print(
        f"Semua: {good} dari {decided} terbukti; {len(verdict.misses)} dari {verdict.bad} yang "
        f"bermasalah tanpa peringatan; berkas sampai {verdict.until}."
    )


def _teller(began: float) -> Callable[[str], None]:
    def tell(words: str) -> None:
        if sys.stderr.isatty():
            print(f"{time.monotonic() - began:5.1f} s  {words}", file=sys.stderr, flush=True)

    return tell
