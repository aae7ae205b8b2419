"""`rakorsus why KEY KEY FILE|DIR...`: why two lines are a finding, or why they are none."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from rakorsus.cli.analyse import newest_day
from rakorsus.cli.installation import Subparsers
from rakorsus.engine.analysis import opened
from rakorsus.engine.explain.rulebook import RULEBOOK
from rakorsus.engine.explain.why import Why, why
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.records import Finding
from rakorsus.engine.rules import Rules


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("why", help="why two lines are a finding, or why not")
    parser.add_argument("keys", nargs=2, metavar="KEY", help='"paket_penyedia:123", or "123"')
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    parser.add_argument("--today", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Read, ask every rule, print; 0 when the two are a finding, 1 when not, 2 unusable."""
    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        print(f"Tidak ditemukan / not found: {', '.join(missing)}", file=sys.stderr)
        return 2
    picture = join(read_paths(options.paths))
    keys = [_key(picture.programs, asked) for asked in options.keys]
    for asked, known in zip(options.keys, keys, strict=True):
        if len(known) != 1:
            trouble = "tidak ada / unknown" if not known else f"pilih satu / choose: {known[:5]}"
            print(f"{asked}: {trouble}", file=sys.stderr)
            return 2
    context = opened(
        picture.programs,
        picture.agencies,
        picture.regions,
        picture.targets,
        Rules(nomenclature=picture.nomenclature),
        today=options.today or newest_day(picture.programs),
    )
    told = why(context, keys[0][0], keys[1][0])
    print(json.dumps(as_json(told), ensure_ascii=False) if options.json else _printed(told))
    return 0 if told.found else 1


def _key(programs: pl.DataFrame, asked: str) -> list[str]:
    """The lines that a key, or the file's own number, may mean."""
    same = (pl.col("key") == asked) | (pl.col("id") == asked)
    return programs.filter(same)["key"].unique().sort().to_list()


def as_json(told: Why) -> dict[str, Any]:
    """`found` and `expected` as id, rule and reasons; `conditions` as rules, refusal and text."""
    return {
        "left": told.left,
        "right": told.right,
        "found": [_named(f) for f in told.found],
        "expected": [_named(f) for f in told.expected],
        "conditions": [
            {"rules": list(c.rules), "refusal": c.refusal, "text": c.text.as_dict()}
            for c in told.conditions
        ],
    }


def _named(finding: Finding) -> dict[str, Any]:
    return {"id": finding.id, "rule": finding.rule, "reasons": finding.reasons.as_dict()}


def _printed(told: Why) -> str:
    parts: list[str] = [f"{told.left} × {told.right}"]
    for name, findings in (("Temuan / finding", told.found), ("Wajar / expected", told.expected)):
        parts += [f"{name} [{f.rule}]: {f.reasons.id}\n  {f.reasons.en}" for f in findings]
    parts += [
        f"{_titles(c.rules)}: {c.text.id}\n  {c.text.en}" for c in told.conditions if c.refusal
    ]
    return "\n".join(parts)


def _titles(rules: Sequence[str]) -> str:
    return ", ".join(RULEBOOK[rule].title.id for rule in rules)
