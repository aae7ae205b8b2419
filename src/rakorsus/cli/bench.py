"""`rakorsus bench NAME`: measure us and our peers side by side in one run."""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import sys
from pathlib import Path

from rakorsus.bench import pages
from rakorsus.bench.report import Report
from rakorsus.cli.installation import Subparsers

#: name -> module with `run(repeats, lines) -> Report` or several (`rakorsus.bench` says how)
BENCHES = {
    "agenda": "rakorsus.bench.agenda",
    "city": "rakorsus.bench.city",
    "day": "rakorsus.bench.day",
    "growth": "rakorsus.bench.growth",
    "incremental": "rakorsus.bench.incremental",
    "judged": "rakorsus.bench.judged",
    "nation": "rakorsus.bench.nation",
    "ground": "rakorsus.bench.ground",
    "hall": "rakorsus.bench.hall",
    "overlap": "rakorsus.bench.overlap",
    "rcpsp": "rakorsus.bench.rcpsp",
    "import": "rakorsus.bench.imports",
    "register": "rakorsus.bench.register",
    "retime": "rakorsus.bench.retime",
    "voice": "rakorsus.bench.voice",
}


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("bench", help="measure us and our peers side by side")
    parser.add_argument("name", choices=[*sorted(BENCHES), "all"])
    parser.add_argument("--repeats", type=int, help="runs of each contender (3 to 5)")
    parser.add_argument("--lines", type=int, help="size of the input, where a bench has several")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="real files, for `judged`")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write JSON, pages and plots")


def run(options: argparse.Namespace) -> int:
    names = sorted(BENCHES) if options.name == "all" else [options.name]
    given = {k: v for k in ("repeats", "lines", "data") if (v := getattr(options, k)) is not None}
    for name in names:
        bench = importlib.import_module(BENCHES[name]).run
        takes = inspect.signature(bench).parameters
        if "lines" in given and "lines" not in takes and options.name != "all":
            print(f"bench {name} has one size only: leave out --lines", file=sys.stderr)
            return 2
        try:
            found = bench(**{k: v for k, v in given.items() if k in takes})
        except FileNotFoundError as lacking:  # the real files are not part of the repository
            print(f"bench {name}: {lacking}", file=sys.stderr)
            if options.name != "all":
                return 2
            continue
        for report in [found] if isinstance(found, Report) else found:
            print(json.dumps(report.as_dict(), indent=1) if options.json else report.as_text())
            if options.out:
                pages.write(report, options.out)
                pages.write_index(options.out)
    return 0
