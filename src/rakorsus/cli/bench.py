"""`rakorsus bench NAME`: measure us and our peers side by side in one run."""

from __future__ import annotations

import argparse
import importlib
import json

from rakorsus.cli.installation import Subparsers

#: name -> module with `run(repeats) -> Report`
BENCHES = {
    "agenda": "rakorsus.bench.agenda",
    "retime": "rakorsus.bench.retime",
}


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("bench", help="measure us and our peers side by side")
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")


def run(options: argparse.Namespace) -> int:
    report = importlib.import_module(BENCHES[options.name]).run(repeats=options.repeats)
    print(json.dumps(report.as_dict(), indent=1) if options.json else report.as_text())
    return 0
